"""A record as the first version of the program left it."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from content.memory.entry import Entry
from content.memory.migrations import DERIVED
from content.memory.schema import APPLICATION, TABLES

COLUMNS = [
    "uuid",
    "time",
    "kind",
    "course",
    "item",
    "revision",
    "language",
    "shown",
    "answer",
    "credit",
    "right",
    "confidence",
    "hints",
    "seconds",
    "seed",
    "slips",
    "session",
    "mode",
    "app",
]


def write_version_1(path: Path, entries: list[Entry]) -> None:
    """Make a record of version 1 with these answers."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        for statement in TABLES[: -len(DERIVED)]:
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute("PRAGMA user_version = 1")
        marks = ", ".join("?" * len(COLUMNS))
        for entry in entries:
            row = [getattr(entry, name) for name in COLUMNS]
            row = ["[]" if value == () else '["right"]' if isinstance(value, tuple) else value for value in row]
            connection.execute(f"INSERT INTO answers ({', '.join(COLUMNS)}) VALUES ({marks})", row)
