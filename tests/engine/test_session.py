"""A session obeys, keeps its pace, says everything in few writes, and survives a full disk."""

from __future__ import annotations

import errno
import math
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.errors import RunError
from engine.events import Acknowledged, Beat, Dropped, Evaluated, Loading, Planned, Saved, Updated
from engine.runs.control import Wanted, go_on, pause, set_pace, step, stop, want
from engine.runs.folder import RunFolder
from engine.worker.checkpoints import Checkpoints, Facts
from engine.worker.heart import Heart
from engine.worker.saving import Saving
from engine.worker.session import Session, Stopped
from engine.worker.speed import Speed
from engine.worker.steering import Pacing
from engine.worker.stream import BLOCK, KEPT_BYTES, Stream
from tests.engine.working import events_of, losses_of, make_run, of, until


class Time:
    """A clock that only sleeping moves; what is due at a moment happens then."""

    def __init__(self) -> None:
        self.now = 100.0
        self.due: list[tuple[float, Callable[[], None]]] = []
        self.longest = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.longest = max(self.longest, seconds)
        self.pass_by(max(seconds, 1e-6))

    def pass_by(self, seconds: float) -> None:
        self.now += seconds
        for moment, action in [entry for entry in self.due if entry[0] <= self.now]:
            self.due.remove((moment, action))
            action()

    def at(self, moment: float, action: Callable[[], None]) -> None:
        self.due.append((moment, action))


class Bench:
    """A session on a table: no model, a clock of its own, updates that take 1 ms."""

    def __init__(self, folder: RunFolder, *, updates: int = 1000) -> None:
        self.time = Time()
        self.folder = folder
        self.stream = Stream(folder.events_file, clock=self.time)
        self.stopping = threading.Event()
        self.session = Session(
            folder, folder.recipe(), self.stream, self.stopping, clock=self.time, sleep=self.time.sleep
        )
        self.updates = updates
        self.began: dict[int, float] = {}
        self.session.plan(planned(updates), dict, None)

    def train(self) -> None:
        """Do the updates that are left."""
        while self.session.update < self.updates:
            self.session.wait_for_turn()
            self.began[self.session.update + 1] = self.time.now
            self.time.pass_by(0.001)
            self.session.updated(2.0, 0.01, 0.5)

    def events(self) -> list[Any]:
        self.stream.flush(now=True)
        return list(events_of(self.folder))


def planned(updates: int) -> Planned:
    return Planned(
        time=0.0,
        updates=updates,
        epochs=1,
        updates_per_epoch=updates,
        parameters=1,
        examples={},
        classes=[],
        threads=1,
        device="cpu",
        versions={},
        shape="784-128-10",
        chance_loss=math.log(10),
        source="worker/mlp.py",
    )


@pytest.fixture
def folder(own_home: Path) -> RunFolder:
    return make_run(own_home)


def test_a_thousand_updates_travel_in_blocks_of_at_most_sixty_and_none_is_lost(folder: RunFolder) -> None:
    bench = Bench(folder)
    bench.train()
    blocks = of(Updated, bench.events())
    assert max(len(block.losses) for block in blocks) <= BLOCK
    assert list(losses_of(blocks)) == list(range(1, 1001))
    assert all(block.rates == (0.01,) for block in blocks)


def test_at_full_speed_there_are_at_most_twenty_writes_a_second(folder: RunFolder) -> None:
    bench = Bench(folder, updates=2000)
    before = bench.stream.writes
    bench.train()  # two seconds
    assert bench.stream.writes - before <= 2 * 20 + 3


def test_at_pace_80_each_update_can_be_read_within_a_quarter_of_a_second(folder: RunFolder) -> None:
    set_pace(folder, 80)
    bench = Bench(folder, updates=200)
    seen: list[tuple[float, int]] = []

    def look() -> None:
        seen.append((bench.time.now, max(losses_of(events_of(folder)), default=0)))
        bench.time.at(bench.time.now + 0.01, look)

    look()
    bench.train()
    for moment, newest in seen:
        overdue = [update for update, began in bench.began.items() if newest < update and began < moment - 0.25]
        assert not overdue


def test_at_a_slow_pace_what_is_said_after_an_update_does_not_wait_for_the_next(folder: RunFolder) -> None:
    set_pace(folder, 0.5)
    bench = Bench(folder, updates=2)
    read: list[str] = []
    bench.time.at(100.002, lambda: bench.stream.emit(Loading(time=0.0, what="said in between")))
    bench.time.at(100.25, lambda: read.extend(event.what for event in of(Loading, events_of(folder))))
    bench.train()
    assert read == ["said in between"]


