"""A record whose file was deleted while it was open is written anew, from what is still open."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from content.memory.footing import identity
from content.memory.store import BrokenError, Store
from content.memory.troubles import TROUBLES, told, untouchable
from content.memory.turnstile import turnstile


def write_anew(store: Store) -> None:
    """Write a store's file where nothing stands in its place any more, and go on with that one.

    Raises:
        StoreError: It cannot be written; what is open stays open.
    """
    path = store.path
    if path is None:
        return
    fresh = path.with_name(f"{path.name}.{os.getpid()}.anew")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with turnstile(path, store.busy_seconds), store.lock:
            if identity(path) is not None:
                return  # it was put back meanwhile, or another program was faster
            _copy(store.connection, fresh)
            for tail in ("-wal", "-shm", "-journal"):  # they are the deleted file's
                path.with_name(path.name + tail).unlink(missing_ok=True)
            fresh.rename(path)
            store.reopen()
    except OSError as error:
        raise untouchable(error, store.name) from error
    except (*TROUBLES, BrokenError) as error:
        raise told(error, store.name) from error
    finally:
        with contextlib.suppress(OSError):  # gone already where all went well
            fresh.unlink(missing_ok=True)


def _copy(connection: sqlite3.Connection, fresh: Path) -> None:
    """Copy what is open to a file that is whole or not there."""
    with contextlib.closing(sqlite3.connect(fresh)) as copy:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
