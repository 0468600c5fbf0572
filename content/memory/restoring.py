"""Bringing back what a record held before it was damaged: from its newest good backup, and from what was set aside."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from content.errors import StoreError
from content.memory.backups import newest_good
from content.memory.merging import merge
from content.memory.parcel import Parcel
from content.memory.record import ASIDE, Record
from content.memory.salvage import TABLES, salvage
from content.memory.troubles import TROUBLES
from content.memory.unclear import Row


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """What came back.

    Attributes:
        entries: Answers, skips and undoings that were not there.
        known: Such as were there already.
        keepsakes: Settings, places, drafts and sittings that this record had none of.
        plan: The schedule's plan came back.
        unclear: Of the entries, those that mean nothing to this program: kept as they are, they do not count.
        read: The files from which anything could be read.
        unread: Those from which nothing could, and why.
    """

    entries: int = 0
    known: int = 0
    flags: int = 0
    keepsakes: int = 0
    plan: bool = False
    unclear: int = 0
    read: tuple[Path, ...] = ()
    unread: tuple[StoreError, ...] = ()

    def plus(self, other: Restored) -> Restored:
        """Return both together."""
        return Restored(
            entries=self.entries + other.entries,
            known=self.known + other.known,
            flags=self.flags + other.flags,
            keepsakes=self.keepsakes + other.keepsakes,
            plan=self.plan or other.plan,
            unclear=self.unclear + other.unclear,
            read=(*self.read, *other.read),
            unread=(*self.unread, *other.unread),
        )


def sources(path: Path) -> tuple[Path, ...]:
    """Return the files from which a record can be brought back: those that were set aside, newest first, and a backup.

    The newest files come first, since of places and settings the first one counts.
    """
    aside = sorted(path.parent.glob(f"{path.stem}-broken-*{path.suffix}"), reverse=True)
    backup = newest_good(path)
    return (*aside, *([backup] if backup else ()))


def kept_setting(file: Path, key: str) -> Any:
    """Return what a record's file keeps under a key, None where there is nothing, or nothing can be read."""
    try:
        with contextlib.closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            (text,) = connection.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
            return msgspec.json.decode(text)
    except (*TROUBLES, ValueError, TypeError):
        return None


def restore(record: Record, files: Iterable[Path], *, begun: bool = False) -> Restored:
    """Add to a record what can be read of some files; a file that cannot be read is told, and stays.

    What makes no sense comes last: of an entry that is damaged in one file, another may hold the words.

    Args:
        begun: The record was begun just now: the settings that it has already are none of the learner's choosing.

    Raises:
        StoreError: The record cannot be written; what was added from the files before stays.
    """
    total, files = Restored(), tuple(files)
    chosen: set[object] | None = set() if begun else None
    unclear: list[Row] = []
    for file in files:
        try:
            found = salvage(file)
        except StoreError as problem:
            total = total.plus(Restored(unread=(problem,)))
            continue
        unclear += found.parcel.rows
        merged = merge(record, msgspec.structs.replace(found.parcel, rows=()))
        total = total.plus(
            Restored(
                entries=merged.new,
                known=merged.known,
                flags=merged.flags,
                keepsakes=_keep(record, found.tables, chosen),
                plan=merged.plan,
                unclear=merged.unknown,
                read=(file,),
            )
        )
    if unclear:
        left = merge(record, Parcel(rows=tuple(unclear)))
        total = total.plus(Restored(entries=left.new, known=left.known, unclear=left.unclear))
    if record.aside in files:
        record.settle_aside()
    return total


def _keep(record: Record, tables: dict[str, tuple[Row, ...]], chosen: set[object] | None) -> int:
    """Add what lies beside the log where this record has nothing of the kind; return how much that was.

    Args:
        chosen: Settings that an earlier file has brought; all others are replaced. None to replace none.
    """
    kept = 0
    with record.store.writing() as connection:
        for name, rows in tables.items():
            columns = ", ".join(TABLES[name])
            marks = ", ".join("?" * len(TABLES[name]))
            for row in rows:
                if name == "settings" and row[0] == ASIDE:
                    continue  # said of that file, not of this record
                if name == "drafts" and connection.execute(_LATER, (row[0], row[1], row[3])).fetchone():
                    continue
                way = "IGNORE"
                if name == "settings" and chosen is not None and row[0] not in chosen:
                    chosen.add(row[0])
                    way = "REPLACE"
                sql = f"INSERT OR {way} INTO {name} ({columns}) VALUES ({marks})"  # noqa: S608 - names of our own
                kept += connection.execute(sql, row).rowcount
    return kept


_LATER = "SELECT 1 FROM answers WHERE course = ? AND item = ? AND time > ? LIMIT 1"
"""A question that was answered after a draft has no use for it."""
