"""A day as one would say it today: tomorrow, in 3 days, on 12 December."""

from __future__ import annotations

from content.memory.day import date_of
from tui.words import Words

NEAR = 14
"""From so many days on a date says more than their number."""


def said_day(day: int, today: int, words: Words) -> str:
    """Return when a day is; one that is past wants attention today."""
    ahead = day - today
    if ahead <= 0:
        return words("days.today")
    if ahead == 1:
        return words("days.tomorrow")
    if ahead < NEAR:
        return words("days.ahead", n=ahead)
    date = date_of(day)
    key = "days.on" if date.year == date_of(today).year else "days.on-year"
    return words(key, day=date.day, month=words(f"days.month-{date.month}"), year=date.year)
