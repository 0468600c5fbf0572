"""The learner's curve: on each day, how many questions would be recalled seven days later.

A day that is over does not change any more, so it is computed once and kept; an answer that arrives late (imported,
undone, given while the clock stood wrong) makes the days from its own on be computed anew.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import msgspec

from content.errors import StoreError
from content.memory.cards import Key
from content.memory.forgetting import HORIZON_DAYS
from content.memory.progress import progress

if TYPE_CHECKING:
    from content.memory.record import Record


class Point(msgspec.Struct, frozen=True):
    """A day of the curve.

    Attributes:
        seen: Questions answered at least once.
        expected: How many of them will be recalled seven days later.
    """

    day: int
    seen: int
    expected: float


def curve(record: Record, course: str, keys: Collection[Key], today: int) -> tuple[Point, ...]:
    """Return the curve from the first day on which something was answered up to today.

    Days that were never computed are, and are kept where the record can be written; the last point is as of now.
    """
    record.refresh()
    kept = known(record, course, today)
    start = kept[-1].day + 1 if kept else None
    if start != today:
        past = _computed(record, course, frozenset(keys), start, today - 1)
        _keep(record, course, past)
        kept = (*kept, *past)
    return (*kept, *_now(record, course, keys, today))


def known(record: Record, course: str, today: int) -> tuple[Point, ...]:
    """Return what of the curve is kept already; reading it takes a moment only."""
    sql = "SELECT day, seen, recall FROM curve WHERE course = ? AND day < ? ORDER BY day"
    return tuple(Point(*row) for row in record.store.rows(sql, course, today))


def _now(record: Record, course: str, keys: Collection[Key], today: int) -> tuple[Point, ...]:
    """Return today's point as of now, none where nothing was answered yet."""
    stands = progress(keys, record.cards(course), today, record.plan.decay)
    return (Point(today, stands.seen, stands.expected),) if stands.seen else ()


def _computed(record: Record, course: str, keys: frozenset[Key], start: int | None, today: int) -> list[Point]:
    rows = record.store.rows(
        "SELECT day, item, revision, stability FROM days WHERE course = ? AND day <= ? ORDER BY day", course, today
    )
    rows = [row for row in rows if (row[1], row[2]) in keys]
    if not rows:
        return []
    import numpy as np  # 0.14 s, and only for days that were never computed

    places: dict[Key, int] = {}
    for row in rows:
        places.setdefault((row[1], row[2]), len(places))
    stability = np.ones(len(places))
    last = np.zeros(len(places))
    decay = record.plan.decay
    factor = 0.9 ** (-1 / decay) - 1
    points, at, seen = [], 0, 0
    for day in range(rows[0][0], today + 1):
        while at < len(rows) and rows[at][0] <= day:
            place = places[rows[at][1], rows[at][2]]
            seen = max(seen, place + 1)  # places are numbered in the order of first appearance
            stability[place], last[place] = rows[at][3], day
            at += 1
        if start is None or day >= start:
            elapsed = day + HORIZON_DAYS - last[:seen]
            points.append(Point(day, seen, float(((1 + factor * elapsed / stability[:seen]) ** -decay).sum())))
    return points


def _keep(record: Record, course: str, points: list[Point]) -> None:
    if not points or not record.writable:
        return
    rows = [(course, point.day, point.seen, point.expected) for point in points]
    try:
        with record.store.writing() as connection:
            if connection.execute("SELECT 1 FROM stale LIMIT 1").fetchone() is None:  # else an answer came in between
                connection.executemany("INSERT OR REPLACE INTO curve VALUES (?, ?, ?, ?)", rows)
    except StoreError as trouble:
        record.tell_or_raise(trouble)  # the next time, these days are computed once more
