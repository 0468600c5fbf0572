"""Which questions a review asks, and in which order: pure functions of what is due."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
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
    waiting = _Waiting(due)
    order: list[Due] = []
    while waiting.sections:
        order.append(waiting.take(order))
    return tuple(order)


class _Waiting:
    """Questions that have no place yet, by section and by misconception; each in the order that it came in."""

    def __init__(self, due: Sequence[Due]) -> None:
        self.due = due
        self.sections: dict[str, dict[int, None]] = {}
        self.slips: dict[str, dict[int, None]] = {}
        for place, each in enumerate(due):
            self.sections.setdefault(each.section, {})[place] = None
            for slip in each.slips:
                self.slips.setdefault(slip, {})[place] = None

    def take(self, order: Sequence[Due]) -> Due:
        """Take out the question that follows best; of equal ones, the first."""
        last = order[-1].section if order else ""
        others = [name for name in self.sections if name != last] or [*self.sections]
        # a section of which much is left goes first, else its questions are alone at the end
        most = max(len(self.sections[name]) for name in others)
        best = {name for name in others if len(self.sections[name]) == most}
        recent = frozenset[str]().union(*(each.slips for each in order[-3:-1]))
        places = [place for slip in recent for place in self._confused(slip, best)]
        return self._out(min(places or (next(iter(self.sections[name])) for name in best)))

    def _confused(self, slip: str, sections: Collection[str]) -> Iterator[int]:
        """Yield the first question of these sections that is about a misconception, if there is one."""
        found = (place for place in self.slips.get(slip, ()) if self.due[place].section in sections)
        yield from islice(found, 1)

    def _out(self, place: int) -> Due:
        taken = self.due[place]
        del self.sections[taken.section][place]
        if not self.sections[taken.section]:
            del self.sections[taken.section]
        for slip in taken.slips:
            del self.slips[slip][place]
        return taken
