"""What a record needs now and then, and what takes time: a look at the whole of it, and today's copy."""

from __future__ import annotations

from collections.abc import Iterator

from content.errors import StoreError
from content.memory.backups import back_up_daily
from content.memory.record import Record
from content.memory.store import CHECKED_BYTES
from content.memory.unclear import of_record

UNCLEAR = "unclear"
"""Keeps the number of the newest entry without sense that the learner knows of."""


def look_after(record: Record) -> Iterator[StoreError]:
    """Check a large record as a whole and make today's copy; yield what went wrong, as sentences.

    It may take seconds and belongs into a thread; whoever reads or answers meanwhile does not wait. A smaller record
    was checked when it was opened. Of a damaged one no copy is made, lest it stand for a good one.
    """
    path = record.store.path
    if path is None:
        return
    try:
        if path.stat().st_size > CHECKED_BYTES and not record.store.sound():
            yield unsound(record)
            return
        back_up_daily(path, record.clock())
    except StoreError as problem:
        yield problem
    except OSError as error:
        yield StoreError(
            f"The record {path} cannot be reached: {error.strerror}.",
            code="store-trouble",
            path=path,
            reason=error.strerror or error,
        )


def tell_unclear(record: Record) -> Iterator[StoreError]:
    """Yield that entries make no sense, as a sentence; once, and again only when there is a newer one."""
    unclear = record.unclear()
    if unclear and record.setting(UNCLEAR) != unclear[-1].number:
        record.keep_setting(UNCLEAR, unclear[-1].number)
        yield of_record(record.store.name, unclear)


def unsound(record: Record) -> StoreError:
    """Return that a record is damaged, as a sentence."""
    name = record.store.name
    return StoreError(
        f"The record {name} is damaged. Quit and start again: it is set aside, and what can be read is brought back.",
        code="store-unsound",
        path=name,
    )
