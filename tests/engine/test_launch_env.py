"""A worker starts detached, finds our packages whatever lies around, and leaves no zombie."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.errors import RunError
from engine.recipes import KINDS, recipe
from engine.runs import launch as module
from engine.runs import lock
from engine.runs.control import pause, stop, wanted
from engine.runs.folder import RunFolder
from engine.runs.launch import ROOT, command, environment, launch, resume, start
from engine.runs.lock import hold
from engine.runs.store import Runs
from tests.clock import MOMENT
from tests.fakes import scripted_run

PATIENCE_SECONDS = 30.0


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    return Runs(tmp_path / "home").create(recipe(KINDS["mlp"], {"threads": 3}), MOMENT, "7f3a")


def wait_until(said: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not said():
        assert time.monotonic() < end, what
        time.sleep(0.01)


def console(folder: RunFolder) -> str:
    return folder.console_file.read_text() if folder.console_file.exists() else ""


def test_threads_and_quiet_libraries_are_set_before_torch_is_imported() -> None:
    given = {"OMP_NUM_THREADS": "64", "TMPDIR": "/scratch", "PATH": "/bin"}
    told = environment(3, given)
    assert (told["OMP_NUM_THREADS"], told["MKL_NUM_THREADS"], told["GOMP_SPINCOUNT"]) == ("3", "3", "0")
    assert told["TOKENIZERS_PARALLELISM"] == "false"
    assert told["HF_DATASETS_DISABLE_PROGRESS_BARS"] == told["HF_HUB_DISABLE_PROGRESS_BARS"] == "1"
    assert told["TRANSFORMERS_VERBOSITY"] == "error"
    assert told["PYTHONUNBUFFERED"] == "1"
    assert (told["TMPDIR"], told["PATH"]) == ("/scratch", "/bin")
    assert given["OMP_NUM_THREADS"] == "64"


def test_from_a_checkout_our_packages_come_first_and_relative_paths_keep_their_meaning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(module, "_found_anyway", lambda root: False)
    told = environment(1, {"PYTHONPATH": f"lib{os.pathsep}{os.pathsep}/opt/x"})
    assert told["PYTHONPATH"].split(os.pathsep) == [str(ROOT), str(tmp_path / "lib"), "/opt/x"]


def test_from_site_packages_nothing_is_put_before_the_standard_library(monkeypatch: pytest.MonkeyPatch) -> None:
    import sysconfig

    assert module._found_anyway(Path(sysconfig.get_path("purelib")).resolve())
    assert not module._found_anyway(Path("/nowhere"))
    monkeypatch.setattr(module, "_found_anyway", lambda root: True)
    assert "PYTHONPATH" not in environment(1, {})


def test_a_started_process_is_detached_and_is_reaped_when_it_ends(folder: RunFolder) -> None:
    script = (
        "import os, sys; print(os.getcwd()); print(os.getsid(0) == os.getpid()); print(repr(sys.stdin.read()));"
        "print('said on stderr', file=sys.stderr); print(os.environ['OMP_NUM_THREADS'])"
    )
    folder.console_file.write_text("before\n")
    pid = start([sys.executable, "-c", script], folder, environment(3, os.environ))
    wait_until(lambda: console(folder).count("\n") >= 6, "the process prints into console.log")
    assert console(folder).splitlines() == ["before", str(folder.home), "True", "''", "said on stderr", "3"]

    def is_gone() -> bool:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        return False

    wait_until(is_gone, "no zombie stays behind")


def test_the_worker_is_ours_though_a_folder_named_engine_stands_in_the_way(
    folder: RunFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock is held here, so that the real worker ends with one sentence before it imports torch."""
    for place in (tmp_path / "learner", folder.home):
        trap = place / "engine" / "worker"
        trap.mkdir(parents=True)
        for package in (trap.parent, trap):
            (package / "__init__.py").write_text("print('trapped')")
        (trap / "__main__.py").write_text("print('trapped')")
    monkeypatch.chdir(tmp_path / "learner")
    monkeypatch.setenv("PYTHONPATH", ".")
    with hold(folder.lock_file):
        launch(folder)
        wait_until(lambda: "\n" in console(folder), "the worker says why it ends")
    assert f"{folder.id} is in use by process {os.getpid()}" in console(folder)
    assert "trapped" not in console(folder)


def test_the_command_names_the_run_by_its_whole_path(
    folder: RunFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    relative = RunFolder(folder.path.relative_to(tmp_path))
    assert command(relative) == [sys.executable, "-P", "-m", "engine.worker", str(folder.path)]


def test_a_program_that_cannot_be_started_is_one_sentence(folder: RunFolder) -> None:
    with pytest.raises(RunError, match="cannot be started") as caught:
        start(["/nowhere/python"], folder, {})
    assert caught.value.code == "run-not-started"


def test_a_living_or_finished_run_is_not_resumed(tmp_path: Path, folder: RunFolder) -> None:
    pause(folder)
    with hold(folder.lock_file), pytest.raises(RunError, match="alive") as caught:
        resume(folder)
    assert caught.value.code == "run-alive"
    assert wanted(folder).state == "paused"
    with pytest.raises(RunError, match="finished") as caught:
        resume(scripted_run(tmp_path))
    assert caught.value.code == "run-finished"


def test_resuming_asks_to_run_again_at_the_pace_of_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = scripted_run(tmp_path, state="stopped", wishes={"pace": 40})
    stop(folder)
    started: list[list[str]] = []

    def note(words: list[str], folder: RunFolder, environment: object) -> int:
        started.append(words)
        return 7

    monkeypatch.setattr(module, "start", note)
    assert resume(folder) == 7
    assert (wanted(folder).state, wanted(folder).pace) == ("running", 40.0)
    assert started == [command(folder)]


def test_native_windows_is_told_of_wsl(folder: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    for attempt in (lambda: launch(folder), lambda: lock.hold(folder.lock_file)):
        with pytest.raises(RunError, match="WSL") as caught:
            attempt()
        assert caught.value.code == "needs-wsl"
    assert not folder.console_file.exists()
