"""Bringing what another record holds into this one: everything once, however often it is brought."""

from __future__ import annotations

import msgspec

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
    """

    new: int
    known: int
    flags: int = 0
    plan: bool = False


def merge(record: Record, parcel: Parcel) -> Merged:
    """Add what a parcel holds to a record, in one transaction.

    A plan is taken over only where the record has none of its own.

    Raises:
        StoreError: It could not be kept; the record is as it was.
    """
    new = flags = 0
    plan = parcel.plan is not None and record.plan == Plan() and parcel.plan != Plan() and _is_sound(parcel.plan)
    with record.store.writing() as connection:
        for entry in parcel.entries:
            new += connection.execute(WRITE.replace("INSERT", "INSERT OR IGNORE", 1), to_row(entry)).rowcount
        for (course, _), flag in parcel.flags.items():
            flags += connection.execute(
                "INSERT OR IGNORE INTO flags (course, item, revision, language, note, time) VALUES (?, ?, ?, ?, ?, ?)",
                (course, flag.item, flag.revision, flag.language, flag.note, flag.time),
            ).rowcount
    if plan and parcel.plan is not None:
        record.keep_plan(parcel.plan)
    return Merged(new, len(parcel.entries) - new, flags, plan)


def _is_sound(plan: Plan) -> bool:
    try:
        sound(plan)
    except ValueError:
        return False
    return True
