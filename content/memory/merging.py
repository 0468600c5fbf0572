"""Bringing what another record holds into this one: everything once, however often it is brought."""

from __future__ import annotations

import msgspec

from content.memory.checks import is_known
from content.memory.entry import WRITE, to_row
from content.memory.parcel import Parcel
from content.memory.record import Record
from content.memory.schedule import Plan, sound


class Merged(msgspec.Struct, frozen=True):
    """What came of it.

    Attributes:
        new: Entries that were not there yet.
        known: Entries that were there already.
        flags: Flags that were not there yet.
        plan: The schedule's plan was taken over.
        unknown: Of the new ones, those of a kind that this program does not know; they do not count.
        unclear: Of the new ones, those that make no sense to this program; they do not count either.
    """

    new: int
    known: int
    flags: int = 0
    plan: bool = False
    unknown: int = 0
    unclear: int = 0


def merge(record: Record, parcel: Parcel) -> Merged:
    """Add what a parcel holds to a record, in one transaction.

    A plan is taken over only where the record has none of its own.

    Raises:
        StoreError: It could not be kept; the record is as it was.
    """
    new = unknown = unclear = flags = 0
    plan = parcel.plan is not None and record.plan == Plan() and parcel.plan != Plan() and _is_sound(parcel.plan)
    add = WRITE.replace("INSERT", "INSERT OR IGNORE", 1)
    with record.store.writing() as connection:
        for entry in parcel.entries:
            added = connection.execute(add, to_row(entry)).rowcount
            new += added
            unknown += added and not is_known(entry)
        for row in parcel.rows:
            unclear += connection.execute(add, row).rowcount
        for (course, _), flag in parcel.flags.items():
            flags += connection.execute(
                "INSERT OR IGNORE INTO flags (course, item, revision, language, note, time) VALUES (?, ?, ?, ?, ?, ?)",
                (course, flag.item, flag.revision, flag.language, flag.note, flag.time),
            ).rowcount
    if plan and parcel.plan is not None:
        record.keep_plan(parcel.plan)
    new += unclear
    return Merged(new, len(parcel.entries) + len(parcel.rows) - new, flags, plan, unknown, unclear)


def _is_sound(plan: Plan) -> bool:
    try:
        sound(plan)
    except ValueError:
        return False
    return True
