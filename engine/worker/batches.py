"""Which images each update sees: every image once an epoch, in a new order each time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from engine.runs.place import ALONE, Place

if TYPE_CHECKING:
    from engine.worker.data import Part


class Batches:
    """Cuts a training set into batches, as a DataLoader with shuffle=True does, from one tensor.

    The place within an epoch is not kept here: it follows from the number of updates done. So the state that
    is saved after a whole update is the right one, however many batches were cut in advance.

    Attributes:
        per_epoch: Updates an epoch takes; the last batch may be smaller.
    """

    def __init__(
        self,
        part: Part,
        *,
        batch: int,
        epochs: int,
        shuffle: bool,
        seed: int,
        whole: bool,
        place: Place = ALONE,
    ) -> None:
        """Say how to cut.

        Args:
            whole: Every batch is the whole set, for gradient descent in the strict sense.
            place: In a group each process gets its share of every batch, from the same order.
        """
        self._part = part
        self._batch = len(part) if whole else min(batch, len(part))
        self._epochs = epochs
        self._shuffle = shuffle and not whole
        self._generator = torch.Generator().manual_seed(seed)
        self._order = torch.arange(len(part))
        self._epoch = 0
        self._place = place
        self.per_epoch = -(-len(part) // self._batch)

    def epochs(self, update: int) -> range:
        """Return the epochs that are left once `update` updates are done, from 1 on."""
        return range(update // self.per_epoch + 1, self._epochs + 1)

    def of(self, epoch: int, update: int) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield the batches of `epoch` that are left once `update` updates are done: images, labels."""
        part = self._part
        if self._batch == len(part):
            yield self._share(part.images), self._share(part.labels)
            return
        if self._shuffle and self._epoch != epoch:
            self._order = torch.randperm(len(part), generator=self._generator)
            self._epoch = epoch
        order = self._order.to(part.images.device)
        for first in range(update % self.per_epoch * self._batch, len(part), self._batch):
            rows = self._share(order[first : first + self._batch])
            yield part.images.index_select(0, rows), part.labels.index_select(0, rows)

    def _share(self, rows: Tensor) -> Tensor:
        """Return what this process sees of a batch; the shares differ by one at most."""
        return rows.tensor_split(self._place.world)[self._place.rank] if self._place.world > 1 else rows

    def tensors(self) -> dict[str, Tensor]:
        """Return what a checkpoint keeps."""
        return {
            "batches.generator": self._generator.get_state(),
            "batches.order": self._order,
            "batches.epoch": torch.tensor(self._epoch),
        }

    def restore(self, tensors: dict[str, Tensor]) -> None:
        """Go on from what `tensors` returned."""
        self._generator.set_state(tensors["batches.generator"])
        self._order = tensors["batches.order"]
        self._epoch = int(tensors["batches.epoch"])
