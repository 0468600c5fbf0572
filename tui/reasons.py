"""Why the system or SQLite refused something, in the learner's language."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.sentences import Sentences

COMMON = ("ENOENT", "EACCES", "EPERM", "ENOSPC", "EISDIR", "ENOTDIR", "EROFS", "EEXIST", "EIO")
"""What a learner's folder or file may be refused for; the rest is said as the system says it."""

SQLITE = {
    "access permission denied": "SQLITE_PERM",
    "attempt to write a readonly database": "SQLITE_READONLY",
    "database disk image is malformed": "SQLITE_CORRUPT",
    "database is locked": "SQLITE_BUSY",
    "database or disk is full": "SQLITE_FULL",
    "database table is locked": "SQLITE_LOCKED",
    "disk I/O error": "SQLITE_IOERR",
    "file is not a database": "SQLITE_NOTADB",
    "out of memory": "SQLITE_NOMEM",
    "unable to open database file": "SQLITE_CANTOPEN",
}
"""What SQLite may refuse the record with, in its own words, and the names of its codes."""

NAMES = {os.strerror(getattr(errno, name)): name for name in COMMON} | SQLITE
"""Their names by the system's own words, which the errors of engine and record carry."""


def reason(said: str, words: Sentences) -> str:
    """Return the system's words for an error in the learner's language, anything else as it is."""
    name = NAMES.get(said)
    return said if name is None else words(f"system.{name}")
