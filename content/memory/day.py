"""The learner's days: they begin at four in the morning of the place where an answer was given."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from content.memory.clock import moment_of

BEGINS_HOUR = 4
"""Who answers at two in the morning is still in yesterday's evening."""


def day_at(moment: datetime) -> int:
    """Return the learner's day at a moment with a time zone, as a proleptic Gregorian ordinal."""
    return (moment.replace(tzinfo=None) - timedelta(hours=BEGINS_HOUR)).toordinal()


def day_of(time: str, offset: int) -> int:
    """Return the learner's day of an entry.

    Args:
        time: The entry's stamp, in UTC.
        offset: Minutes that the learner's clock was ahead of UTC.
    """
    return day_at(moment_of(time) + timedelta(minutes=offset))


def date_of(day: int) -> date:
    """Return the date of a day."""
    return date.fromordinal(day)
