"""What can be read of a record's file: a backup, one of another version, or one that was set aside as damaged."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import msgspec

from content.errors import StoreError
from content.memory.checks import checked_flag
from content.memory.entry import READ, Entry
from content.memory.keepsakes import Flag
from content.memory.parcel import Parcel
from content.memory.schedule import Plan
from content.memory.troubles import TROUBLES
from content.memory.unclear import Row, keepable, understood

SLICE = 200
"""Rows of a damaged file that are read at once; a slice that cannot be read is read row by row."""

GIVEN_UP = 50
"""After so many slices without a row nothing more is looked for."""

TABLES = {
    "settings": ("key", "value"),
    "places": ("course", "page", "place", "time"),
    "drafts": ("course", "item", "draft", "time"),
    "sessions": ("id", "time", "course", "section", "mode", "seed", "items", "redrawn", "ended"),
}
"""What lies beside the log, and its columns."""

JSON = ("value", "place", "draft", "items", "redrawn")


class Salvage(msgspec.Struct, frozen=True):
    """What was read.

    Attributes:
        tables: Rows of `TABLES`, by the table's name.
    """

    parcel: Parcel
    tables: dict[str, tuple[Row, ...]]

    def __bool__(self) -> bool:
        return bool(self.parcel.entries or self.parcel.rows or self.parcel.flags or any(self.tables.values()))


def salvage(file: Path) -> Salvage:
    """Return what can be read of a file; it is not changed.

    Raises:
        StoreError: Nothing can.
    """
    reason: object = "it holds no answers"
    try:
        with contextlib.closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            connection.text_factory = _text
            entries, rows = _log(connection)
            found = Salvage(
                Parcel(entries, _flags(connection), _plan(connection), rows),
                {name: tuple(_rows(connection, name)) for name in TABLES},
            )
    except TROUBLES as error:
        found, reason = Salvage(Parcel(), {}), error
    if not found:
        raise StoreError(
            f"Nothing can be read from {file}: {reason}. It stays where it is.",
            code="store-nothing-left",
            path=file,
            reason=reason,
        )
    return found


def _text(data: bytes) -> str | bytes:
    """Return text as it is kept; what is no text any more stays bytes, which nothing here takes for words."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data


def _log(connection: sqlite3.Connection) -> tuple[tuple[Entry, ...], tuple[Row, ...]]:
    """Return the entries, and the rows that make no sense and that a record can keep as they are."""
    entries: list[Entry] = []
    unclear: list[Row] = []
    for row in _read(connection):
        try:
            entries.append(understood(row))
        except ValueError:
            if keepable(row):
                unclear.append(row)
    return tuple(entries), tuple(unclear)


def _read(connection: sqlite3.Connection) -> Iterator[Row]:
    last: int | None = None
    try:
        connection.execute("SELECT seq FROM answers LIMIT 0")
    except TROUBLES:
        return  # it is not known where the answers lie
    with contextlib.suppress(*TROUBLES):
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
        yield from rows


def _between(connection: sqlite3.Connection, after: int, upto: int) -> list[Row] | None:
    try:
        return connection.execute(READ + "FROM answers WHERE seq > ? AND seq <= ?", (after, upto)).fetchall()
    except TROUBLES:
        return None


def _flags(connection: sqlite3.Connection) -> dict[tuple[str, str], Flag]:
    found = {}
    with contextlib.suppress(*TROUBLES):
        for course, *rest in connection.execute("SELECT course, item, revision, language, note, time FROM flags"):
            with contextlib.suppress(ValueError):
                fields = dict(zip(Flag.__struct_fields__, rest, strict=True))
                flag = checked_flag(msgspec.convert(fields, Flag))
                found[msgspec.convert(course, str), flag.item] = flag
    return found


def _plan(connection: sqlite3.Connection) -> Plan | None:
    with contextlib.suppress(*TROUBLES, ValueError, TypeError):
        (text,) = connection.execute("SELECT value FROM derived WHERE key = 'plan'").fetchone()
        return msgspec.json.decode(text, type=Plan)
    return None


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[Row]:
    columns = TABLES[table]
    with contextlib.suppress(*TROUBLES):  # what was read before the damage is enough
        for row in connection.execute(f"SELECT {', '.join(columns)} FROM {table}"):  # noqa: S608 - names of our own
            if all(map(_makes_sense, columns, row)):
                yield row


def _makes_sense(column: str, value: object) -> bool:
    if column == "seed":
        return isinstance(value, int)
    if not isinstance(value, str):
        return value is None and column == "ended"
    if column in JSON:
        try:
            msgspec.json.decode(value)
        except ValueError:
            return False
    return True
