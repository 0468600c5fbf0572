"""Processes that torchrun started gather before they meet, so that none waits for one that will not come.

Once processes have met, each notices by itself that another is gone. Before, PyTorch would wait for it, on other
machines above all, where torchrun does not tell: the first one may be in the queue or download, and any may fail or
be stopped meanwhile. So each says that it comes, or that it leaves, in the store that the leader's torchrun keeps; and
a store that is gone says that the leader is gone.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from torch.distributed import Store, is_initialized  # type: ignore[attr-defined] # torch's types leave one out
from torch.distributed.rendezvous import rendezvous

from engine.runs.place import Place
from engine.worker.loss_of_group import GroupLostError

COMES, LEFT = b"comes", b"left"
LOOK_SECONDS = 0.2
LATE_SECONDS = 600.0
"""So long after the leader the others may come: they have nothing to wait for but an import from a slow disk."""
REACH = timedelta(seconds=30)
"""So long the store may be out of reach before it counts as gone; it is there before any process is."""
FAREWELL = timedelta(seconds=5)
"""The same for a process that leaves."""


def gather(
    store: Store,
    place: Place,
    check: Callable[[], None],
    *,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Return once all are about to meet: the leader comes last, and until it does each may still leave.

    Args:
        check: Raises where this process is to stop.

    Raises:
        GroupLostError: Another one has left, or does not come.
        RuntimeError: The store is gone.
    """
    if place.rank > 0:
        store.set(_key(place.rank), COMES.decode())
    awaited = range(1, place.world) if place.rank == 0 else (0,)
    since = clock()
    while True:
        said = [store.get(key) if store.check([key]) else b"" for key in map(_key, awaited)]
        if all(word == COMES for word in said):
            break
        if LEFT in said or (place.rank == 0 and clock() - since > LATE_SECONDS):
            raise GroupLostError
        check()
        sleep(LOOK_SECONDS)
    if place.rank == 0:
        store.set(_key(0), COMES.decode())


def leave(place: Place) -> None:
    """Say that this process will not come; once all have met it needs no saying.

    Raises:
        RuntimeError: Nobody can be told.
    """
    if not is_initialized():
        store_of_torchrun(FAREWELL).set(_key(place.rank), LEFT.decode())


def store_of_torchrun(reach: timedelta = REACH) -> Store:
    """Return the store that torchrun keeps for the processes of all machines.

    Raises:
        RuntimeError: It is out of reach.
    """
    store: Store
    store, _, _ = next(rendezvous("env://", timeout=reach))
    return store


def _key(rank: int) -> str:
    return f"learncurve/process/{rank}"
