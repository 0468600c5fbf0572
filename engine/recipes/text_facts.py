"""How many texts a data set has, and how long they are: what the cost of a run follows from."""

from __future__ import annotations

from pathlib import Path

import msgspec

from engine.recipes.own_texts import counted

PADDING = 1.9
"""Tokens of a batch of 16, padded to its longest text, for each token of an average text."""

HELD_OUT = 0.1
"""Share of a learner's own rows for validation, and as much for the test."""


class TextFacts(msgspec.Struct, frozen=True):
    """A data set in figures.

    Attributes:
        train: Training texts of each class.
        padded: Tokens of a text once it is padded to the longest of its batch of 16, on average.
    """

    train: tuple[int, ...]
    validation: int
    test: int
    padded: float

    def chosen(self, labels_per_class: int) -> int:
        """Return how many texts are trained on; 0 takes all of them."""
        return sum(min(count, labels_per_class or count) for count in self.train)


FACTS = {
    "topics": TextFacts(train=(1_200,) * 6, validation=1_200, test=1_200, padded=35),
    "reviews": TextFacts(train=(1_200, 1_183), validation=298, test=298, padded=50),
    "classics": TextFacts(train=(1_285, 1_045, 703, 648), validation=461, test=461, padded=28),
}
"""The embedded sets of `bert`."""

DEFINITIONS = TextFacts(train=(107_904,), validation=1_000, test=1_000, padded=18)
"""The embedded corpus of `pretrain`, whose batches are made of texts of about one length."""


def text_facts(data: str) -> TextFacts | None:
    """Return the figures of a set of `bert`; None where they are not known before it is read."""
    if data in FACTS:
        return FACTS[data]
    own = counted(Path(data))
    if own is None:
        return None
    held = tuple(round(count * HELD_OUT) for count in own.classes)
    train = tuple(count - 2 * part for count, part in zip(own.classes, held, strict=True))
    return TextFacts(train=train, validation=sum(held), test=sum(held), padded=own.pieces * PADDING)


def corpus_facts(data: str) -> TextFacts | None:
    """Return the figures of a corpus of `pretrain`."""
    if data == "definitions":
        return DEFINITIONS
    own = counted(Path(data))
    if own is None:
        return None
    rows = sum(own.classes)
    held = min(1_000, rows // 10)
    return TextFacts(train=(rows - 2 * held,), validation=held, test=held, padded=own.pieces)
