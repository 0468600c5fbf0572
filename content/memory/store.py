"""The SQLite file under the record: opened with care, written one transaction at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from content.errors import StoreError
from content.memory.schema import TABLES, VERSION

BUSY_SECONDS = 5.0
"""How long a write waits for another program's."""


class Store:
    """One connection. What `write` has returned from survives kill -9 and a power failure."""

    def __init__(self, path: Path, *, network: bool = False) -> None:
        """Open the file, made where there is none.

        Args:
            network: The folder is on a network file system, where write-ahead logs are not to be trusted.

        Raises:
            StoreError: It cannot be opened or written, or a newer program made it.
            sqlite3.DatabaseError: It is no sound record.
        """
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._link = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        except (OSError, sqlite3.OperationalError) as problem:
            raise unwritable(path, problem) from problem
        try:
            self._prepare(network)
        except sqlite3.OperationalError as problem:
            self._link.close()
            raise unwritable(path, problem) from problem
        except (sqlite3.DatabaseError, StoreError):
            self._link.close()
            raise

    def _prepare(self, network: bool) -> None:
        found = self._link.execute("PRAGMA quick_check(1)").fetchone()
        if found is None or found[0] != "ok":
            raise sqlite3.DatabaseError(str(found))
        version = self._link.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise StoreError(
                f"{self.path} was written by a newer learncurve (version {version}; this one knows {VERSION}). "
                "Update learncurve, or name another folder with --home DIR.",
                code="record-newer",
                path=self.path,
                version=version,
                known=VERSION,
            )
        self._link.execute(f"PRAGMA journal_mode={'DELETE' if network else 'WAL'}")
        self._link.execute("PRAGMA synchronous=FULL")
        if version < VERSION:
            self._link.executescript(f"BEGIN IMMEDIATE; {TABLES} PRAGMA user_version={VERSION}; COMMIT;")

    def read(self, query: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query.

        Raises:
            StoreError: The file can no longer be read.
        """
        try:
            return self._link.execute(query, tuple(values)).fetchall()
        except sqlite3.Error as problem:
            raise unwritable(self.path, problem) from problem

    def write(self, query: str, values: Iterable[Any]) -> None:
        """Run one statement in a transaction of its own; once this returns it is on the disk.

        Raises:
            StoreError: It could not be written; nothing of it was.
        """
        try:
            self._link.execute("BEGIN IMMEDIATE")
            try:
                self._link.execute(query, tuple(values))
                self._link.execute("COMMIT")
            except BaseException:
                if self._link.in_transaction:
                    self._link.execute("ROLLBACK")
                raise
        except sqlite3.Error as problem:
            raise unwritable(self.path, problem) from problem

    def close(self) -> None:
        """Close the connection."""
        self._link.close()


def unwritable(path: Path, problem: Exception) -> StoreError:
    """Return the error that a failed write or read is for the learner."""
    return StoreError(
        f"{path} cannot be written: {problem}. Make room or rights there, or name another folder with --home DIR.",
        code="record-unwritable",
        path=path,
        why=problem,
    )


def set_aside(path: Path, now: datetime) -> Path:
    """Rename an unreadable record, with its journals, so that nothing is lost; return its new name."""
    stamp = f"{now:%Y%m%d-%H%M%S}"
    aside = path.with_name(f"{path.stem}-unreadable-{stamp}{path.suffix}")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.stem}-unreadable-{stamp}-{number}{path.suffix}")
    for tail in ("", "-wal", "-shm", "-journal"):
        beside = path.with_name(path.name + tail)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + tail))
    return aside
