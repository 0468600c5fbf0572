"""Training examples as a model sees them now: looked at anew, a few at a time, while it trains."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from engine.runs.asks import Neighbour
from engine.worker.examples import Examples, balanced, embedded

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

LIVE_EXAMPLES = 240
SLICE_EXAMPLES = 16
"""So many examples are looked at anew between two updates, while somebody asks."""

FRESH_SECONDS = 5.0
FRESH_SHARE = 0.05
"""Least time between two looks at all of them; and most of the time that they may take."""


class FreshExamples:
    """Some training examples, and when they were last looked at.

    Attributes:
        seen_at: The updates that the model had seen then, -1 where it was never.
    """

    def __init__(
        self,
        model: PreTrainedModel,
        tokenizer: PreTrainedTokenizerBase,
        texts: Sequence[str],
        labels: Sequence[int],
        *,
        longest: int,
        update: Callable[[], int],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Choose some of `texts`, as many of each class; none is looked at yet.

        Args:
            longest: Pieces of a text that are read.
            update: Returns the updates that the model has seen.
        """
        rows = balanced(labels, LIVE_EXAMPLES)
        self.seen_at = -1
        self._model, self._tokenizer, self._longest = model, tokenizer, longest
        self._texts = [texts[row] for row in rows]
        self._labels = [labels[row] for row in rows]
        self._update = update
        self._clock = clock
        self._examples: Examples | None = None
        self._slices: list[Tensor] = []
        self._took = 0.0
        self._next_look = 0.0

    def keep(self, examples: Examples) -> None:
        """Take examples of a model that moves no more, instead of looking at any."""
        self._examples, self.seen_at, self._texts = examples, self._update(), []

    def nearest(self, vector: Tensor, classes: Sequence[str]) -> list[Neighbour]:
        """Return the examples most like `vector`, shape (hidden,); none before all were looked at."""
        return self._examples.nearest(vector, classes) if self._examples is not None else []

    def look(self) -> None:
        """Look at some of them anew, if the model has moved on since all were looked at."""
        now = self._clock()
        if not self._texts or (not self._slices and (self.seen_at == self._update() or now < self._next_look)):
            return
        done = sum(map(len, self._slices))
        part = self._texts[done : done + SLICE_EXAMPLES]
        self._slices.append(embedded(self._model, self._tokenizer, part, self._longest))
        self._took += self._clock() - now
        if done + len(part) == len(self._texts):
            self._examples = Examples(self._texts, self._labels, torch.cat(self._slices))
            self.seen_at = self._update()
            self._next_look = self._clock() + max(FRESH_SECONDS, self._took / FRESH_SHARE)
            self._slices, self._took = [], 0.0
