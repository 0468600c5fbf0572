"""The leader of a group that torchrun started, as the others see it before they meet.

Once processes have met, each notices by itself that another is gone. Before, nobody would tell them: the leader may
wait in the queue or download, and it may fail or be stopped meanwhile. So the others meet it only once it has said
that it comes. It says so in the store that its own torchrun keeps: where that has ended too, the store is gone, which
the others notice.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from torch.distributed import Store, is_initialized  # type: ignore[attr-defined] # torch's types leave one out
from torch.distributed.rendezvous import rendezvous

from engine.worker.loss_of_group import GroupLostError

KEY = "learncurve/leader"
COMES, LEFT = b"comes", b"left"
LOOK_SECONDS = 0.2
REACH = timedelta(seconds=60)
"""So long the store may be out of reach before it counts as gone."""
FAREWELL = timedelta(seconds=5)
"""The same for a leader that leaves."""


def store_of_torchrun(reach: timedelta = REACH) -> Store:
    """Return the store that torchrun keeps for the processes of all machines.

    Raises:
        RuntimeError: It is out of reach.
    """
    store: Store
    store, _, _ = next(rendezvous("env://", timeout=reach))
    return store


def come(store: Store) -> None:
    """Say, as the leader, that one is about to meet the others."""
    store.set(KEY, COMES.decode())


def leave() -> None:
    """Say, as the leader, that one will not come; once all have met it needs no saying.

    Raises:
        RuntimeError: Nobody can be told.
    """
    if not is_initialized():
        store_of_torchrun(FAREWELL).set(KEY, LEFT.decode())


def await_leader(store: Store, sleep: Callable[[float], None] = time.sleep) -> None:
    """Return once the leader comes, however long it waits or loads.

    Raises:
        GroupLostError: It has left.
        RuntimeError: The store is gone, and so is the leader.
    """
    while not store.check([KEY]):
        sleep(LOOK_SECONDS)
    if store.get(KEY) != COMES:
        raise GroupLostError
