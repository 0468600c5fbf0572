"""A session obeys, keeps its pace, and says everything in few writes."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from engine.events import Acknowledged, Loading, Updated
from engine.runs.control import Wanted, go_on, pause, set_pace, step, stop, want
from engine.runs.folder import RunFolder
from engine.worker.session import Stopped
from engine.worker.steering import Pacing
from engine.worker.stream import BLOCK
from tests.engine.tabletop import Bench
from tests.engine.working import events_of, losses_of, make_run, of


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
