"""What SQLite complains of, as one sentence that says what to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from content.errors import StoreError

BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

TROUBLES = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite raises; the second where a damaged file's words, even in a complaint, are no text any more."""

_NO_TEXT = "Could not decode to UTF-8"

_SENTENCES = {
    sqlite3.SQLITE_BUSY: ("store-busy", "Another program is writing to the record {path}; try again."),
    sqlite3.SQLITE_LOCKED: ("store-busy", "Another program is writing to the record {path}; try again."),
    sqlite3.SQLITE_FULL: (
        "store-full",
        "The disk is full, {path} cannot grow. Free some space; what was kept is safe.",
    ),
    sqlite3.SQLITE_READONLY: ("store-read-only", "The record {path} is read-only. Make it writable or use --home."),
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


def folder_trouble(folder: Path, reason: str) -> StoreError:
    """Return that the data folder is of no use, as a sentence."""
    sentence = f"The data folder {folder} cannot be used: {reason}. Name another one with --home."
    return StoreError(sentence, code="store-folder", path=folder, reason=reason)
