"""A page's links lead to other pages of the course, and back."""

from __future__ import annotations

from pathlib import Path

from tests.content.small_course import build, plant
from tests.tui.app_on import app_on
from tests.tui.calm import settled
from tui.app import LearncurveApp
from tui.screens.page import PageScreen
from tui.widgets.prose import Prose


def page(app: LearncurveApp) -> PageScreen:
    assert isinstance(app.screen, PageScreen)
    return app.screen


async def test_a_link_to_another_page_opens_it_at_its_anchor_and_back_returns(tmp_path: Path) -> None:
    app = app_on(tmp_path / "home", course=build(tmp_path / "course"), first=[["page", "steps", "loop"]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("tab", "tab", "enter")
        await settled(pilot)
        assert page(app).slug == "starts"
        assert page(app).query_one(Prose).top_anchor == "first-loss"
        await pilot.press("escape", "escape")
        await settled(pilot)
        assert page(app).slug == "steps"


async def test_a_link_within_the_page_goes_there(tmp_path: Path) -> None:
    app = app_on(tmp_path / "home", course=build(tmp_path / "course"), first=[["page", "steps", "loop"]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("tab", "enter")
        await settled(pilot)
        assert page(app).slug == "steps"
        assert page(app).query_one(Prose).top_anchor == "one-batch"


async def test_a_link_that_leads_nowhere_says_so(tmp_path: Path) -> None:
    root = build(tmp_path / "course")
    plant(root, "steps/page.en.md", "(#one-batch)", "(#nowhere)")
    app = app_on(tmp_path / "home", course=root, first=[["page", "steps", "loop"]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("tab", "enter")
        await settled(pilot)
        assert [str(note.message) for note in app._notifications] == ["#nowhere: the course has no such place."]
