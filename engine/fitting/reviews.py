"""What goes to the process that fits and what comes from it: two files of JSON.

`reviews.json` holds the reviews, `fit.json` the parameters. A review is a card, a day and a rating: on which question
it was, on which of the learner's days, and 1 again, 2 hard, 3 good or 4 easy. A card has one review a day.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

FORMAT = 1
"""Raised when one of the files changes."""

LEAST = 512
"""With fewer usable reviews FSRS returns its own parameters, whatever it was given."""

LONGEST = 64
"""FSRS looks at so many reviews of a card, the first ones."""

MOST = 10_000
"""Of more usable reviews whole cards are drawn by chance; more would take long and change little."""

Review = tuple[int, int, int]
"""Card, day, rating."""


class Reviews(msgspec.Struct, frozen=True, kw_only=True):
    """What is fitted to.

    Attributes:
        parameters: With which the schedule is computed now; () for FSRS's own.
    """

    format: int = FORMAT
    reviews: tuple[Review, ...]
    parameters: tuple[float, ...] = ()


class Fit(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it.

    Attributes:
        parameters: The best that were found: fitted, or FSRS's own where those explain the reviews better.
        before, after: The mean log-loss of the reviews with the present parameters and with these, in nats.
        reviews: So many were predicted.
        used: So many the parameters were fitted to.
    """

    format: int = FORMAT
    parameters: tuple[float, ...]
    before: float
    after: float
    reviews: int
    used: int
    seconds: float

    @property
    def better(self) -> bool:
        """Whether the reviews are explained better than before."""
        return self.after < self.before


def histories(reviews: Iterable[Review]) -> dict[int, list[Review]]:
    """Return the reviews of each card, by day."""
    found: dict[int, list[Review]] = {}
    for review in sorted(reviews):
        found.setdefault(review[0], []).append(review)
    return found


def usable(reviews: Iterable[Review]) -> int:
    """Return how many reviews tell something of forgetting: those of a card that was reviewed on an earlier day."""
    return sum(min(len(history), LONGEST) - 1 for history in histories(reviews).values())
