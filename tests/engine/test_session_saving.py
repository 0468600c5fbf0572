"""Checkpoints cost little, and a beat tells how long the rest will take."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.errors import RunError
from engine.events import Evaluated, Saved
from engine.runs.control import set_pace
from engine.runs.folder import RunFolder
from engine.worker.checkpoints import Checkpoints, Facts
from engine.worker.keeper import TensorKeeper
from engine.worker.saving import Saving
from engine.worker.speed import Speed
from engine.worker.stream import Stream
from tests.engine.tabletop import Bench, Time
from tests.engine.working import events_of, make_run, of


@pytest.fixture
def folder(own_home: Path) -> RunFolder:
    return make_run(own_home)


class Refusing(Checkpoints):
    """Checkpoints on a disk that is full, or slow by a clock's count."""

    def __init__(self, folder: Path, refuses: bool = False, takes: Callable[[], None] = lambda: None) -> None:
        super().__init__(folder)
        self.refuses = refuses
        self.takes = takes
        self.written: list[str] = []

    def write(self, name: str, tensors: dict[str, Any], facts: Facts) -> None:
        self.takes()
        if self.refuses:
            raise RunError("the disk is full", code="run-unwritable")
        self.written.append(name)


def test_a_checkpoint_that_fails_is_said_and_tried_again(folder: RunFolder, caplog: pytest.LogCaptureFixture) -> None:
    checkpoints = Refusing(folder.checkpoints, refuses=True)
    with Stream(folder.events_file) as stream:
        keeper = Saving(stream)
        keeper.save(TensorKeeper(checkpoints, dict), Facts(update=5))
        assert "training goes on" in caplog.text
        assert keeper.failure == "the disk is full"
        checkpoints.refuses = False
        keeper.save(TensorKeeper(checkpoints, dict), Facts(update=5))
    assert checkpoints.written == ["000000005.safetensors"]
    assert keeper.failure == ""
    assert [event.update for event in of(Saved, events_of(folder))] == [5]


def test_what_a_checkpoint_knows_is_in_the_stream_before_it(folder: RunFolder) -> None:
    """Killed right behind a checkpoint, a run would else never tell what it will not do again."""
    told: list[int] = []

    def look() -> None:
        told.extend(event.update for event in of(Saved, events_of(folder)))

    with Stream(folder.events_file) as stream:
        keeper = Saving(stream)
        stream.emit(Saved(time=1.0, update=0, name="the first write is due at once", seconds=0.0))
        for update in (1, 2, 3):
            stream.emit(Saved(time=1.0, update=update, name="not due yet", seconds=0.0))
        keeper.save(TensorKeeper(Refusing(folder.checkpoints, takes=look), dict), Facts(update=3))
    assert told == [0, 1, 2, 3]


def test_slow_saving_stretches_the_interval_to_a_twentieth_of_the_time(folder: RunFolder) -> None:
    clock = Time()
    with Stream(folder.events_file) as stream:
        slow = Refusing(folder.checkpoints, takes=lambda: clock.pass_by(1.0))
        keeper = Saving(stream, clock=clock)
        assert not keeper.is_due(clock.now + 4.9)
        assert keeper.is_due(clock.now + 5.0)
        keeper.save(TensorKeeper(slow, dict), Facts(update=1))
        assert not keeper.is_due(clock.now + 18.9)
        assert keeper.is_due(clock.now + 19.0)
        assert not keeper.has_time(clock.now + 18.9)


def test_a_run_saves_every_five_seconds_and_no_state_twice(folder: RunFolder) -> None:
    set_pace(folder, 10)
    checkpoints = Refusing(folder.checkpoints)
    bench = Bench(folder, updates=161, checkpoints=checkpoints)
    bench.session.saving = Saving(bench.stream, clock=bench.time)
    bench.train()
    updates = [int(name.removesuffix(".safetensors")) for name in checkpoints.written]
    assert updates == pytest.approx([50, 100, 150], abs=3)
    bench.session.save()
    bench.session.save()
    assert checkpoints.written[3:] == ["000000161.safetensors"]


def test_a_beat_tells_speed_and_time_left_with_their_spread() -> None:
    speed = Speed()
    now = 0.0
    for cost in (0.001, 0.002, 0.003, 0.002, 0.002):
        speed.updates += 100
        speed.busy_seconds += 100 * cost
        now += 1.0
        estimate = speed.estimate(now, resting=False, updates_left=1000, evaluations_left=0, pace=0)
    assert estimate.updates_per_second == pytest.approx(100)
    assert estimate.max_updates_per_second == pytest.approx(500)
    assert estimate.seconds_left == pytest.approx(2.0)
    assert 1.0 < estimate.seconds_left_low < 2.0 < estimate.seconds_left_high < 3.0
    paced = speed.estimate(now + 1, resting=False, updates_left=1000, evaluations_left=0, pace=100)
    assert paced.seconds_left == pytest.approx(10.0)


def test_nothing_is_claimed_before_anything_was_measured() -> None:
    estimate = Speed().estimate(1.0, resting=False, updates_left=10, evaluations_left=1, pace=0)
    assert math.isnan(estimate.seconds_left)
    assert estimate.max_updates_per_second == 0


def test_the_best_epoch_is_the_one_with_the_lowest_validation_loss(folder: RunFolder) -> None:
    bench = Bench(folder)
    for epoch, loss in enumerate([2.3, 1.0, math.nan, 0.5, 0.8]):
        bench.session.evaluated(
            Evaluated(
                time=0.0,
                epoch=epoch,
                update=epoch,
                train_loss=loss,
                train_accuracy=0.5,
                val_loss=loss,
                val_accuracy=0.5,
                confusion=[],
                worst=[],
                arrays="",
                seconds=0.01,
            )
        )
    assert bench.session.facts.best_val_loss == 0.5
    assert bench.session.facts.val_loss == 0.8
    assert bench.session.facts.evaluated == 4
