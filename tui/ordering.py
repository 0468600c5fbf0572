"""An order of parts: one of them is moved, and two orders are held against each other by their pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import msgspec


class Agreement(msgspec.Struct, frozen=True):
    """How many pairs stand the same way round in two orders.

    Attributes:
        of: Pairs that both orders tell apart.
    """

    same: int = 0
    of: int = 0

    @property
    def by_luck(self) -> float:
        """How many pairs a shuffled order has in common with any other, on average: half of them."""
        return self.of / 2

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(self.same + other.same, self.of + other.of)


def shifted(order: Sequence[str], part: str, by: int) -> tuple[str, ...]:
    """Return an order with a part so many places further down, at most at an end."""
    moved = list(order)
    at = moved.index(part)
    moved.insert(min(max(at + by, 0), len(moved) - 1), moved.pop(at))
    return tuple(moved)


def agreement(order: Sequence[str], weights: Mapping[str, float]) -> Agreement:
    """Return how far an order agrees with the one in which the heaviest part comes first.

    Kendall's count of concordant pairs. A pair of which a part has no weight, or whose weights are equal, is left out.
    """
    known = [part for part in order if part in weights]
    pairs = [(weights[first], weights[second]) for first, second in combinations(known, 2)]
    same = sum(first > second for first, second in pairs)
    return Agreement(same, same + sum(first < second for first, second in pairs))
