"""Several processes train as one: the same numbers, one voice, and one end."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from engine.events import Acknowledged, Attempted, Ended, Event, Loading, Updated
from engine.runs.control import Wanted, go_on, set_pace, stop, want
from engine.runs.folder import RunFolder
from engine.runs.lock import holder
from engine.runs.slots import Slots
from engine.worker.checkpoints import Checkpoints
from tests.engine.working import (
    PATIENCE_SECONDS,
    evaluations_of,
    events_of,
    losses_of,
    make_run,
    of,
    start_worker,
    try_until,
    until,
)

WITHIN_SECONDS = 10.0
UPDATES = 90


@pytest.fixture
def workers() -> Iterator[list[subprocess.Popen[bytes]]]:
    """Workers that a test starts; none of them outlives it."""
    started: list[subprocess.Popen[bytes]] = []
    yield started
    for worker in started:
        worker.kill()
        worker.wait(30)


def ranks_of(worker: subprocess.Popen[bytes]) -> list[int]:
    """Return the processes of a worker's group, the leader first."""
    said = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)
    pairs = [tuple(map(int, line.split())) for line in said.stdout.splitlines()]
    return sorted(pid for pid, parent in pairs if parent == worker.pid)


def lives(pid: int) -> bool:
    """Return whether the process is there, and no zombie that only waits to be buried."""
    said = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(said.stdout.strip()) and not said.stdout.startswith("Z")


def checkpoint_at(folder: RunFolder, update: int) -> Path | None:
    newest = Checkpoints(folder.checkpoints).newest()
    return newest[0] if newest and newest[1].update == update else None


def norms_of(events: Sequence[Event]) -> dict[int, float]:
    return {block.first + place: norm for block in of(Updated, events) for place, norm in enumerate(block.norms)}


def assert_close(one: dict[int, float], other: dict[int, float], most: float) -> None:
    assert list(one) == list(other) == list(range(1, UPDATES + 1))
    assert max(abs(one[update] - other[update]) for update in one) < most


def updates_of(folder: RunFolder) -> int:
    return max(losses_of(events_of(folder)), default=0)


@pytest.mark.torch
def test_two_processes_train_as_one_does_and_a_pause_and_a_stop_reach_both(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, workers: list[subprocess.Popen[bytes]]
) -> None:
    wishes: dict[str, Any] = {"batch": 100, "epochs": 2, "hidden": "32,16", "optimizer": "momentum", "lr": 0.05}
    alone, group = make_run(own_home, **wishes), make_run(own_home, processes=2, **wishes)
    try_until(alone, UPDATES, monkeypatch)
    want(group, Wanted(until_update=UPDATES))
    worker = start_worker(group)
    workers.append(worker)
    path = until(lambda: checkpoint_at(group, UPDATES), "the checkpoint of the pause")
    assert of(Acknowledged, events_of(group))[-1].state == "paused"
    ranks = ranks_of(worker)
    assert len(ranks) == 2
    assert holder(group.lock_file) == worker.pid
    assert Slots(own_home).busy() == 1
    stop(group)
    assert worker.wait(WITHIN_SECONDS) == 0
    assert not any(map(lives, ranks))
    assert Slots(own_home).busy() == 0
    result = group.result()
    assert result is not None
    assert (result.state, result.update, result.epochs) == ("stopped", UPDATES, 1)

    one, two = events_of(alone), events_of(group)
    assert_close(losses_of(one), losses_of(two), 1e-5)
    assert_close(norms_of(one), norms_of(two), 1e-4)
    first, second = (evaluations_of(events) for events in (one, two))
    assert [*second] == [0, 1]
    assert second[1].val_loss == pytest.approx(first[1].val_loss, abs=1e-5)
    assert len(of(Attempted, two)) == len(of(Ended, two)) == 1
    assert isinstance(two[-1], Ended)
    assert group.console_file.read_text() == ""

    reference = checkpoint_at(alone, UPDATES)
    assert reference is not None
    assert path is not None
    ours, theirs = load_file(path), load_file(reference)
    apart = {name: float((ours[name] - theirs[name]).abs().max()) for name in theirs if name.startswith("net.")}
    assert len(apart) == 6
    assert max(apart.values()) < 1e-4
    assert torch.equal(ours["batches.order"], theirs["batches.order"])


@pytest.mark.torch
def test_a_killed_process_ends_the_group_with_a_sentence_and_without_the_supervisor_none_lives_on(
    own_home: Path, workers: list[subprocess.Popen[bytes]]
) -> None:
    folder = make_run(own_home, processes=2, epochs=1000, batch=500, pace=50, dropout=0.2)
    checkpoints = Checkpoints(folder.checkpoints)
    worker = start_worker(folder)
    workers.append(worker)

    def is_ahead() -> bool:
        newest = checkpoints.newest()
        return newest is not None and newest[1].update + 2 <= updates_of(folder) <= newest[1].update + 4

    until(lambda: updates_of(folder) > 30, "updates")
    set_pace(folder, 2)  # the next checkpoint is seconds away, so that the kill lands before it
    until(is_ahead, "updates that no checkpoint knows")
    ranks = ranks_of(worker)
    os.kill(ranks[1], signal.SIGKILL)
    assert worker.wait(WITHIN_SECONDS) == 1
    assert not any(map(lives, ranks))
    newest = checkpoints.newest()
    assert newest is not None
    result = folder.result()
    assert result is not None
    assert (result.state, result.code, result.update) == ("failed", "process-killed", newest[1].update)
    assert result.reason == (
        "Process 2 of 2 was killed (signal 9); the whole group was ended. "
        f"Resume goes on from update {newest[1].update}."
    )
    last = events_of(folder)[-1]
    assert isinstance(last, Ended)
    assert last.reason == result.reason

    first = losses_of(events_of(folder))
    go_on(folder)
    set_pace(folder, 0)
    worker = start_worker(folder)
    workers.append(worker)
    until(lambda: updates_of(folder) > len(first) + 20, "updates of the second attempt")
    assert of(Attempted, events_of(folder))[-1].first_update == newest[1].update + 1
    assert newest[1].update < len(first)
    again = losses_of(events_of(folder))
    assert {update: again[update] for update in first} == first  # bit for bit, dropout in both processes included
    ranks = ranks_of(worker)
    assert len(ranks) == 2
    worker.kill()
    worker.wait(30)
    killed = time.monotonic()
    until(lambda: not any(map(lives, ranks)), "no process lives on without its supervisor", WITHIN_SECONDS)
    assert time.monotonic() - killed < WITHIN_SECONDS
    assert holder(folder.lock_file) is None
    assert folder.result() is None


def test_what_befalls_every_process_is_said_once_in_the_leaders_words(
    own_home: Path, tmp_path: Path, workers: list[subprocess.Popen[bytes]]
) -> None:
    (tmp_path / "torch.py").write_text('raise OSError("libtorch_cpu.so: cannot open shared object file")\n')
    folder = make_run(own_home, processes=2)
    path = os.pathsep.join([str(tmp_path), str(Path(__file__).parents[2])])
    worker = start_worker(folder, env={"PYTHONPATH": path})
    workers.append(worker)
    assert worker.wait(PATIENCE_SECONDS) == 1
    result = folder.result()
    assert result is not None
    assert result.code == "torch-missing"
    assert result.reason.startswith("torch cannot be loaded (libtorch_cpu.so")
    assert [event.what for event in of(Loading, events_of(folder))] == ["torch"]
