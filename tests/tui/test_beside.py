"""Two runs in one chart, live; marked in the list of runs, or started as a pair."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from textual.pilot import Pilot

from engine.errors import RunError
from engine.runs.folder import RunFolder
from tests.clock import Clock
from tests.fake_bert import ScriptedBert
from tests.fakes import ScriptedRun, scripted_run
from tests.tui.app_on import app_on, shown
from tests.tui.calm import settled
from tui import start
from tui.app import LearncurveApp
from tui.screens.beside import BesideScreen
from tui.screens.keys import KeysScreen
from tui.screens.run import RunScreen
from tui.widgets.run.curves import RunChart

SMALL, WIDE = (80, 24), (160, 45)


async def polled(pilot: Pilot[str], app: LearncurveApp) -> str:
    """Read what is new and return what stands on the screen."""
    for _ in range(3):
        app.poll_runs()
        await settled(pilot)
    return shown(app)


def pair(home: Path) -> tuple[ScriptedRun, ScriptedRun]:
    """Return a run that trains and one that waits behind it."""
    now = time.time()
    first = ScriptedBert(home, token="00aa", clock=Clock(now))
    second = ScriptedBert(home, token="00ab", clock=Clock(now), wishes={"start": "scratch"})
    first.attempt()
    second.attempt()
    second.queue()
    first.plan()
    return first, second


async def test_both_grow_in_one_chart_and_are_compared_at_the_end(own_home: Path) -> None:
    """A legend with names, the newest figures, one sentence."""
    first, second = pair(own_home)
    app = app_on(own_home, first=[["beside", first.folder.id, second.folder.id]])
    async with app.run_test(size=SMALL) as pilot:
        said = await polled(pilot, app)
        assert "what differs" in said
        assert [line.split()[2] for line in said.splitlines() if line.startswith((" 1 ", " 2 "))] == [
            "shipped",
            "scratch",
        ]
        assert "waits" in said
        first.train(150)
        first.beat()
        said = await polled(pilot, app)
        assert "150/300" in said
        assert "Validation accuracy so far: shipped ." in said
        chart = app.screen.query_one("#beside-chart", RunChart)
        assert [line.name for line in chart.lines] == ["shipped", "scratch"]
        assert (chart.newest, chart.planned) == (150, 300)
        first.train(150)
        first.end()
        second.plan()
        second.train(300)
        second.end()
        said = await polled(pilot, app)
        assert "Test accuracy: shipped ." in said
        assert "at 300 updates each." in said
        assert "an anecdote" in said
        assert "Stop" not in said.splitlines()[-1]


async def test_the_figure_changes_and_a_run_can_be_opened(own_home: Path) -> None:
    """Accuracy, training loss, validation loss; as text; each run by its number."""
    first, second = pair(own_home)
    first.train(75)
    app = app_on(own_home, first=[["beside", first.folder.id, second.folder.id]])
    async with app.run_test(size=SMALL) as pilot:
        assert "validation accuracy" in await polled(pilot, app)
        assert "1 2" in [keys for keys, _, _ in KeysScreen(app.screen, app.words).rows()]
        await pilot.press("a")
        assert "training loss, smoothed" in await polled(pilot, app)
        await pilot.press("a")
        assert "validation loss" in await polled(pilot, app)
        await pilot.press("T")
        assert "lowest" in await polled(pilot, app)
        await pilot.press("T", "2")
        await settled(pilot)
        assert isinstance(app.screen, RunScreen)
        assert app.screen.shown_run == second.folder.id
    first.kill()
    second.kill()


async def test_with_room_accuracy_and_loss_stand_beside_each_other(own_home: Path) -> None:
    """One cursor reads both."""
    first, second = pair(own_home)
    first.train(150)
    app = app_on(own_home, first=[["beside", first.folder.id, second.folder.id]])
    async with app.run_test(size=WIDE) as pilot:
        said = await polled(pilot, app)
        assert "validation accuracy" in said
        assert "training loss, smoothed" in said
        await pilot.press("left")
        await settled(pilot)
        charts = list(app.screen.query(RunChart))
        assert charts[0].cursor == charts[1].cursor == 150
    first.kill()
    second.kill()


async def test_a_run_that_is_gone_is_left_out(own_home: Path) -> None:
    """The place was kept, the run was deleted."""
    run = scripted_run(own_home, token="00aa")
    app = app_on(own_home, first=[["beside", run.id, "20261123-141502-bert-gone"]])
    async with app.run_test(size=SMALL) as pilot:
        await polled(pilot, app)
        assert isinstance(app.screen, BesideScreen)
        assert app.screen.place() == ["beside", run.id]


async def test_marked_runs_are_overlaid(own_home: Path) -> None:
    """Two marks make an overlay, oldest first; one does not."""
    for token in ("00aa", "00ab", "00ac"):
        scripted_run(own_home, token=token)
    app = app_on(own_home, first=[["runs"]])
    async with app.run_test(size=SMALL) as pilot:
        await polled(pilot, app)
        await pilot.press("m")
        await settled(pilot)
        assert "Overlay" not in shown(app)
        await pilot.press("down", "m")
        await settled(pilot)
        assert shown(app).count("●mlp-") == 2
        await pilot.press("o")
        await settled(pilot)
        assert isinstance(app.screen, BesideScreen)
        assert [run[-4:] for run in app.screen.run_ids] == ["00aa", "00ac"]


def test_the_second_is_launched_once_the_first_has_begun(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that it queues behind it; the two are neighbours in name."""
    from engine.runs.store import Runs

    launched: list[RunFolder] = []
    monkeypatch.setattr(start, "launch", launched.append)
    first, second = start.start_first(Runs(own_home), start.asked("bert", {}), start.asked("bert", {"seed": 1}))
    assert launched == [first]
    assert first.id < second.id
    start.launch_behind(first, second, 0.05)
    assert launched == [first, second]
    first.events_file.touch()
    begun = time.monotonic()
    start.launch_behind(first, second, 60)
    assert launched == [first, second, second]
    assert time.monotonic() - begun < 30


async def test_a_pair_that_cannot_be_started_is_one_sentence(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it is the first or the one behind it."""

    def refuse(*given: object) -> None:
        raise RunError("There is no room.", code="")

    app = app_on(own_home)
    async with app.run_test(size=SMALL) as pilot:
        monkeypatch.setattr(start, "launch", refuse)
        app.train_beside(start.asked("bert", {}), start.asked("bert", {"seed": 1}))
        await settled(pilot)
        assert [notice.message for notice in app._notifications] == ["There is no room."]
        assert not isinstance(app.screen, BesideScreen)
        launched: list[RunFolder] = []
        monkeypatch.setattr(start, "launch", lambda folder: refuse() if launched else launched.append(folder))
        monkeypatch.setattr(start, "BEGIN_SECONDS", 0.05)
        app.train_beside(start.asked("bert", {}), start.asked("bert", {"seed": 1}))
        await settled(pilot)
        assert isinstance(app.screen, BesideScreen)
        assert [notice.message for notice in app._notifications] == ["There is no room."] * 2
