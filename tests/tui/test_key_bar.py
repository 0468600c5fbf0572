"""The key bar: six keys where there is little room, the screen's others where there is more; help always."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.fakes import ScriptedRun
from tests.tui.app_on import app_on, shown
from tests.tui.demos.playing import settled
from tui.app import LearncurveApp
from tui.screens.statistics import StatisticsScreen
from tui.text.cells import cells
from tui.widgets.key_bar import MOST, KeyBar

LITTLE, SOME, MUCH = 80, 120, 160


async def bar(pilot: Pilot[str], app: LearncurveApp, width: int) -> list[str]:
    """Return the hints of the bottom line at a width."""
    await pilot.resize_terminal(width, 40)
    await settled(pilot)
    line = shown(app).splitlines()[-1]
    assert app.screen.query_one(KeyBar).size.height == 1
    assert cells(line) <= width
    return line.strip().split("   ")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "place", [[], ["page", "losses"], ["question", "losses", "ce-start"], ["lab"], ["demo", "race"]]
)
async def test_with_room_a_screen_shows_more_of_its_keys_and_the_help_is_always_there(
    own_home: Path, place: list[str], language: str
) -> None:
    """What stands in a narrow bar stands in a wider one too, in its order."""
    app = app_on(own_home, language=language, first=[place] if place else [])
    async with app.run_test(size=(LITTLE, 40)) as pilot:
        await settled(pilot)
        seen = [await bar(pilot, app, width) for width in (LITTLE, SOME, MUCH)]
        assert len(seen[0]) <= MOST
        for narrow, wide in pairwise(seen):
            assert [hint for hint in wide if hint in narrow] == narrow
        assert len(seen[0]) < len(seen[1]) <= len(seen[2])
        for hints in seen:
            assert hints[-1] == f"? {app.words('keys.help')}"
            assert len({hint.split()[0] for hint in hints}) == len(hints)


async def test_home_has_the_most_used_keys_first(own_home: Path) -> None:
    """Then as many as fit; what moves the row is not among them."""
    app = app_on(own_home)
    async with app.run_test(size=(LITTLE, 40)) as pilot:
        await settled(pilot)
        for width, more in ((LITTLE, ""), (SOME, "/vad"), (MUCH, "/vadozs")):
            keys = [hint.split()[0] for hint in await bar(pilot, app, width)]
            assert keys == ["enter", *"nlr", *more, *"q?"]


async def test_a_click_on_a_key_that_has_room_presses_it(own_home: Path) -> None:
    app = app_on(own_home)
    async with app.run_test(size=(MUCH, 40)) as pilot:
        await settled(pilot)
        at = shown(app).splitlines()[-1].index("Statistics")
        await pilot.click("KeyBar", offset=(at, 0))
        await settled(pilot)
        assert isinstance(app.screen, StatisticsScreen)


async def test_a_question_tells_of_undo_and_doubt_where_there_is_room(own_home: Path) -> None:
    """Its letters stand beside the options."""
    app = app_on(own_home, first=[["question", "losses", "ce-start"]])
    async with app.run_test(size=(LITTLE, 40)) as pilot:
        await settled(pilot)
        assert not {"u Undo", "! Flag"} & set(await bar(pilot, app, LITTLE))
        wide = await bar(pilot, app, SOME)
        assert {"u Undo", "! Flag", "/ Search"} <= set(wide)
        assert "e" not in {hint.split()[0] for hint in wide}


async def test_a_run_tells_how_it_is_stopped_before_what_its_panel_can_do(own_home: Path) -> None:
    """Stopping is of the run; zooming is of one panel."""
    run = ScriptedRun(own_home)
    run.attempt()
    run.plan()
    run.train(50)
    app = app_on(own_home, first=[["run", run.folder.id]])
    async with app.run_test(size=(LITTLE, 40)) as pilot:
        await settled(pilot)
        assert "s Stop" not in await bar(pilot, app, LITTLE)
        hints = await bar(pilot, app, MUCH)
        assert hints.index("1-6 Panel") < hints.index("s Stop") < hints.index("z Zoom")


async def test_while_a_text_is_written_no_key_is_told_that_would_be_typed(own_home: Path) -> None:
    app = app_on(own_home, first=[["glossary"]])
    async with app.run_test(size=(MUCH, 40)) as pilot:
        await settled(pilot)
        assert await bar(pilot, app, MUCH) == ["enter Its page", "esc Back", "f1 Keys"]