@pytest.mark.parametrize("pace", [0.5, 7.0, 80.0, 300.0])
def test_a_pace_is_kept_without_drift_and_in_sleeps_that_control_can_cut(folder: RunFolder, pace: float) -> None:
    set_pace(folder, pace)
    updates = max(3, int(pace * 10))
    bench = Bench(folder, updates=updates)
    bench.train()
    took = bench.began[updates] - bench.began[1]
    assert took == pytest.approx((updates - 1) / pace, rel=0.001)
    assert bench.time.longest <= 0.05


def test_a_short_stall_is_caught_up_and_a_long_one_is_not() -> None:
    pacing = Pacing()
    pacing.restart(10, 0.0)
    pacing.count()
    assert pacing.seconds_to_wait(0.02) == pytest.approx(0.08)
    pacing.count()
    assert pacing.seconds_to_wait(0.3) < 0  # due at 0.2: late, and the next is still due at 0.3
    pacing.count()
    assert pacing.seconds_to_wait(9.0) == 0.0
    pacing.count()
    assert pacing.seconds_to_wait(9.0) == pytest.approx(0.1)


def test_a_pause_is_obeyed_within_50_ms_saves_and_is_acknowledged(folder: RunFolder) -> None:
    set_pace(folder, 10)
    bench = Bench(folder)
    saves: list[float] = []
    bench.session.save = lambda: saves.append(bench.time.now)  # type: ignore[method-assign]
    bench.time.at(101.02, lambda: pause(folder))
    bench.time.at(103.0, lambda: stop(folder))
    with pytest.raises(Stopped):
        bench.train()
    acknowledged = of(Acknowledged, bench.events())
    assert [(event.state, event.pace) for event in acknowledged] == [("running", 10.0), ("paused", 10.0)]
    assert acknowledged[1].update == bench.session.update == 11
    assert saves
    assert saves[0] <= 101.07
    assert bench.time.now <= 103.05


def test_a_single_update_is_done_and_then_it_pauses_again(folder: RunFolder) -> None:
    pause(folder)
    bench = Bench(folder)
    bench.time.at(101.0, lambda: step(folder, 0))
    bench.time.at(102.0, lambda: step(folder, 1))
    bench.time.at(102.5, lambda: bench.time.at(103.0, bench.stopping.set))
    with pytest.raises(Stopped):
        bench.train()
    assert list(losses_of(bench.events())) == [1, 2]
    said = [(event.state, event.until_update, event.update) for event in of(Acknowledged, bench.events())]
    assert said == [
        ("paused", 0, 0),
        ("running", 1, 0),
        ("paused", 1, 1),
        ("running", 2, 1),
        ("paused", 2, 2),
    ]


def test_a_single_update_is_in_the_stream_at_once(folder: RunFolder) -> None:
    pause(folder)
    bench = Bench(folder)
    written: list[int] = []
    bench.time.at(101.0, lambda: step(folder, 0))
    bench.time.at(101.1, lambda: written.extend(losses_of(events_of(folder))))
    bench.time.at(102.0, bench.stopping.set)
    with pytest.raises(Stopped):
        bench.train()
    assert written == [1]


def test_a_new_pace_at_full_speed_is_acknowledged_within_50_ms(folder: RunFolder) -> None:
    bench = Bench(folder)
    bench.time.at(100.21, lambda: set_pace(folder, 4))
    bench.time.at(102.0, lambda: set_pace(folder, 0))
    bench.train()
    paces = [event.pace for event in of(Acknowledged, bench.events())]
    assert paces == [0.0, 4.0, 0.0]
    first_slow = of(Acknowledged, bench.events())[1].update
    assert bench.began[first_slow + 1] <= 100.26
    assert bench.began[first_slow + 2] - bench.began[first_slow + 1] == pytest.approx(0.25)


def test_a_wish_that_makes_no_sense_is_not_obeyed(folder: RunFolder) -> None:
    want(folder, Wanted(state="dancing", pace=math.inf))
    bench = Bench(folder, updates=5)
    bench.train()
    folder.wanted_file.write_text("{broken")
    bench.updates = 10
    bench.train()
    assert {event.state for event in of(Acknowledged, bench.events())} == {"running"}


def test_a_signal_ends_a_pause_and_a_wait(folder: RunFolder) -> None:
    pause(folder)
    bench = Bench(folder)
    bench.time.at(101.0, bench.stopping.set)
    with pytest.raises(Stopped):
        bench.train()
    assert bench.time.now < 101.05
    with pytest.raises(Stopped):
        bench.session.loading("torch")
    assert not of(Loading, bench.events())


def test_time_spent_paused_is_not_training_time(folder: RunFolder) -> None:
    bench = Bench(folder, updates=100)
    bench.time.at(100.05, lambda: pause(folder))
    bench.time.at(160.0, lambda: go_on(folder))
    bench.train()
    assert bench.session.result("finished").seconds == pytest.approx(0.1, abs=0.03)


