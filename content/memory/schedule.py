"""The schedule: what a question's answers mean for when it is asked again, computed by FSRS.

Everything here is a function of the answers in the order of a replay, so that it can be thrown away and made anew.
A day counts once, with its first answer: what is repeated within a sitting says little about memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from content.memory.day import day_of
from content.memory.entry import Entry
from content.memory.forgetting import DECAY
from content.memory.rating import AGAIN, rating_of

if TYPE_CHECKING:
    from fsrs import Scheduler

RULES = 1
"""Raised when the same answers lead to another schedule: every card is made anew then."""

RETENTION = 0.9
"""A question returns when its recall has fallen to this."""


class Plan(msgspec.Struct, frozen=True):
    """How the schedule is computed.

    Attributes:
        parameters: Of FSRS, 21 numbers; () for its defaults.
        retention: The share to be recalled when a question returns.
    """

    parameters: tuple[float, ...] = ()
    retention: float = RETENTION

    @property
    def decay(self) -> float:
        """How fast memory fades, for `forgetting.recall`."""
        return self.parameters[-1] if self.parameters else DECAY


LOWEST, HIGHEST = 0.7, 0.97
"""Bounds of the retention: below, most of it is forgotten; above, everything is asked every few days."""


def sound(plan: Plan) -> Plan:
    """Return the plan.

    Raises:
        ValueError: FSRS cannot compute with it.
    """
    if not LOWEST <= plan.retention <= HIGHEST:
        raise ValueError(f"retention = {plan.retention}: choose {LOWEST} to {HIGHEST}")
    if plan.parameters:
        _scheduler(plan)
    return plan


class Day(msgspec.Struct, frozen=True):
    """A question on one of the learner's days.

    Attributes:
        stability: After the day's review, in days.
    """

    day: int
    answers: int
    rights: int
    seconds: float
    rating: int
    stability: float


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What the answers to a question in one revision come to.

    Attributes:
        difficulty: FSRS's, 1 to 10.
        due: The day on which it returns.
        lapses: How often it was known before and then forgotten.
        sure: Answers and right ones by confidence: 0 not asked, 1 guess, 2 unsure, 3 sure.
        slips: How often each misconception was hit.
        right: The last answer was right.
        time: Of the last answer.
    """

    course: str
    item: str
    revision: int
    stability: float
    difficulty: float
    due: int
    lapses: int
    days: tuple[Day, ...]
    sure: tuple[tuple[int, int], ...]
    slips: dict[str, int]
    right: bool
    time: str

    @property
    def answers(self) -> int:
        """How often it was answered."""
        return sum(day.answers for day in self.days)

    @property
    def last(self) -> int:
        """The day of the last review."""
        return self.days[-1].day


def card_of(entries: Iterable[Entry], plan: Plan) -> Card | None:
    """Return the card of a question from its standing answers of one revision, None where there is none.

    Args:
        entries: In the order (time, uuid).
    """
    from fsrs import Card as Memory
    from fsrs import Rating

    given = list(entries)
    if not given:
        return None
    by_day: dict[int, list[Entry]] = {}
    for entry in given:
        by_day.setdefault(day_of(entry.time, entry.offset), []).append(entry)
    memory, lapses = Memory(card_id=1, due=_noon(min(by_day))), 0
    days: list[Day] = []
    for day, answers in sorted(by_day.items()):
        rating = rating_of(answers[0])
        lapses += bool(days) and rating == AGAIN and days[-1].rating != AGAIN
        memory, _ = _scheduler(plan).review_card(memory, Rating(rating), _noon(day))
        assert memory.stability is not None
        seconds = sum(each.seconds for each in answers)
        rights = sum(each.right for each in answers)
        days.append(Day(day, len(answers), rights, seconds, rating, memory.stability))
    first, last = given[0], given[-1]
    assert memory.stability is not None
    assert memory.difficulty is not None
    return Card(
        course=first.course,
        item=first.item,
        revision=first.revision,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due.toordinal(),
        lapses=lapses,
        days=tuple(days),
        sure=tuple(_trusted(given, confidence) for confidence in range(4)),
        slips=dict(Counter(slip for entry in given for slip in entry.slips)),
        right=last.right,
        time=last.time,
    )


def _trusted(entries: list[Entry], confidence: int) -> tuple[int, int]:
    of = [entry.right for entry in entries if entry.confidence == confidence]
    return len(of), sum(of)


def _noon(day: int) -> datetime:
    """Return a moment for a day: FSRS counts whole days between moments."""
    return datetime.fromordinal(day).replace(hour=12, tzinfo=UTC)


@lru_cache(maxsize=4)
def _scheduler(plan: Plan) -> Scheduler:
    """Return FSRS without fuzz and without steps of minutes: a sitting asks a wrong question again by itself."""
    from fsrs import Scheduler
    from fsrs.scheduler import DEFAULT_PARAMETERS

    return Scheduler(
        parameters=plan.parameters or DEFAULT_PARAMETERS,
        desired_retention=plan.retention,
        learning_steps=(),
        relearning_steps=(),
        enable_fuzzing=False,
    )
