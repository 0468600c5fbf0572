"""Processes that torchrun started meet once their leader is about to come, and not if it never will."""

from __future__ import annotations

import pytest
from torch.distributed import HashStore, TCPStore  # type: ignore[attr-defined] # torch's types leave them out

from engine.worker import leader
from engine.worker.leader import KEY, LEFT, await_leader, come, leave
from engine.worker.loss_of_group import GroupLostError, is_loss_of_group
from tests.engine.tabletop import Time

pytestmark = pytest.mark.torch

HOURS_SECONDS = 7_200.0


def test_they_wait_as_long_as_the_leader_waits_or_loads() -> None:
    """It may be in the queue behind another run, or download a model."""
    store, clock = HashStore(), Time()
    clock.due.append((clock.now + HOURS_SECONDS, lambda: come(store)))
    await_leader(store, clock.sleep)
    assert clock.now >= 100.0 + HOURS_SECONDS
    assert clock.longest < 1


def test_a_leader_that_is_stopped_or_fails_before_says_that_it_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Through the store that torchrun keeps, from which the others read it."""
    store, clock = HashStore(), Time()
    monkeypatch.setattr(leader, "rendezvous", lambda url, timeout: iter([(store, 0, 2)]))
    clock.due.append((clock.now + 3, leave))
    with pytest.raises(GroupLostError) as caught:
        await_leader(store, clock.sleep)
    assert store.get(KEY) == LEFT
    assert is_loss_of_group(caught.value)


def test_a_store_that_is_gone_is_the_loss_of_the_group() -> None:
    """As it is where the leader's torchrun has been killed."""
    kept = [TCPStore("localhost", 0, is_master=True, wait_for_workers=False)]
    other = TCPStore("localhost", kept[0].port, is_master=False)

    def end(seconds: float) -> None:
        kept.clear()

    with pytest.raises(RuntimeError) as caught:
        await_leader(other, end)
    assert is_loss_of_group(caught.value)
