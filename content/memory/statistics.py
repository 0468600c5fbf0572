"""What the record says of the learner, in figures: days, trust in oneself, hard questions, what is coming.

Everything is read from the derived tables: 200,000 answers are summed up in a fraction of a second.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING

import msgspec

from content.memory.cards import Key

if TYPE_CHECKING:
    from content.memory.record import Record

GUESS, UNSURE, SURE = 1, 2, 3

CLAIMED = {GUESS: 0.3, UNSURE: 0.6, SURE: 0.95}
"""The probability that each confidence stands for in the Brier score; the learner is told."""

FEWEST = 3
"""A question answered less often is not called hard."""


class Studied(msgspec.Struct, frozen=True):
    """One of the learner's days."""

    day: int
    answers: int
    rights: int
    seconds: float


class Trust(msgspec.Struct, frozen=True):
    """Answers given with one confidence."""

    confidence: int
    answers: int
    rights: int

    @property
    def share(self) -> float:
        """Right ones of all, in 0..1."""
        return self.rights / self.answers if self.answers else 0.0


class Hard(msgspec.Struct, frozen=True):
    """A question that is often missed."""

    item: str
    answers: int
    rights: int
    lapses: int


class Statistics(msgspec.Struct, frozen=True, kw_only=True):
    """Figures of one course.

    Attributes:
        days: Days with answers, oldest first.
        trust: By confidence: guess, unsure, sure.
        hard: The questions with the smallest share of right answers, worst first.
        slips: How often each misconception was hit, most first.
        coming: Questions that become due on each of the next days; those that are overdue count for today.
    """

    days: tuple[Studied, ...]
    trust: tuple[Trust, ...]
    hard: tuple[Hard, ...]
    slips: tuple[tuple[str, int], ...]
    coming: tuple[int, ...]

    @property
    def answers(self) -> int:
        """All answers, of removed questions and old revisions, too."""
        return sum(day.answers for day in self.days)

    @property
    def rights(self) -> int:
        """Of those, with full credit."""
        return sum(day.rights for day in self.days)

    @property
    def seconds(self) -> float:
        """Time spent on questions."""
        return sum(day.seconds for day in self.days)

    @property
    def brier(self) -> float | None:
        """Mean squared distance of confidence from truth: 0 is perfect, 0.25 is what "half" always earns."""
        total = sum(each.answers for each in self.trust)
        if not total:
            return None
        missed = sum(
            each.rights * (1 - CLAIMED[each.confidence]) ** 2
            + (each.answers - each.rights) * CLAIMED[each.confidence] ** 2
            for each in self.trust
        )
        return missed / total


def statistics(record: Record, course: str, keys: Collection[Key], *, ahead: int = 30, most: int = 8) -> Statistics:
    """Return the figures of a course.

    Args:
        keys: The questions that the course has now; others stay in the log and are not called hard or due.
        ahead: Days of the forecast, today included.
        most: Questions and misconceptions that are named.
    """
    record.refresh()
    known, today = set(keys), record.today
    rows = record.store.rows(
        "SELECT item, revision, due, lapses, answers, rights, sure, slips FROM cards WHERE course = ?", course
    )
    hard: list[Hard] = []
    slips: Counter[str] = Counter()
    trust = {confidence: [0, 0] for confidence in CLAIMED}
    coming = [0] * ahead
    for item, revision, due, lapses, answers, rights, sure, hit in rows:
        for confidence, (count, right) in enumerate(msgspec.json.decode(sure)):
            if confidence in trust:
                trust[confidence][0] += count
                trust[confidence][1] += right
        if hit != "{}":
            slips.update(msgspec.json.decode(hit))
        if (item, revision) in known:
            place = max(0, due - today)
            if place < ahead:
                coming[place] += 1
            if answers >= FEWEST and rights < answers:
                hard.append(Hard(item, answers, rights, lapses))
    hard.sort(key=lambda each: (each.rights / each.answers, -each.answers, each.item))
    return Statistics(
        days=_days(record, course),
        trust=tuple(Trust(confidence, *figures) for confidence, figures in trust.items()),
        hard=tuple(hard[:most]),
        slips=tuple(sorted(slips.items(), key=lambda each: (-each[1], each[0]))[:most]),
        coming=tuple(coming),
    )


def _days(record: Record, course: str) -> tuple[Studied, ...]:
    sql = "SELECT day, sum(answers), sum(rights), sum(seconds) FROM days WHERE course = ? GROUP BY day ORDER BY day"
    return tuple(Studied(*row) for row in record.store.rows(sql, course))
