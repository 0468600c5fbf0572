"""Processes that torchrun started meet once all are about to come, and not if one of them never will."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from torch.distributed import HashStore, TCPStore  # type: ignore[attr-defined] # torch's types leave them out

from engine.runs.place import Place
from engine.worker import gathering
from engine.worker.gathering import LATE_SECONDS, gather, leave
from engine.worker.loss_of_group import GroupLostError, is_loss_of_group
from engine.worker.session import Stopped
from tests.engine.tabletop import Time

pytestmark = pytest.mark.torch

LEADER, SECOND, THIRD = (Place(rank=rank, world=3) for rank in range(3))
HOURS_SECONDS = 7_200.0


def nothing() -> None:
    """Go on."""


def once(clock: Time, seconds: float, action: Callable[[], None]) -> None:
    """Do something once so much time has passed."""
    clock.due.append((clock.now + seconds, action))


def test_the_others_wait_as_long_as_the_leader_waits_or_loads() -> None:
    """It may be in the queue behind another run, or download a model."""
    store, clock = HashStore(), Time()
    leader, other = (Place(rank=rank, world=2) for rank in range(2))
    once(clock, HOURS_SECONDS, lambda: gather(store, leader, nothing, clock=clock, sleep=clock.sleep))
    began = clock.now
    gather(store, other, nothing, clock=clock, sleep=clock.sleep)
    assert HOURS_SECONDS <= clock.now - began <= HOURS_SECONDS + 1
    assert clock.longest < 1


def test_the_leader_comes_last_and_waits_not_for_ever_for_one_that_has_nothing_to_wait_for() -> None:
    """Its machine may have been switched off, which nobody tells; then the others do not meet without it."""
    store, clock = HashStore(), Time()
    began = clock.now
    with pytest.raises(GroupLostError) as caught:
        gather(store, LEADER, nothing, clock=clock, sleep=clock.sleep)
    assert LATE_SECONDS < clock.now - began <= LATE_SECONDS + 1
    assert is_loss_of_group(caught.value)
    assert store.num_keys() == 0


@pytest.mark.parametrize(("one", "other"), [(LEADER, SECOND), (THIRD, LEADER)], ids=["leader", "another"])
def test_one_that_fails_before_says_that_it_leaves(monkeypatch: pytest.MonkeyPatch, one: Place, other: Place) -> None:
    """Through the store that torchrun keeps, from which the others read it."""
    store, clock = HashStore(), Time()
    monkeypatch.setattr(gathering, "rendezvous", lambda url, timeout: iter([(store, 0, 3)]))
    once(clock, 3, lambda: leave(one))
    began = clock.now
    with pytest.raises(GroupLostError):
        gather(store, other, nothing, clock=clock, sleep=clock.sleep)
    assert 3 <= clock.now - began <= 4


def test_the_leader_obeys_while_it_waits_for_the_others() -> None:
    """A stop is obeyed, and not only once all are there."""
    clock = Time()
    wishes: list[str] = []
    once(clock, 5, lambda: wishes.append("stopped"))

    def check() -> None:
        if wishes:
            raise Stopped

    with pytest.raises(Stopped):
        gather(HashStore(), LEADER, check, clock=clock, sleep=clock.sleep)


def test_a_store_that_is_gone_is_the_loss_of_the_group() -> None:
    """As it is where the leader's torchrun has been killed."""
    kept = [TCPStore("localhost", 0, is_master=True, wait_for_workers=False)]
    other = TCPStore("localhost", kept[0].port, is_master=False)
    with pytest.raises(RuntimeError) as caught:
        gather(other, SECOND, kept.clear, sleep=lambda seconds: None)
    assert is_loss_of_group(caught.value)
