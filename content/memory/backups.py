"""Copies of the record: one a day, fewer of the older ones, made by SQLite so that each is whole.

They lie in `backups/` beside the record and are records themselves: any of them can be opened with --home once it
is called record.sqlite.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

from content.errors import StoreError
from content.memory.troubles import TROUBLES

DAYS, WEEKS, MONTHS = 7, 4, 12
"""Of so many days, weeks and months the newest copy is kept."""

PAGES = 500
"""Copied at a time, so that an answer need not wait for the whole copy."""

_DAILY = re.compile(r"record-(\d{4}-\d\d-\d\d)\.sqlite")


def folder_of(path: Path) -> Path:
    """Return where the copies of a record lie."""
    return path.parent / "backups"


def back_up(path: Path, name: str) -> Path:
    """Copy a record to `backups/record-NAME.sqlite` and return that; the copy is whole or not there.

    Raises:
        StoreError: It could not be made.
    """
    target = folder_of(path) / f"record-{name}.sqlite"
    fresh = target.with_suffix(f".{os.getpid()}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        source = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        copy = sqlite3.connect(fresh)
        with contextlib.closing(source), contextlib.closing(copy):
            source.backup(copy, pages=PAGES, sleep=0.001)
            copy.execute("PRAGMA journal_mode = DELETE")
        with fresh.open("rb") as file:
            os.fsync(file.fileno())
        fresh.replace(target)
    except (OSError, sqlite3.Error) as error:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise StoreError(
            f"No backup could be made in {target.parent}: {error}. Free some space or make it writable.",
            code="store-no-backup",
            path=target.parent,
            reason=error,
        ) from error
    return target


def back_up_daily(path: Path, now: datetime) -> Path | None:
    """Make today's copy unless there is one, and thin the older ones; return the new one, None for none.

    Raises:
        StoreError: It could not be made; the older ones stay.
    """
    today = now.date()
    if (folder_of(path) / f"record-{today}.sqlite").exists() or not path.exists():
        return None
    made = back_up(path, str(today))
    days = copies(path)
    for day in days.keys() - kept(days, today):
        with contextlib.suppress(OSError):
            days[day].unlink()
    return made


def copies(path: Path) -> dict[date, Path]:
    """Return the daily copies of a record by their day, the newest first."""
    found: dict[date, Path] = {}
    for file in folder_of(path).glob("record-*.sqlite"):
        if match := _DAILY.fullmatch(file.name):
            with contextlib.suppress(ValueError):
                found[date.fromisoformat(match[1])] = file
    return dict(sorted(found.items(), reverse=True))


def kept(days: Iterable[date], today: date) -> set[date]:
    """Return the days whose copies are kept: the newest of each of the last days, weeks and months.

    Days after today, from a clock that stood wrong, are kept until they are past.
    """
    newest = sorted(days, reverse=True)
    keep = {day for day in newest if day > today - timedelta(days=DAYS)}
    weeks: dict[tuple[int, int], date] = {}
    months: dict[tuple[int, int], date] = {}
    for day in newest:
        if day <= today:
            weeks.setdefault(day.isocalendar()[:2], day)
            months.setdefault((day.year, day.month), day)
    return keep | set(list(weeks.values())[:WEEKS]) | set(list(months.values())[:MONTHS])


def newest_good(path: Path) -> Path | None:
    """Return the newest copy that passes SQLite's check, None where there is none."""
    others = sorted(folder_of(path).glob("record-before-*.sqlite"), reverse=True)
    for file in (*copies(path).values(), *others):
        if is_good(file):
            return file
    return None


def is_good(file: Path) -> bool:
    """Return whether a file is a whole SQLite database."""
    try:
        with contextlib.closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except TROUBLES:
        return False
