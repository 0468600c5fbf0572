"""The shape of a BERT, and what follows from it: parameters, arithmetic, memory."""

from __future__ import annotations

from typing import Any

import msgspec

SEGMENTS = 2
"""Sentence A and sentence B: BERT has a vector for each."""

FLOAT = 4
"""Bytes of a number in single precision."""


class Shape(msgspec.Struct, frozen=True):
    """A BERT without its task's head.

    Attributes:
        inner: Units of the wide layer of a block; 0 stands for four times `hidden`.
    """

    layers: int
    hidden: int
    heads: int
    vocabulary: int
    positions: int
    inner: int = 0

    @property
    def wide(self) -> int:
        """Units of the wide layer of a block."""
        return self.inner or 4 * self.hidden

    @property
    def embeddings(self) -> int:
        """Parameters that turn pieces, places and segments into vectors, with their norm."""
        return (self.vocabulary + self.positions + SEGMENTS + 2) * self.hidden

    @property
    def encoder(self) -> int:
        """Parameters of all blocks: query, key, value, output, the wide layer, two norms."""
        attention = 4 * (self.hidden + 1) * self.hidden
        wide = (self.hidden + 1) * self.wide + (self.wide + 1) * self.hidden
        return self.layers * (attention + wide + 4 * self.hidden)

    def classifier(self, classes: int) -> int:
        """Return all parameters of a model that tells so many classes apart: pooler and head included."""
        pooler = (self.hidden + 1) * self.hidden
        return self.embeddings + self.encoder + pooler + (self.hidden + 1) * classes

    def masked(self) -> int:
        """Return all parameters of a model that guesses masked pieces; its output shares the embedding's weights."""
        head = (self.hidden + 1) * self.hidden + 2 * self.hidden + self.vocabulary
        return self.embeddings + self.encoder + head

    def flops(self, length: int) -> float:
        """Return the multiplications and additions that one token of a text of so many tokens costs, forward."""
        dense = 2 * (4 * self.hidden**2 + 2 * self.hidden * self.wide)
        return float(self.layers * (dense + 4 * length * self.hidden))

    def activations(self, tokens: int, length: int) -> float:
        """Return the bytes that so many tokens leave for the way back, in single precision.

        Source: Korthikanti et al. 2022, arXiv:2205.05198, for half precision; doubled.
        """
        return float(tokens * self.layers * (68 * self.hidden + 10 * self.heads * length))


SHIPPED = Shape(layers=2, hidden=128, heads=2, vocabulary=4_000, positions=128)
"""The weights that come with the program."""

BASE, LARGE = (12, 768, 12), (24, 1_024, 16)

HUB: dict[str, tuple[Shape, int]] = {
    "bert-base-uncased": (Shape(*BASE, vocabulary=30_522, positions=512), 440_000_000),
    "bert-base-cased": (Shape(*BASE, vocabulary=28_996, positions=512), 436_000_000),
    "bert-base-chinese": (Shape(*BASE, vocabulary=21_128, positions=512), 412_000_000),
    "bert-base-multilingual-cased": (Shape(*BASE, vocabulary=119_547, positions=512), 714_000_000),
    "bert-large-uncased": (Shape(*LARGE, vocabulary=30_522, positions=512), 1_340_000_000),
    "bert-large-cased": (Shape(*LARGE, vocabulary=28_996, positions=512), 1_340_000_000),
}
"""Models that many know, by their id on the hub: shape, and bytes to download."""


def known(start: str) -> tuple[Shape, int] | None:
    """Return shape and size of a model on the hub, None where this program does not know them beforehand."""
    return HUB.get(start.removeprefix("google-bert/"))


def shape_of_config(config: dict[str, Any]) -> Shape | None:
    """Return the shape that a model's `config.json` tells, None where it is no BERT."""
    names = ("num_hidden_layers", "hidden_size", "num_attention_heads", "vocab_size", "max_position_embeddings")
    sizes = [config.get(name) for name in (*names, "intermediate_size")]
    if config.get("model_type") != "bert" or not all(isinstance(size, int) and size > 0 for size in sizes):
        return None
    return Shape(*sizes)  # type: ignore[arg-type]  # all are whole numbers, says the line above
