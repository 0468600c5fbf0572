"""A run that was interrupted ends as if it had not been: the same losses, the same weights, bit for bit."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from engine.events import Attempted, Evaluated, Planned
from engine.runs.control import set_pace
from engine.runs.folder import RunFolder
from engine.runs.lock import holder
from engine.worker import mlp_run
from engine.worker.checkpoints import Checkpoints, facts_of
from tests.engine.working import (
    PATIENCE_SECONDS,
    evaluations_of,
    events_of,
    losses_of,
    make_run,
    of,
    start_worker,
    try_run,
    try_until,
    until,
)

pytestmark = pytest.mark.torch


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def weights_of(folder: RunFolder) -> dict[str, torch.Tensor]:
    newest = Checkpoints(folder.checkpoints).newest()
    assert newest is not None
    return {name: tensor for name, tensor in load_file(newest[0]).items() if name.startswith("net.")}


def assert_same(one: RunFolder, other: RunFolder) -> None:
    """Fail unless both runs have the same losses, evaluations and final weights, to the last bit."""
    first, second = events_of(one), events_of(other)
    assert losses_of(first) == losses_of(second)
    assert len(losses_of(first)) == of(Planned, first)[0].updates
    for ours, theirs in zip(evaluations_of(first).values(), evaluations_of(second).values(), strict=True):
        assert (ours.epoch, ours.train_loss, ours.val_loss) == (theirs.epoch, theirs.train_loss, theirs.val_loss)
        assert ours.worst == theirs.worst
    left, right = weights_of(one), weights_of(other)
    assert left.keys() == right.keys()
    assert all(torch.equal(left[name], right[name]) for name in left)
    results = one.result(), other.result()
    assert results[0] is not None
    assert results[1] is not None
    assert results[0].test_loss == results[1].test_loss
    assert results[0].state == results[1].state == "finished"


@pytest.mark.parametrize("update", [1, 5, 8, 9, 15, 16])
def test_a_run_stopped_after_any_update_ends_as_if_it_had_not_been(
    home: Path, monkeypatch: pytest.MonkeyPatch, update: int
) -> None:
    wishes = {"dropout": 0.2, "optimizer": "momentum", "lr": 0.1}
    whole, parts = make_run(home, **wishes), make_run(home, **wishes)
    try_run(whole)
    stopped = try_until(parts, update, monkeypatch)
    assert (stopped.state == "finished") == (update == 16)  # nothing is left to be stopped then
    if update < 16:
        assert (stopped.state, stopped.update, stopped.epochs) == ("stopped", update, update // 8)
        assert try_run(parts).state == "finished"
        assert [event.first_update for event in of(Attempted, events_of(parts))] == [1, update + 1]
    assert_same(whole, parts)


@pytest.mark.parametrize(
    "wishes",
    [
        {"optimizer": "adam", "schedule": "cosine"},
        {"optimizer": "adamw", "weight_decay": 0.1, "activation": "gelu"},
        {"zero_grad": False, "lr": 0.001},
        {"dropout": 0.5, "eval_mode": False},
        {"labels": "random", "shuffle": False, "scale": "unit"},
        {"optimizer": "gd", "epochs": 9},
    ],
    ids=str,
)
def test_every_kind_of_state_is_saved(home: Path, monkeypatch: pytest.MonkeyPatch, wishes: dict[str, Any]) -> None:
    whole, parts = make_run(home, **wishes), make_run(home, **wishes)
    try_run(whole)
    try_until(parts, 3, monkeypatch)
    try_until(parts, 6, monkeypatch)
    try_run(parts)
    assert [event.number for event in of(Attempted, events_of(parts))] == [1, 2, 3]
    assert_same(whole, parts)


def test_a_run_stopped_in_the_middle_of_a_long_evaluation_makes_it_anew(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wishes = {"dropout": 0.3, "eval_mode": False}
    whole, parts = make_run(home, **wishes), make_run(home, **wishes)
    try_run(whole)
    with monkeypatch.context() as patch:
        patch.setattr(mlp_run, "STOP_SECONDS", 0.0)
        stopped = try_until(parts, 8, patch)
    assert (stopped.state, stopped.update, stopped.epochs) == ("stopped", 8, 1)
    assert [event.epoch for event in of(Evaluated, events_of(parts))] == [0]
    try_run(parts)
    assert [event.epoch for event in of(Evaluated, events_of(parts))] == [0, 1, 2]
    assert_same(whole, parts)


def test_a_worker_killed_after_the_last_update_only_has_to_look_at_the_test_set(home: Path) -> None:
    folder = make_run(home)
    first = try_run(folder)
    before = losses_of(events_of(folder))
    folder.result_file.unlink()
    again = try_run(folder)
    assert (again.state, again.test_loss, again.update) == ("finished", first.test_loss, 16)
    assert of(Attempted, events_of(folder))[-1].first_update == 17
    assert losses_of(events_of(folder)) == before


def test_training_time_of_all_attempts_is_added_up(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_run(home)
    first = try_until(folder, 5, monkeypatch)
    second = try_run(folder)
    assert second.seconds > first.seconds > 0


def test_a_broken_checkpoint_is_passed_over_for_the_one_before(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, parts = make_run(home), make_run(home)
    try_run(whole)
    try_until(parts, 5, monkeypatch)
    newest = Checkpoints(parts.checkpoints).newest()
    assert newest is not None
    assert newest[1].update == 5
    newest[0].write_bytes(newest[0].read_bytes()[:-1])
    (parts.checkpoints / "000000099.safetensors").write_text("no tensors at all")
    (parts.checkpoints / ".000000100.safetensors.1-ab").write_text("half written")
    try_run(parts)
    assert of(Attempted, events_of(parts))[-1].first_update == 1
    assert not list(parts.checkpoints.glob(".*"))
    assert losses_of(events_of(whole)) == losses_of(events_of(parts))


def test_two_checkpoints_and_the_best_are_kept(home: Path) -> None:
    folder = make_run(home, epochs=4)
    try_run(folder)
    names = sorted(path.name for path in folder.checkpoints.iterdir())
    assert len(names) == 3
    assert names[1:] == ["000000032.safetensors", "best.safetensors"]
    facts = facts_of(folder.checkpoints / "best.safetensors")
    evaluations = evaluations_of(events_of(folder))
    assert facts is not None
    assert facts.val_loss == min(evaluation.val_loss for evaluation in evaluations.values())


def test_a_worker_survives_a_hang_up_stops_on_sigterm_and_after_kill_9_goes_on_from_its_checkpoint(
    home: Path,
) -> None:
    wishes = {"epochs": 40, "pace": 100, "optimizer": "adam", "lr": 0.001, "dropout": 0.1}
    whole, parts = make_run(home, **(wishes | {"pace": "full"})), make_run(home, **wishes)
    try_run(whole)

    def done() -> int:
        return max(losses_of(events_of(parts)), default=0)

    worker = start_worker(parts)
    until(lambda: done() > 5, "the first updates")
    assert holder(parts.lock_file) == worker.pid
    assert os.getpriority(os.PRIO_PROCESS, worker.pid) == 10
    group = Path(f"/proc/{worker.pid}/autogroup")
    assert not group.exists() or group.read_text().endswith("nice 10\n")
    worker.send_signal(signal.SIGHUP)
    before = done()
    until(lambda: done() > before + 20, "updates after a hang-up")
    worker.terminate()
    assert worker.wait(PATIENCE_SECONDS) == 0
    stopped = parts.result()
    assert stopped is not None
    assert stopped.state == "stopped"
    assert stopped.update == done()

    worker = start_worker(parts)
    until(lambda: done() > stopped.update + 40, "updates of the second attempt")
    worker.kill()
    worker.wait(30)
    assert holder(parts.lock_file) is None
    assert parts.result() is None
    killed_at = done()

    set_pace(parts, 0)
    worker = start_worker(parts)
    assert worker.wait(PATIENCE_SECONDS) == 0
    firsts = [event.first_update for event in of(Attempted, events_of(parts))]
    assert firsts[:2] == [1, stopped.update + 1]
    assert stopped.update < firsts[2] <= killed_at + 1
    assert_same(whole, parts)
