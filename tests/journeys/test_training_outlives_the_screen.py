"""Training goes on whatever becomes of the screen; several screens see one run; a dead worker is seen."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.recipes import KINDS, recipe
from engine.runs import control
from engine.runs.folder import RunFolder
from engine.runs.store import Runs
from tests.journeys.homes import START_SECONDS, end_runs, eventually, greeted, only_run, progress, state, update, worker
from tests.terminal import Terminal, learncurve
from tui.start import start
from tui.strip import short_name

pytestmark = [pytest.mark.pty, pytest.mark.torch]

SEEN_SECONDS = 3.0
"""Within so much time a screen shows that a worker has died."""


def begun(home: Path, **knobs: object) -> RunFolder:
    """Start a run and return it once it trains."""
    folder = start(Runs(greeted(home)), recipe(KINDS["mlp"], knobs))
    eventually(lambda: update(folder) > 0, START_SECONDS)
    return folder


def saved(folder: RunFolder) -> int:
    """Return the update of the newest checkpoint, 0 where there is none."""
    said = progress(folder).saved
    return said.update if said else 0


@pytest.fixture(scope="module")
def long_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunFolder]:
    """A run that trains for as long as anybody looks."""
    home = tmp_path_factory.mktemp("home")
    yield begun(home, pace=30, epochs=1000)
    end_runs(home)


def quit_from_a_page(terminal: Terminal) -> None:
    """Open the first page and quit there."""
    terminal.press("enter")
    terminal.until("% read")
    terminal.press("ctrl+q")


LEAVINGS: dict[str, Callable[[Terminal], None]] = {
    "the-terminal-is-closed": Terminal.hang_up,
    "a-hang-up-signal": lambda terminal: terminal.kill(signal.SIGHUP),
    "the-app-is-killed": Terminal.kill,
    "q-at-home": lambda terminal: terminal.press("q"),
    "ctrl-q-on-a-page": quit_from_a_page,
}


@pytest.mark.parametrize("leaving", LEAVINGS)
def test_training_goes_on_when(leaving: str, long_run: RunFolder) -> None:
    """The strip showed it; afterwards the same process trains on, and the app said so where it could."""
    pid = worker(long_run)
    with Terminal(learncurve(long_run.home)) as terminal:
        terminal.until(lambda text: short_name(long_run.id) in text and "w Watch" in text)
        before = update(long_run)
        LEAVINGS[leaving](terminal)
        status = terminal.ended()
        told = "".join(terminal.text.splitlines())
    if leaving in ("q-at-home", "ctrl-q-on-a-page"):
        assert status == 0
        assert f"{long_run.id} goes on training" in told
        assert f"learncurve watch {long_run.id}" in told
    eventually(lambda: update(long_run) > before + 10)
    assert worker(long_run) == pid
    assert state(long_run) == "running"


def test_a_closed_terminal_ends_the_app_though_hang_ups_are_ignored(known_home: Path) -> None:
    """Started under `nohup` or the like it would else read the end of its terminal for ever, at full speed."""
    deaf = ["sh", "-c", 'trap "" HUP; exec "$@"', "sh", *learncurve(known_home)]
    with Terminal(deaf) as terminal:
        terminal.until("1.1  Background")
        terminal.hang_up()
        assert terminal.ended() == -signal.SIGHUP


def test_what_one_terminal_asks_the_other_sees_acknowledged(long_run: RunFolder) -> None:
    """Pause, a single update, and on again: two screens of one run say the same."""
    watch = learncurve(long_run.home, "watch", long_run.id[-4:])
    with Terminal(watch) as one, Terminal(watch) as other:
        one.until("RUNNING")
        other.until("RUNNING")
        one.press(" ")
        other.until("PAUSED")
        other.until("pause: acknowledged at update")
        one.until("PAUSED")
        rested = update(long_run)
        other.press(".")
        one.until(f"one update: acknowledged at update {rested + 1:,}")
        other.until("PAUSED")
        assert update(long_run) == rested + 1
        other.press(" ")
        one.until("RUNNING")
        one.until(lambda _: update(long_run) > rested + 5)
        one.press("q")
        assert one.ended() == 0
        other.until("RUNNING")


def test_a_killed_worker_is_seen_at_once_and_resumed_with_its_ghost(home: Path) -> None:
    """`crashed` within 3 s; `r` goes on from the checkpoint, draws the lost tail as a ghost, and finishes."""
    folder = begun(home, pace=60, epochs=4)
    with Terminal(learncurve(home, "watch")) as terminal:
        eventually(lambda: saved(folder) > 0)
        terminal.until(lambda _: update(folder) > saved(folder) + 10)
        terminal.until("RUNNING")
        os.kill(worker(folder), signal.SIGKILL)
        terminal.until("CRASHED", SEEN_SECONDS)
        lost = update(folder)
        terminal.until("r resumes from its checkpoint")
        terminal.press("r")
        terminal.until("RUNNING", START_SECONDS)
        control.set_pace(folder, 0)
        terminal.until("FINISHED")
        terminal.press("T")
        terminal.until("before")
    told = progress(folder)
    assert told.attempt is not None
    assert told.attempt.number == 2
    ((first, ghost),) = told.ghost
    assert first + len(ghost) - 1 == lost
    assert update(folder) == 500
    assert only_run(home) == folder
