"""Which questions a review asks, and in which order: pure functions of what is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

REVIEW = "review"
"""The mode of a session that asks what is due, whatever its section."""

CAP: Final = 20
"""So many questions a review asks, unless the learner chose otherwise."""


class Due(msgspec.Struct, frozen=True):
    """A question that wants to be asked again.

    Attributes:
        recall: How likely it is still known.
        slips: Misconceptions that it is about; questions that share one are easily confused.
    """

    item: str
    section: str
    recall: float
    slips: frozenset[str] = frozenset()


def chosen(due: Iterable[Due], cap: int = CAP) -> tuple[Due, ...]:
    """Return what is asked in one review: the least likely known first, `cap` at the most."""
    return tuple(sorted(due, key=lambda each: (each.recall, each.item))[:cap])


def interleaved(due: Sequence[Due]) -> tuple[Due, ...]:
    """Return the questions mixed: never two of a section in a row where that can be helped.

    Which rule a question needs must be found out, not be known from the one before it (Rohrer 2014). So questions
    that are easily confused stand near each other, with one from elsewhere between them, rather than in a block.
    """
    waiting = list(due)
    order: list[Due] = []
    while waiting:
        order.append(waiting.pop(_next(order, waiting)))
    return tuple(order)


def _next(order: list[Due], waiting: list[Due]) -> int:
    """Return the place of the question that follows best; of equal ones, the first."""
    last = order[-1].section if order else ""
    left = [each.section for each in waiting]
    recent = frozenset[str]().union(*(each.slips for each in order[-3:-1]))

    def cost(place: int) -> tuple[bool, int, bool, int]:
        each = waiting[place]
        # a section of which much is left goes first, else its questions are alone at the end
        return (each.section == last, -left.count(each.section), not (each.slips & recent), place)

    return min(range(len(waiting)), key=cost)
