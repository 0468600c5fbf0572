"""How many texts a data set has, and how long they are: what the cost of a run follows from."""

from __future__ import annotations

from pathlib import Path

import msgspec

from engine.datasets.facts import CORPUS_TEXTS, CORPUS_TOKENS, FACTS
from engine.recipes.own_texts import counted

PADDING = 2.0
"""Tokens of a text in a batch of 16 that is padded to its longest one, for each token of an average text.

Measured with the tokenizer of the shipped weights: topics 1.9, reviews 2.3, classics 1.7.
"""

HELD_OUT = 0.1
"""Share of a learner's own rows for validation, and as much for the test."""

MOST_HELD = 1_000
"""Texts of a corpus that are held out at most, for validation and for the test each."""


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


def text_facts(data: str) -> TextFacts | None:
    """Return the figures of a set of `bert`; None where they are not known before it is read."""
    if facts := FACTS.get(data):
        padded = facts.tokens * PADDING
        return TextFacts(tuple(facts.classes.values()), facts.validation, facts.test, padded)
    own = counted(Path(data))
    if own is None:
        return None
    held = tuple(round(count * HELD_OUT) for count in own.classes)
    train = tuple(count - 2 * part for count, part in zip(own.classes, held, strict=True))
    return TextFacts(train=train, validation=sum(held), test=sum(held), padded=own.pieces * PADDING)


def corpus_facts(data: str) -> TextFacts | None:
    """Return the figures of a corpus of `pretrain`, whose batches are made of texts of about one length."""
    if data == "definitions":
        rows, padded = CORPUS_TEXTS, CORPUS_TOKENS
    elif data == "classics":
        rows, padded = FACTS[data].train(), FACTS[data].tokens
    elif own := counted(Path(data)):
        rows, padded = sum(own.classes), own.pieces
    else:
        return None
    held = min(MOST_HELD, round(rows * HELD_OUT))
    return TextFacts(train=(rows - 2 * held,), validation=held, test=held, padded=padded)
