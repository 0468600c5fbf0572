"""Several processes as one: they meet, give each other their gradients, and speak of one loss.

Each process has a copy of the network and sees its share of every batch. After the backward pass the copies'
gradients are averaged, so every copy takes the same step, and it is the step that one process would take that
sees the whole batch. torch must be loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.distributed import FileStore, PrefixStore, Store  # type: ignore[attr-defined] # torch's types leave them out
from torch.nn.parallel import DistributedDataParallel

from engine.errors import RunError
from engine.runs.place import Place
from engine.worker.device import device_of
from engine.worker.gathering import gather, store_of_torchrun

if TYPE_CHECKING:
    from engine.worker.session import Session

LONGEST_PAUSE = timedelta(days=30)
"""So long processes wait for one another: the learner may have paused the run."""


def join(session: Session) -> None:
    """Meet the other processes of the group, if there are others: over gloo, and over NCCL if each has its own GPU.

    Raises:
        RunError: This PyTorch was built without torch.distributed.
        RecipeError: This machine has not got the device that the recipe names.
        GroupLostError: Another one does not come.
        Stopped: The run is to stop.
    """
    place = session.place
    if place.world == 1:
        return
    if not dist.is_available():
        raise RunError(
            "This PyTorch cannot train in several processes (it was built without torch.distributed): use processes=1.",
            code="group-unavailable",
        )
    device = device_of(str(session.recipe.knobs["device"]), place)
    if device.type == "cuda":
        torch.cuda.set_device(device)
    dist.init_process_group(
        "cpu:gloo,cuda:nccl" if device.type == "cuda" else "gloo",
        store=FileStore(place.meeting, place.world) if place.meeting else _store_of_machines(session),
        rank=place.rank,
        world_size=place.world,
        timeout=LONGEST_PAUSE,
    )


def _store_of_machines(session: Session) -> Store:
    """Return the store by which processes that torchrun started meet, once all are about to come there."""
    store = store_of_torchrun()
    gather(store, session.place, session.check)
    store.set_timeout(LONGEST_PAUSE)
    return PrefixStore("learncurve", store)


@contextmanager
def leader_first(session: Session) -> Iterator[None]:
    """Let the others begin once the leader is done, so that they find what it fetched."""
    if session.world > 1 and not session.leads:
        _wait_for_all()
    yield
    if session.world > 1 and session.leads:
        _wait_for_all()


def shared_net(net: nn.Module, place: Place) -> nn.Module:
    """Return `net` as every process trains it: its backward pass averages the gradients of all copies."""
    if place.world == 1:
        return net
    device = next(net.parameters()).device
    return DistributedDataParallel(net, device_ids=[device] if device.type == "cuda" else None)


def shared_loss(loss_of: nn.Module, place: Place) -> nn.Module:
    """Return the loss as every process reckons it."""
    return loss_of if place.world == 1 else SharedLoss(place.world)


class SharedLoss(nn.Module):
    """The mean cross-entropy over a whole batch, of which this process has a share: equal, smaller or empty.

    Its value is the same in every process. Its slope is such that the average over the processes, which
    DistributedDataParallel takes, is the slope of that mean.
    """

    def __init__(self, world: int) -> None:
        super().__init__()
        self._world = world
        self._sum_of = nn.CrossEntropyLoss(reduction="sum")

    def forward(self, scores: Tensor, labels: Tensor) -> Tensor:
        own = self._sum_of(scores, labels)
        whole = torch.stack([own.detach().double(), own.new_tensor(len(labels)).double()])
        dist.all_reduce(whole)
        total, count = whole
        mean: Tensor = _ValueOfWhole.apply(own * float(self._world / count), (total / count).to(own.dtype))
        return mean


class _ValueOfWhole(torch.autograd.Function):
    """Has the value of its second argument and the slope of its first."""

    @staticmethod
    def forward(_context: Any, _own: Tensor, whole: Tensor) -> Tensor:
        return whole.clone()

    @staticmethod
    def backward(_context: Any, slope: Tensor) -> tuple[Tensor, None]:
        return slope, None


def _wait_for_all() -> None:
    dist.all_reduce(torch.zeros(1))  # as `barrier`, but on the processor, whatever the devices are
