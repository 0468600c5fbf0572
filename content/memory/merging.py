"""Bringing what another record holds into this one: everything once, however often it is brought."""

from __future__ import annotations

import contextlib
import sqlite3
from itertools import count
from pathlib import Path

import msgspec

from content.errors import StoreError
from content.memory.entry import READ, WRITE, Entry, from_row, to_row
from content.memory.keepsakes import Flag
from content.memory.parcel import Parcel
from content.memory.record import Record
from content.memory.schedule import Plan, sound

SLICE = 200
"""Rows of a damaged file that are read at once; a slice that cannot be read is read row by row."""

GIVEN_UP = 50
"""After so many slices without a row nothing more is looked for."""


class Merged(msgspec.Struct, frozen=True):
    """What came of it.

    Attributes:
        new: Entries that were not there yet.
        known: Entries that were there already.
        flags: Flags that were not there yet.
        plan: The schedule's plan was taken over.
    """

    new: int
    known: int
    flags: int = 0
    plan: bool = False


def merge(record: Record, parcel: Parcel) -> Merged:
    """Add what a parcel holds to a record, in one transaction.

    A plan is taken over only where the record has none of its own.

    Raises:
        StoreError: It could not be kept; the record is as it was.
    """
    new = flags = 0
    plan = parcel.plan is not None and record.plan == Plan() and parcel.plan != Plan() and _is_sound(parcel.plan)
    with record.store.writing() as connection:
        for entry in parcel.entries:
            new += connection.execute(WRITE.replace("INSERT", "INSERT OR IGNORE", 1), to_row(entry)).rowcount
        for (course, _), flag in parcel.flags.items():
            flags += connection.execute(
                "INSERT OR IGNORE INTO flags (course, item, revision, language, note, time) VALUES (?, ?, ?, ?, ?, ?)",
                (course, flag.item, flag.revision, flag.language, flag.note, flag.time),
            ).rowcount
    if plan and parcel.plan is not None:
        record.keep_plan(parcel.plan)
    return Merged(new, len(parcel.entries) - new, flags, plan)


def _is_sound(plan: Plan) -> bool:
    try:
        sound(plan)
    except ValueError:
        return False
    return True


def bring_back(record: Record, file: Path) -> Merged:
    """Add what can be read of another record's file: a backup, or one that was set aside as damaged.

    Raises:
        StoreError: The record cannot be written, or the file holds nothing that could be read.
    """
    try:
        with contextlib.closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            entries, flags = _entries(connection), _flags(connection)
    except sqlite3.Error as error:
        raise StoreError(
            f"Nothing can be read from {file}: {error}. It stays where it is.",
            code="store-nothing-left",
            path=file,
            reason=error,
        ) from error
    return merge(record, Parcel(tuple(entries), flags))


def _entries(connection: sqlite3.Connection) -> list[Entry]:
    found: list[Entry] = []
    last: int | None = None
    with contextlib.suppress(sqlite3.DatabaseError):
        (last,) = connection.execute("SELECT coalesce(max(seq), 0) FROM answers").fetchone()
    empty = 0
    for start in count(0, SLICE):
        if (last is not None and start >= last) or empty > GIVEN_UP:
            break
        rows = _between(connection, start, start + SLICE)
        if rows is None:  # something in it is broken: one row after the other
            each = (_between(connection, at, at + 1) for at in range(start, start + SLICE))
            rows = [row for some in each if some for row in some]
        empty = 0 if rows else empty + 1
        for row in rows:
            with contextlib.suppress(msgspec.ValidationError, msgspec.DecodeError):
                found.append(from_row(row))
    return found


def _between(connection: sqlite3.Connection, after: int, upto: int) -> list[tuple[object, ...]] | None:
    try:
        return connection.execute(READ + "FROM answers WHERE seq > ? AND seq <= ?", (after, upto)).fetchall()
    except sqlite3.DatabaseError:
        return None


def _flags(connection: sqlite3.Connection) -> dict[tuple[str, str], Flag]:
    with contextlib.suppress(sqlite3.DatabaseError):
        rows = connection.execute("SELECT course, item, revision, language, note, time FROM flags").fetchall()
        return {(row[0], row[1]): Flag(*row[1:]) for row in rows}
    return {}
