"""What SQLite complains of, as one sentence that says what to do."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

from content.errors import StoreError

BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

TROUBLES = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite raises; the second where a damaged file's words, even in a complaint, are no text any more."""

_FORBIDDEN = (errno.EROFS, errno.EPERM, errno.EACCES)

_NO_TEXT = "Could not decode to UTF-8"

_READ_ONLY = ("store-read-only", "The record {path} is read-only. Make it writable or use --home.")
_SENTENCES = {
    sqlite3.SQLITE_BUSY: ("store-busy", "Another program is writing to the record {path}; try again."),
    sqlite3.SQLITE_LOCKED: ("store-busy", "Another program is writing to the record {path}; try again."),
    sqlite3.SQLITE_FULL: (
        "store-full",
        "The disk is full, {path} cannot grow. Free some space; what was kept is safe.",
    ),
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_IOERR: (
        "store-disk",
        "The disk of the record {path} does not do its work ({reason}). See that it is there, has room and is "
        "writable, then try again.",
    ),
    sqlite3.SQLITE_CANTOPEN: ("store-closed-to-us", "The record {path} cannot be opened. Check its permissions."),
    sqlite3.SQLITE_PERM: ("store-closed-to-us", "The record {path} cannot be opened. Check its permissions."),
    sqlite3.SQLITE_CORRUPT: ("store-broken", "The record {path} is damaged. Start again: it will be set aside."),
    sqlite3.SQLITE_NOTADB: ("store-broken", "The record {path} is damaged. Start again: it will be set aside."),
}
_OTHER = ("store-trouble", "The record {path} cannot be read or written: {reason}.")


def is_broken(error: Exception) -> bool:
    """Return whether the file itself is damaged, rather than busy, full or out of reach."""
    if isinstance(error, UnicodeDecodeError) or str(error).startswith(_NO_TEXT):
        return True
    return (getattr(error, "sqlite_errorcode", 0) & 0xFF) in BROKEN


def told(error: Exception, path: str) -> StoreError:
    """Return the trouble as a sentence."""
    number = sqlite3.SQLITE_CORRUPT if is_broken(error) else getattr(error, "sqlite_errorcode", 0) & 0xFF
    code, sentence = _SENTENCES.get(number, _OTHER)
    return StoreError(sentence.format(path=path, reason=error), code=code, path=path, reason=error)


def untouchable(error: OSError, path: str) -> StoreError:
    """Return that the file cannot be written any more, as a sentence."""
    reason = error.strerror or str(error)
    code, sentence = _READ_ONLY if error.errno in _FORBIDDEN else _SENTENCES[sqlite3.SQLITE_IOERR]
    return StoreError(sentence.format(path=path, reason=reason), code=code, path=path, reason=reason)


def folder_trouble(folder: Path, reason: str) -> StoreError:
    """Return that the data folder is of no use, as a sentence."""
    sentence = f"The data folder {folder} cannot be used: {reason}. Name another one with --home."
    return StoreError(sentence, code="store-folder", path=folder, reason=reason)
