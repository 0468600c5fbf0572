"""A run's state is derived, so a dead worker never stays "running"."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.events import Attempted
from engine.reading.follow import Follower
from engine.reading.progress import Progress
from engine.recipes import KINDS, recipe
from engine.runs import state as module
from engine.runs.folder import RunFolder
from engine.runs.lock import LockUnsupportedError, hold
from engine.runs.result import Result
from engine.runs.state import ALIVE, state
from engine.runs.store import Runs
from tests.clock import MOMENT
from tests.fakes import ScriptedRun, scripted_run


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    return Runs(tmp_path).create(recipe(KINDS["mlp"], {}), MOMENT, "7f3a")


def read(folder: RunFolder) -> Progress:
    follower = Follower(folder)
    follower.poll()
    return follower.progress


@pytest.mark.parametrize(
    "name", ["queued", "starting", "running", "paused", "stalled", "finished", "stopped", "failed", "crashed"]
)
def test_each_state_is_told_from_lock_events_and_result(tmp_path: Path, name: str) -> None:
    folder = scripted_run(tmp_path, state=name)
    assert state(folder, read(folder), time.time()) == name
    assert (name in ALIVE) == Runs(tmp_path).alive(folder)


def test_a_fresh_folder_waits_ten_seconds_for_its_worker(folder: RunFolder) -> None:
    made = folder.recipe_file.stat().st_mtime
    assert state(folder, Progress(), made + 9) == "starting"
    assert state(folder, Progress(), made + 11) == "crashed"
    assert state(folder, Progress(), made - 3600) == "crashed"  # the clock was set back
    with hold(folder.lock_file):
        assert state(folder, Progress(), made + 11) == "starting"


def test_a_worker_killed_with_kill_9_is_crashed_at_once(tmp_path: Path) -> None:
    run = ScriptedRun(tmp_path)
    run.load()
    script = (
        "import sys, time; from pathlib import Path; from engine.runs.lock import hold;"
        "lock = hold(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(run.folder.lock_file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as worker:
        assert worker.stdout is not None
        worker.stdout.readline()
        run.write(Attempted(time=time.time(), number=1, first_update=1, host="here", pid=worker.pid))
        progress = read(run.folder)
        assert state(run.folder, progress, time.time()) == "starting"
        worker.kill()
        os.waitid(os.P_PID, worker.pid, os.WEXITED | os.WNOWAIT)  # a zombie from now on
        assert state(run.folder, progress, time.time()) == "crashed"


def test_a_stopped_run_that_is_resumed_lives_and_may_crash(tmp_path: Path) -> None:
    run = ScriptedRun(tmp_path)
    run.attempt()
    run.train(100)
    run.end("stopped")
    assert state(run.folder, read(run.folder), run.clock()) == "stopped"
    run.attempt()
    assert state(run.folder, read(run.folder), run.clock()) == "starting"
    run.train(10)
    assert state(run.folder, read(run.folder), run.clock()) == "running"
    run.kill()
    assert state(run.folder, read(run.folder), run.clock()) == "crashed"


@pytest.mark.parametrize(("name", "patience"), [("running", 5), ("paused", 10), ("queued", 10), ("starting", 60)])
def test_silence_is_borne_longer_where_beats_are_rarer(tmp_path: Path, name: str, patience: float) -> None:
    folder = scripted_run(tmp_path, state=name)
    progress = read(folder)
    assert state(folder, progress, 0.0, patience - 1) == name
    assert state(folder, progress, 0.0, patience + 1) == "stalled"


def test_a_broken_result_is_made_up_for_by_the_last_event(tmp_path: Path) -> None:
    folder = scripted_run(tmp_path, state="failed")
    folder.result_file.write_bytes(b"{")
    assert state(folder, read(folder), time.time()) == "failed"
    crashed = scripted_run(tmp_path, state="crashed", token="aaaa")
    crashed.result_file.write_bytes(b"{")
    assert state(crashed, read(crashed), time.time()) == "crashed"


def test_on_a_network_a_free_lock_of_another_host_proves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = scripted_run(tmp_path, state="crashed")
    mine = read(folder)
    assert mine.attempt is not None
    theirs = replace(mine, attempt=replace(mine.attempt, host="elsewhere"))
    assert state(folder, theirs, 0.0, 1.0) == "crashed"  # a local disk has one host, whatever it was called
    monkeypatch.setattr(module, "is_network", lambda path: True)
    assert state(folder, theirs, 0.0, 1.0) == "running"
    assert state(folder, theirs, 0.0, 20.0) == "stalled"
    assert state(folder, theirs, 0.0, 61.0) == "crashed"
    assert state(folder, mine, 0.0, 1.0) == "crashed"
    folder.write_result(Result(state="finished"))
    assert state(folder, theirs, 0.0, 1.0) == "finished"


def test_where_locks_do_not_work_the_heartbeat_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> int:
        raise LockUnsupportedError(str(path))

    folder = scripted_run(tmp_path, state="crashed")
    monkeypatch.setattr(module, "holder", refuse)
    monkeypatch.setattr(module, "is_network", lambda path: True)
    assert state(folder, read(folder), 0.0, 1.0) == "running"
    assert state(folder, read(folder), 0.0, 61.0) == "crashed"
