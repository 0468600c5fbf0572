"""Two numbers, never mixed: coverage (seen of all) and recall (what is seen, predicted seven days ahead)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from content.memory.cards import Kept, Key
from content.memory.forgetting import DECAY, HORIZON_DAYS, recall


class Progress(msgspec.Struct, frozen=True):
    """How far some questions are seen, and how well they are remembered.

    Attributes:
        seen: Questions answered at least once in their present revision.
        expected: How many of those will be recalled seven days from now, by the forgetting curve.
        due: How many want to be asked again.
    """

    seen: int = 0
    all: int = 0
    expected: float = 0.0
    due: int = 0

    @property
    def coverage(self) -> float:
        """Seen of all, in 0..1."""
        return self.seen / self.all if self.all else 0.0

    @property
    def recall(self) -> float | None:
        """The mean probability of recall of what is seen, None where nothing is."""
        return self.expected / self.seen if self.seen else None

    def plus(self, other: Progress) -> Progress:
        """Return both together."""
        return Progress(
            self.seen + other.seen, self.all + other.all, self.expected + other.expected, self.due + other.due
        )


def progress(keys: Iterable[Key], cards: Mapping[Key, Kept], today: int, decay: float = DECAY) -> Progress:
    """Return the progress with some questions; cards of other revisions and of removed questions do not count."""
    seen = everything = due = 0
    expected = 0.0
    for key in keys:
        everything += 1
        card = cards.get(key)
        if card is not None:
            seen += 1
            due += card.due <= today
            expected += recall(card.stability, today + HORIZON_DAYS - card.last, decay)
    return Progress(seen, everything, expected, due)
