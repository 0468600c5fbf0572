"""The SQLite file of the record: opening it, setting a broken one aside, one transaction at a time."""

from __future__ import annotations

import contextlib
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from content.errors import StoreError
from content.memory.backups import back_up
from content.memory.footing import Footing
from content.memory.migrations import STEPS
from content.memory.schema import APPLICATION, TABLES, VERSION
from content.memory.troubles import TROUBLES, folder_trouble, is_broken, told

CHECKED_BYTES = 4 * 2**20
"""Up to this size a record is checked whole when it is opened; a larger one by `Store.sound` when there is time."""


class BrokenError(Exception):
    """The file is no record any more."""


class Store:
    """An open record. Every thread may use it; two programs may have the same one open.

    Attributes:
        newer: The version of a record that a newer program has written; 0 otherwise. Such a record is read.
        before: The copy that was made before an older record was brought up to date, None where it was not.
    """

    def __init__(self, path: Path | None, *, network: bool = False, busy_seconds: float = 5.0) -> None:
        """Open or make a record; None keeps it in memory.

        Args:
            network: The folder is on a network file system, where WAL is not to be trusted.

        Raises:
            BrokenError: There is a file, and it is damaged.
            StoreError: It cannot be reached, or it is another program's.
        """
        self.path = path
        self.name = str(path) if path else "in memory"
        self.network = network
        self.busy_seconds = busy_seconds
        self.newer = 0
        self.before: Path | None = None
        self.lock = threading.RLock()
        try:
            self.connection = self._connected()
        except sqlite3.Error as error:
            if path and not path.exists():
                raise folder_trouble(path.parent, "it cannot be written") from error
            raise told(error, self.name) from error
        try:
            self._prepare()
        except TROUBLES as error:
            self.connection.close()
            if is_broken(error):
                raise BrokenError(str(error)) from error
            if path and not path.exists():
                raise folder_trouble(path.parent, "it cannot be written") from error
            raise told(error, self.name) from error
        except (BrokenError, StoreError):
            self.connection.close()
            raise
        self.footing = Footing(path)

    def _connected(self) -> sqlite3.Connection:
        return sqlite3.connect(
            self.path or ":memory:", timeout=self.busy_seconds, isolation_level=None, check_same_thread=False
        )

    def reopen(self) -> None:
        """Go on with the file that stands in the place of the one that was open; whoever calls holds the lock.

        Raises:
            sqlite3.Error: It cannot be opened.
            BrokenError: It is damaged.
            StoreError: It is another program's.
        """
        self.connection.close()  # first: that deletes journals by their names, which are the other file's, too
        self.connection = self._connected()
        self._prepare()
        self.footing = Footing(self.path)

    def _prepare(self) -> None:
        run = self.connection.execute
        self._check()
        if self._version() > VERSION:
            self.newer = self._version()
            run("PRAGMA query_only = ON")
            return
        self._journal("DELETE" if self.network else "WAL")
        run("PRAGMA synchronous = FULL")
        if sys.platform == "darwin":
            run("PRAGMA fullfsync = ON")  # there, fsync alone leaves data in the drive's cache
        if self._version() == VERSION:
            return
        if self._version():
            self.before = back_up(self.path, f"before-version-{VERSION}") if self.path else None
        run("BEGIN IMMEDIATE")
        if not self._version():  # else another program was faster
            self._make()
        while self._version() < VERSION:
            self._step(self._version())
        run("COMMIT")

    @property
    def doubts(self) -> Path:
        """A mark beside the file, there where damage was met while it was open."""
        assert self.path is not None
        return doubts_of(self.path)

    def _check(self) -> None:
        # tables first: another program may be making them, and its mark is there as soon as they are
        (tables,) = self.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        (owner,) = self.connection.execute("PRAGMA application_id").fetchone()
        if tables and owner != APPLICATION:
            raise StoreError(
                f"{self.name} is another program's database. Move it away or use --home.",
                code="store-foreign",
                path=self.name,
            )
        if tables and self.path and (self.path.stat().st_size <= CHECKED_BYTES or self.doubts.exists()):
            if not _whole(self.connection, doubted=self.doubts.exists()):
                raise BrokenError("it does not pass SQLite's check")
            with contextlib.suppress(OSError):  # where nothing can be deleted it is checked again next time
                self.doubts.unlink(missing_ok=True)

    def _journal(self, mode: str) -> None:
        """Set the journal; changing it needs the file alone for a moment, and SQLite does not wait for that."""
        until = time.monotonic() + self.busy_seconds
        while True:
            try:
                self.connection.execute(f"PRAGMA journal_mode = {mode}")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.02)

    def _version(self) -> int:
        return int(self.connection.execute("PRAGMA user_version").fetchone()[0])

    def _make(self) -> None:
        for statement in TABLES:
            self.connection.execute(statement)
        self.connection.execute(f"PRAGMA application_id = {APPLICATION}")
        self.connection.execute(f"PRAGMA user_version = {VERSION}")

    def _step(self, version: int) -> None:
        for statement in STEPS[version]:
            self.connection.execute(statement)
        self.connection.execute(f"PRAGMA user_version = {version + 1}")

    def sound(self) -> bool:
        """Return whether the file passes SQLite's quick check; nobody who reads or writes waits for it.

        A file that does not is checked again when it is next opened, however large, and set aside.

        Raises:
            StoreError: It cannot be read, for another reason than damage.
        """
        if self.path is None:
            return True
        uri = f"{self.path.absolute().as_uri()}?mode=ro"
        try:
            with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=self.busy_seconds)) as beside:
                whole = _whole(beside)
        except TROUBLES as error:
            if not is_broken(error):
                raise told(error, self.name) from error
            whole = False
        if not whole:
            self._doubt()
        return whole

    def _doubt(self) -> None:
        """Leave a mark beside the file: it is to be checked when it is next opened."""
        if self.path is not None:
            with contextlib.suppress(OSError):  # who cannot write here reads the same sentence again
                self.doubts.touch()

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of a query.

        Raises:
            StoreError: The record cannot be read.
        """
        try:
            with self.lock:
                return self.connection.execute(sql, values).fetchall()
        except TROUBLES as error:
            raise self._told(error) from error

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection within one transaction: all of it is kept, or nothing.

        Raises:
            StoreError: It cannot be kept; the record is as it was.
        """
        if self.newer:
            raise StoreError(
                f"The record {self.name} was written by a newer Learncurve; update to answer questions.",
                code="store-newer",
                path=self.name,
                version=self.newer,
            )
        with self.lock:
            try:
                self.footing.check()
            except StoreError:
                self._settle()
                raise
            try:
                self.connection.execute("BEGIN IMMEDIATE")
                yield self.connection
                self.connection.execute("COMMIT")
            except TROUBLES as error:
                raise self._told(error) from error
            finally:
                with contextlib.suppress(sqlite3.Error):  # the first error is the one to tell
                    if self.connection.in_transaction:
                        self.connection.execute("ROLLBACK")

    def _told(self, error: Exception) -> StoreError:
        if is_broken(error):
            self._doubt()
        return told(error, self.name)

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        with self.lock:
            self._settle()
            self.connection.close()

    def _settle(self) -> None:
        """Bring what lies in the journal into a file that was moved away: SQLite itself would not find it there."""
        if self.footing.moved:
            with contextlib.suppress(sqlite3.Error):  # closed already, or not to be written
                self.connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def _whole(connection: sqlite3.Connection, *, doubted: bool = False) -> bool:
    """Return whether a file passes SQLite's quick check, which looks at its pages.

    Args:
        doubted: Look at its indexes and at every word in it, too.
    """
    if not doubted:
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
        return False
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for _ in connection.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - a name of the file's own tables
            continue  # a text that is none any more raises
    return True


def doubts_of(path: Path) -> Path:
    """Return the mark that says that a record is to be checked when it is next opened."""
    return path.with_name(path.name + ".doubt")


def set_aside(path: Path, now: datetime) -> Path:
    """Move a broken record, with what belongs to it, to a new name; return that.

    Raises:
        StoreError: It cannot be moved.
    """
    for number in range(1, 100):
        suffix = f"-{number}" if number > 1 else ""
        aside = path.with_name(f"{path.stem}-broken-{now:%Y%m%d-%H%M%S}{suffix}{path.suffix}")
        if not aside.exists():
            break
    try:
        for tail in ("-wal", "-shm", "-journal"):
            with contextlib.suppress(FileNotFoundError):
                path.with_name(path.name + tail).rename(aside.with_name(aside.name + tail))
        path.rename(aside)
        doubts_of(path).unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(
            f"The record {path} is damaged and cannot be set aside: {error.strerror}. Move it away.",
            code="store-stuck",
            path=path,
            reason=error.strerror or error,
        ) from error
    return aside
