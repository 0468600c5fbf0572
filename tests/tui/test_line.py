"""What a training network costs the line on each screen, counted in bytes for each time that it wrote something."""

from __future__ import annotations

import io
from pathlib import Path

import pyte
import pytest
from rich.console import Console
from textual.pilot import Pilot

from tests.fakes import ScriptedRun
from tests.tui.app_on import app_on, shown
from tests.tui.board_app import WritingDriver
from tests.tui.calm import settled
from tests.tui.test_run_screen import living
from tui.app import LearncurveApp
from tui.screens.home import HomeScreen
from tui.widgets.run.view import RunView
from tui.widgets.title_bar import TitleBar

SIZES = [(80, 24), (160, 45)]
LOOKS_PER_SECOND = 4
MOST_LOOKS = 20
"""A busy machine may need some until a window is gone and the screen below it is drawn."""
KIB = 1024

READ = [[], ["page", "backprop"], ["question", "backprop"], ["lab"], ["runs"], ["settings"]]


def writing(home: Path, first: list[list[str]]) -> LearncurveApp:
    """Return the app that writes as to a real terminal."""
    app = app_on(home, first=first)
    app.driver_class = WritingDriver
    app.console = Console(file=io.StringIO(), force_terminal=True, color_system="truecolor")
    return app


def written(app: LearncurveApp) -> str:
    """Return what was written since the last call."""
    assert isinstance(app._driver, WritingDriver)
    found = app._driver.__dict__.get("written", [])
    text = "".join(found)
    found.clear()
    return text


async def look(pilot: Pilot[str], app: LearncurveApp, run: ScriptedRun) -> str:
    """Let the run do some updates and the app look; return what was written for that."""
    written(app)
    run.train(20)
    await caught_up(pilot, app)
    return written(app)


async def caught_up(pilot: Pilot[str], app: LearncurveApp) -> None:
    """Look at the runs, and at the words about them too, which else wait for half a second."""
    app.poll_runs()
    for view in app.screen.query(RunView):
        view.tell()
    await settled(pilot)


async def seconds_bytes(pilot: Pilot[str], app: LearncurveApp, run: ScriptedRun) -> int:
    """Return how many bytes a second brings of which every look has news."""
    await settled(pilot)
    await look(pilot, app, run)
    return sum([len((await look(pilot, app, run)).encode()) for _ in range(LOOKS_PER_SECOND)])


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("place", READ, ids=lambda place: place[0] if place else "home")
async def test_a_run_beside_what_is_read_costs_little(own_home: Path, place: list[str], size: tuple[int, int]) -> None:
    """The strip and the curve live on every screen; a line of 10 KB/s hardly notices."""
    run = living(own_home, 250)
    app = writing(own_home, [place] if place else [])
    async with app.run_test(headless=False, size=size) as pilot:
        assert 0 < await seconds_bytes(pilot, app, run) < 4 * KIB


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("panel", range(1, 7))
async def test_a_run_that_is_watched_costs_little(own_home: Path, panel: int, size: tuple[int, int]) -> None:
    """Its curve and its figures move at every look."""
    run = living(own_home, 250)
    app = writing(own_home, [["run", run.folder.id]])
    async with app.run_test(headless=False, size=size) as pilot:
        await settled(pilot)
        if panel > 1:
            await pilot.press(str(panel))
        assert 0 < await seconds_bytes(pilot, app, run) < 5 * KIB


@pytest.mark.parametrize("key", ["slash", "ctrl+p", "question_mark"])
@pytest.mark.parametrize("place", ["home", "page", "run"])
async def test_nothing_is_written_for_what_a_window_covers(own_home: Path, place: str, key: str) -> None:
    """Textual would write the whole window anew four times a second; once it is closed, all is up to date."""
    run = living(own_home, 100)
    app = writing(own_home, {"home": [], "page": [["page", "backprop"]], "run": [["run", run.folder.id]]}[place])
    async with app.run_test(headless=False, size=(160, 45)) as pilot:
        await seconds_bytes(pilot, app, run)
        before = shown(app)
        await pilot.press(key)
        await settled(pilot)
        for _ in range(3):
            app.screen_stack[-2].query_one(TitleBar).refresh()
            assert await look(pilot, app, run) == ""
        run.train(400)
        await pilot.press("escape")
        for _ in range(MOST_LOOKS):
            await caught_up(pilot, app)
            if "epoch 6/10" in shown(app):
                break
        assert "epoch 6/10" in shown(app)
        assert "epoch 6/10" not in before


async def test_what_a_window_held_back_is_told_once_it_is_closed(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The screen below draws nothing that nobody sees, and misses nothing."""
    run = living(own_home, 100)
    app = writing(own_home, [])
    told: list[set[str]] = []
    async with app.run_test(headless=False) as pilot:
        await look(pilot, app, run)
        monkeypatch.setattr(HomeScreen, "runs_changed", lambda screen, ids: told.append(ids))
        await pilot.press("question_mark")
        await settled(pilot)
        await look(pilot, app, run)
        await look(pilot, app, run)
        assert told == []
        await pilot.press("escape")
        await settled(pilot)
        app.poll_runs()
        assert told == [{run.folder.id}]


@pytest.mark.parametrize("key", ["", "question_mark"], ids=["home", "keys"])
async def test_a_screen_that_something_has_written_over_is_drawn_anew_by_a_key(own_home: Path, key: str) -> None:
    """What stands there is not known to the app: else only what changes is ever written."""
    app = writing(own_home, [])
    async with app.run_test(headless=False) as pilot:
        if key:
            await pilot.press(key)
        await settled(pilot)
        screen = pyte.Screen(80, 24)
        stream = pyte.Stream(screen)
        written(app)
        await pilot.press("ctrl+l")
        await settled(pilot)
        stream.feed("what wall has written")
        stream.feed(written(app))
        assert "\n".join(row.rstrip() for row in screen.display) == shown(app)
