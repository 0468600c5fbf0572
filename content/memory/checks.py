"""What comes from outside, a file or a damaged record, is held against what a record may hold."""

from __future__ import annotations

import math

from content.memory.clock import moment_of
from content.memory.entry import Entry
from content.memory.keepsakes import Flag

KINDS = ("answer", "skip", "void", "restore")
MARKS = ("void", "restore")
"""These name another entry."""

FIRST_YEAR, LAST_YEAR = 1970, 2999
"""A clock may stand wrong; beyond these years nobody can compute with days."""

LARGEST = 2**63 - 1
"""The largest whole number that SQLite keeps."""


def checked(entry: Entry) -> Entry:
    """Return an entry that a record may hold.

    Raises:
        ValueError: One of its fields cannot be; the text names it.
    """
    if not entry.uuid:
        raise ValueError('uuid = "": every entry has a name of its own')
    check_time(entry.time)
    _check_whole(revision=entry.revision, confidence=entry.confidence, hints=entry.hints, seed=entry.seed)
    if not 0 <= entry.credit <= 1:
        raise ValueError(f"credit = {entry.credit}: it lies between 0 and 1")
    if not 0 <= entry.seconds < math.inf:
        raise ValueError(f"seconds = {entry.seconds}: they are never fewer than none")
    if not entry.kind:
        raise ValueError('kind = "": an entry is an answer, a skip, a void, a restore, or what a newer program adds')
    if is_known(entry) and (entry.kind in MARKS) != bool(entry.target):
        raise ValueError(f"target = {entry.target}: a void or a restore names an entry, nothing else does")
    return entry


def is_known(entry: Entry) -> bool:
    """Return whether this program knows what such an entry means; what a newer one adds is kept and not counted."""
    return entry.kind in KINDS


def checked_flag(flag: Flag) -> Flag:
    """Return a flag that a record may hold.

    Raises:
        ValueError: One of its fields cannot be; the text names it.
    """
    check_time(flag.time)
    _check_whole(revision=flag.revision)
    return flag


def check_time(time: str) -> None:
    """Make sure that days can be computed with a time.

    Raises:
        ValueError: They cannot, or it is none.
    """
    if not FIRST_YEAR <= moment_of(time).year <= LAST_YEAR:
        raise ValueError(f"time = {time}: it lies between the years {FIRST_YEAR} and {LAST_YEAR}")


def _check_whole(**numbers: int) -> None:
    for name, number in numbers.items():
        if not 0 <= number <= LARGEST:
            raise ValueError(f"{name} = {number}: it lies between 0 and {LARGEST}")
