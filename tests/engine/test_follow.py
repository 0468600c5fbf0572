"""Following: however the bytes arrive, and whatever happens to the file, the same progress."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from engine.errors import RunError
from engine.events import Event, Loading, Updated, encode
from engine.reading import follow
from engine.reading.follow import Follower
from engine.reading.progress import Progress
from engine.runs.folder import RunFolder
from tests.clock import Clock
from tests.fakes import ScriptedRun, scripted_run


def whole(folder: RunFolder) -> Follower:
    """Return a follower that has read everything."""
    follower = Follower(folder)
    while not follower.caught_up:
        follower.poll()
    return follower


def test_a_run_is_read_whole_with_every_update(tmp_path: Path) -> None:
    run = ScriptedRun(tmp_path)
    run.attempt()
    run.plan()
    run.train(1250)
    run.end()
    follower = whole(run.folder)
    assert list(follower.progress.losses) == [run.loss(update) for update in range(1, 1251)]
    assert [old.epoch for old in follower.progress.evaluations] == list(range(11))
    assert (follower.bad_lines, follower.unknown_lines, follower.restarts) == (0, 0, 0)
    assert follower.recipe.kind == "mlp"
    assert follower.state(run.clock()) == "finished"


@settings(max_examples=60)
@given(
    cuts=st.lists(st.integers(0, 20_000), max_size=25),
    chunk=st.integers(16, 5000),
    torn=st.integers(0, 900),
    first=st.integers(1, 301),
)
def test_any_splitting_into_polls_with_a_torn_tail_and_a_resume_is_the_same_progress(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[int], chunk: int, torn: int, first: int
) -> None:
    """The first attempt dies within a line; the second ends that line and goes on from `first`."""
    home = tmp_path_factory.mktemp("home")
    run = ScriptedRun(home, updates=1250, with_arrays=False)
    run.attempt()
    run.plan()
    run.train(300)
    run.kill()
    data = run.folder.events_file.read_bytes()
    lost = encode(Updated(time=0, first=301, losses=(1.0,) * 30, rates=(0.1,), norms=(0.5,) * 30))
    data += lost[: min(torn, len(lost) - 2)]
    run.folder.events_file.write_bytes(data + (b"" if data.endswith(b"\n") else b"\n"))
    run.attempt(first_update=first)
    run.train(200)
    run.kill()
    data = run.folder.events_file.read_bytes()

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(follow, "CHUNK_BYTES", chunk)
        run.folder.events_file.write_bytes(b"")
        follower, at = Follower(run.folder), 0
        for cut in [*sorted(cuts), len(data)]:
            with run.folder.events_file.open("ab") as file:
                file.write(data[at : max(at, cut)])
            at = max(at, min(cut, len(data)))
            follower.poll(0)
        while not follower.caught_up:
            follower.poll(0)
    straight = whole(run.folder)
    assert _bare(follower.progress) == _bare(straight.progress)
    assert _told(follower.progress) == _told(straight.progress)
    assert list(straight.progress.losses) == [run.loss(update) for update in range(1, run.update + 1)]
    if first <= 300:
        assert straight.progress.ghost[0][0] == first
        assert list(straight.progress.ghost[0][1]) == [run.loss(update) for update in range(first, 301)]
    assert (follower.bad_lines, straight.bad_lines, follower.restarts) == (0, 0, 0)


def _bare(progress: Progress) -> Progress:
    """Return the progress without the events that have figures which are not measured: NaN equals nothing."""
    return replace(progress, planned=None, evaluations=())


def _told(progress: Progress) -> list[bytes]:
    """Return those events as lines."""
    assert progress.planned is not None
    events: list[Event] = [progress.planned, *progress.evaluations]
    return [encode(event) for event in events]


def test_bytes_after_the_last_newline_are_held_back(tmp_path: Path) -> None:
    run = ScriptedRun(tmp_path)
    run.attempt()
    follower = Follower(run.folder)
    line = encode(Loading(time=2, what="torch"))
    assert follower.poll()
    run.write_bytes(line[:10])
    assert not follower.poll()
    assert follower.caught_up
    run.write_bytes(line[10:-1])
    assert not follower.poll()
    assert follower.progress.loading == ""
    run.write_bytes(b"\n")
    assert follower.poll()
    assert follower.progress.loading == "torch"
    assert follower.bad_lines == 0


def test_bad_lines_and_events_of_a_newer_program_are_counted_and_skipped(tmp_path: Path) -> None:
    run = ScriptedRun(tmp_path)
    run.attempt()
    for line in (
        b"no json\n",
        b'{"event": 3}\n',
        b'{"event":"loading"}\n',
        b"\xff\xfe\n",
        b"\x00\x00\n",
        b"[" * 5000 + b"\n",
        b'{"event":"hologram","time":1,"depth":3}\n',
        b"\n",
        b'{"event":"loading","time":1,"what":"torch","colour":"blue"}\n',
    ):
        run.write_bytes(line)
    follower = whole(run.folder)
    assert (follower.bad_lines, follower.unknown_lines) == (6, 1)
    assert follower.progress.loading == "torch"


def test_a_torn_line_counts_as_bad_unless_a_new_attempt_follows(tmp_path: Path) -> None:
    run = ScriptedRun(tmp_path)
    run.attempt()
    run.write_bytes(b'{"event":"upd\n')
    run.kill()
    follower = Follower(run.folder)
    follower.poll()
    assert follower.bad_lines == 1
    run.attempt()
    follower.poll()
    assert follower.bad_lines == 0


@pytest.mark.parametrize("way", ["cut short", "replaced"])
def test_a_stream_that_is_not_the_same_any_more_is_read_anew(tmp_path: Path, way: str) -> None:
    run = ScriptedRun(tmp_path, with_arrays=False)
    run.attempt()
    run.plan()
    run.train(400)
    follower = whole(run.folder)
    assert follower.progress.update == 400
    kept = b"".join(run.folder.events_file.read_bytes().splitlines(keepends=True)[:5])
    if way == "cut short":
        run.folder.events_file.write_bytes(kept)
    else:
        other = tmp_path / "other"
        other.write_bytes(kept + kept * 20)
        other.replace(run.folder.events_file)
    while follower.poll() or not follower.caught_up:
        pass
    assert follower.restarts == 1
    assert follower.progress.update == 120


def test_a_slice_ends_with_its_time_and_the_next_goes_on(tmp_path: Path) -> None:
    run = ScriptedRun(tmp_path, with_arrays=False)
    run.attempt()
    run.train(1250)
    ticks = Clock(0.0)

    def clock() -> float:
        ticks.advance(0.02)
        return ticks()

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(follow, "CHUNK_BYTES", 4096)
        follower = Follower(run.folder, clock=clock)
        assert follower.poll(0.05)
        assert not follower.caught_up
        assert 0 < follower.progress.update < 1250
        while not follower.caught_up:
            follower.poll(0.05)
    assert follower.progress.update == 1250


def test_a_line_longer_than_a_chunk_is_read_and_a_monster_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow, "CHUNK_BYTES", 64)
    monkeypatch.setattr(follow, "MAX_LINE_BYTES", 4096)
    run = ScriptedRun(tmp_path)
    run.write(Loading(time=1, what="x" * 1000))
    run.write(Loading(time=2, what="y" * 10_000))
    run.write(Loading(time=3, what="torch"))
    follower = whole(run.folder)
    assert follower.progress.loading == "torch"
    assert follower.bad_lines > 0


def test_nothing_is_read_again_while_nothing_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    follower = whole(scripted_run(tmp_path))
    monkeypatch.setattr(Follower, "_read", None)
    assert not follower.poll()


def test_two_followers_see_the_same_run_and_a_run_without_events_is_no_error(tmp_path: Path) -> None:
    run = ScriptedRun(tmp_path)
    one, two = Follower(run.folder), Follower(run.folder)
    assert not one.poll()
    assert one.caught_up
    run.attempt()
    run.train(60)
    assert one.poll()
    assert two.poll()
    assert one.progress == two.progress


def test_events_can_be_taken_in_order(tmp_path: Path) -> None:
    run = ScriptedRun(tmp_path)
    run.load("torch")
    run.load("data")
    follower = Follower(run.folder, keep_events=True)
    follower.poll()
    events = follower.take_events()
    assert [event.what for event in events if isinstance(event, Loading)] == ["torch", "data"]
    assert follower.take_events() == []
    assert whole(run.folder).take_events() == []


def test_a_follower_of_nothing_says_so(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="no run here"):
        Follower(RunFolder(tmp_path / "runs" / "gone"))


def test_a_run_deleted_while_it_is_followed_keeps_its_last_progress(tmp_path: Path) -> None:
    run = ScriptedRun(tmp_path)
    run.attempt()
    run.train(60)
    follower = whole(run.folder)
    run.folder.events_file.unlink()
    assert not follower.poll()
    assert follower.progress.update == 60


def test_nan_travels_through_the_stream(tmp_path: Path) -> None:
    run = ScriptedRun(tmp_path, nan_from=31)
    run.attempt()
    run.train(60)
    progress = whole(run.folder).progress
    assert progress.losses.first_odd == 31
    assert math.isnan(progress.losses[-1])


def test_a_worker_that_falls_silent_is_stalled_whatever_its_clock_says(tmp_path: Path) -> None:
    mine = Clock(1000.0)
    run = ScriptedRun(tmp_path)
    run.attempt()
    run.train(60)
    now = run.clock()
    follower = Follower(run.folder, clock=mine, wall=lambda: now)
    assert follower.state(now) == "starting"  # nothing is read yet
    follower.poll()
    assert follower.state(now + 7200) == "running"  # the clock jumped ahead: only silence counts
    mine.advance(4.0)
    assert follower.state(now) == "running"
    mine.advance(2.0)
    assert follower.state(now) == "stalled"
    run.clock.advance(-86400)
    run.beat()
    follower.poll()
    assert follower.state(now) == "running"
    run.kill()
    assert follower.state(now) == "crashed"


def test_a_run_that_was_silent_before_anybody_looked_is_stalled_at_once(tmp_path: Path) -> None:
    run = ScriptedRun(tmp_path)
    run.attempt()
    run.train(60)
    follower = Follower(run.folder, clock=Clock(5.0), wall=lambda: run.clock() + 60)
    follower.poll()
    assert follower.state(run.clock() + 60) == "stalled"
