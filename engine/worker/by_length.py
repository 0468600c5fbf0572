"""The order of texts in training: shuffled, but texts of about the same length share a batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch
from torch.utils.data import Sampler

POOL = 50
"""Batches that are sorted together: more waste less padding, fewer mix better."""


class ByLength(Sampler[int]):
    """Row numbers, batch after batch: pools of 50 batches are drawn, sorted by length, cut, and shuffled again.

    The order follows from seed and epoch alone, so that a resumed run goes on in the same one.
    """

    def __init__(self, lengths: Sequence[int], *, batch: int, seed: int) -> None:
        self._lengths = torch.tensor(lengths)
        self._batch = batch
        self._seed = seed
        self.epoch = 0

    def __len__(self) -> int:
        return len(self._lengths)

    def set_epoch(self, epoch: int) -> None:
        """Take the order of that epoch; Trainer calls this."""
        self.epoch = epoch

    def __iter__(self) -> Iterator[int]:
        generator = torch.Generator().manual_seed((self._seed << 32) + self.epoch)
        order = torch.randperm(len(self._lengths), generator=generator)
        batches: list[torch.Tensor] = []
        for pool in torch.split(order, POOL * self._batch):
            ordered = pool[self._lengths[pool].argsort(stable=True)]
            batches += torch.split(ordered, self._batch)
        short = [batch for batch in batches if len(batch) < self._batch]
        whole = [batch for batch in batches if len(batch) == self._batch]
        for number in torch.randperm(len(whole), generator=generator).tolist():
            yield from whole[number].tolist()
        for batch in short:  # at most one: a short batch in the middle would shift all that follow
            yield from batch.tolist()