def test_a_torn_tail_is_ended_before_anything_is_added(folder: RunFolder) -> None:
    folder.events_file.write_bytes(b'{"event":"loading","what":"a","time":1}\n{"event":"upda')
    with Stream(folder.events_file) as stream:
        stream.emit(Loading(time=2.0, what="b"))
    lines = folder.events_file.read_bytes().split(b"\n")
    assert lines[1] == b'{"event":"upda'
    assert b'"what":"b"' in lines[2]
    assert lines[3:] == [b""]


class Disk:
    """What stands in for os.write: it takes so many bytes and is full then."""

    def __init__(self, room: float) -> None:
        self.room = room

    def write(self, descriptor: int, data: bytes) -> int:
        if self.room <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        taken = data[: int(min(len(data), self.room))]
        self.room -= len(taken)
        return os.write(descriptor, taken)


def test_a_short_lack_of_room_loses_nothing_and_tears_no_line(folder: RunFolder) -> None:
    disk, clock = Disk(700), Time()
    stream = Stream(folder.events_file, write=disk.write, clock=clock)
    for update in range(1, 501):
        stream.update(update, 1.5, 0.1, 0.5, clock.now)
        clock.pass_by(0.01)
    assert isinstance(stream.failure, OSError)
    assert folder.events_file.stat().st_size == 700
    disk.room = math.inf
    clock.pass_by(2)
    stream.update(501, 1.5, 0.1, 0.5, clock.now)
    stream.close()
    assert stream.failure is None
    assert list(losses_of(events_of(folder))) == list(range(1, 502))
    assert not of(Dropped, events_of(folder))


def test_a_long_lack_of_room_drops_events_and_says_how_many(folder: RunFolder) -> None:
    disk, clock = Disk(0), Time()
    stream = Stream(folder.events_file, write=disk.write, clock=clock)
    line = len(b'{"event":"loading","what":"","time":1.0}\n') + 1000
    sent = KEPT_BYTES // line + 50
    for _ in range(sent):
        stream.emit(Loading(time=1.0, what="x" * 1000))
        clock.pass_by(1)
    disk.room = math.inf
    clock.pass_by(2)
    stream.emit(Loading(time=2.0, what="room"))
    stream.close()
    events = events_of(folder)
    dropped = of(Dropped, events)
    assert len(dropped) == 1
    assert dropped[0].events > 0
    assert dropped[0].events + len(of(Loading, events)) == sent + 1


def test_while_the_disk_is_full_it_is_tried_once_a_second_only(folder: RunFolder) -> None:
    tries: list[float] = []
    clock = Time()

    def write(descriptor: int, data: bytes) -> int:
        tries.append(clock.now)
        raise OSError(errno.ENOSPC, "full")

    stream = Stream(folder.events_file, write=write, clock=clock)
    for update in range(1, 1001):
        stream.update(update, 1.0, 0.1, 0.5, clock.now)
        clock.pass_by(0.01)
    assert len(tries) <= 11


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
        keeper = Saving(checkpoints, stream)
        keeper.save(dict, Facts(update=5))
        assert "training goes on" in caplog.text
        assert keeper.failure == "the disk is full"
        checkpoints.refuses = False
        keeper.save(dict, Facts(update=5))
    assert checkpoints.written == ["000000005.safetensors"]
    assert keeper.failure == ""
    assert [event.update for event in of(Saved, events_of(folder))] == [5]


def test_slow_saving_stretches_the_interval_to_a_twentieth_of_the_time(folder: RunFolder) -> None:
    clock = Time()
    with Stream(folder.events_file) as stream:
        slow = Refusing(folder.checkpoints, takes=lambda: clock.pass_by(1.0))
        keeper = Saving(slow, stream, clock=clock)
        assert not keeper.is_due(clock.now + 4.9)
        assert keeper.is_due(clock.now + 5.0)
        keeper.save(dict, Facts(update=1))
        assert not keeper.is_due(clock.now + 18.9)
        assert keeper.is_due(clock.now + 19.0)
        assert not keeper.has_time(clock.now + 18.9)


def test_a_run_saves_every_five_seconds_and_no_state_twice(folder: RunFolder) -> None:
    set_pace(folder, 10)
    bench = Bench(folder, updates=161)
    checkpoints = Refusing(folder.checkpoints)
    bench.session.saving = Saving(checkpoints, bench.stream, clock=bench.time)
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


def test_the_heart_beats_while_the_worker_does_something_long(folder: RunFolder) -> None:
    with Stream(folder.events_file) as stream:
        session = Session(folder, folder.recipe(), stream, threading.Event())
        with Heart(session, wake_seconds=0.01):
            until(lambda: len(of(Beat, events_of(folder))) >= 3, "three beats", 10)
    beat = of(Beat, events_of(folder))[0]
    assert beat.memory_bytes > 1_000_000
    assert math.isnan(beat.seconds_left)


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
