"""What can be said of a record from outside, without opening it as one: for `learncurve doctor`."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import date
from pathlib import Path

import msgspec

from content.memory.backups import copies
from content.memory.schema import APPLICATION
from content.memory.store import doubts_of
from content.memory.troubles import TROUBLES


class Checkup(msgspec.Struct, frozen=True, kw_only=True):
    """What was found.

    Attributes:
        bytes: With its journal.
        answers: None where they cannot be counted.
        journal: "wal" or "delete", "" where that cannot be told.
        trouble: Why it is not sound, "" where it is.
        backup: The day of the newest daily copy, None for none.
        aside: Records that were set aside as damaged.
    """

    bytes: int
    answers: int | None
    journal: str
    trouble: str
    backup: date | None
    aside: tuple[Path, ...]


def checkup(path: Path) -> Checkup | None:
    """Return what is found of a record, all of it checked; None where there is none. Nothing is changed."""
    aside = tuple(sorted(path.parent.glob(f"{path.stem}-broken-*{path.suffix}")))
    backup = next(iter(copies(path)), None)
    if not path.exists():
        if not aside and backup is None:
            return None
        return Checkup(bytes=0, answers=None, journal="", trouble="", backup=backup, aside=aside)
    size = sum(each.stat().st_size for each in path.parent.glob(f"{path.name}*") if each.suffix != ".lock")
    answers, journal = None, ""
    try:
        with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            (owner,) = connection.execute("PRAGMA application_id").fetchone()
            (journal,) = connection.execute("PRAGMA journal_mode").fetchone()
            if owner != APPLICATION:
                trouble = "not a record"
            else:
                (answers,) = connection.execute("SELECT count(*) FROM answers WHERE kind = 'answer'").fetchone()
                (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
                trouble = "" if said == "ok" else said
    except TROUBLES as error:
        trouble = str(error)
    if not trouble and doubts_of(path).exists():
        trouble = "damage was met while it was open"
    return Checkup(bytes=size, answers=answers, journal=journal, trouble=trouble, backup=backup, aside=aside)
