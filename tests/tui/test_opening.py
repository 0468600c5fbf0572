"""A run writes whenever it likes, also while a screen is only just being made."""

from __future__ import annotations

import asyncio
from itertools import cycle
from pathlib import Path

import pytest
from textual import events

from tests.fakes import ScriptedRun
from tests.tui.app_on import app_on, shown
from tests.tui.calm import settled
from tui.screens.question import QuestionScreen
from tui.widgets.question.pane import QuestionPane
from tui.widgets.run_strip import StripLine

PLACES = [
    ["page", "backprop"],
    ["question", "backprop"],
    ["recall", "faq-sizes"],
    ["runs"],
    ["lab"],
    ["glossary"],
    ["statistics"],
    ["settings"],
    ["demo", "softmax"],
]
LINE = StripLine("mlp-7f3a", "", "loading", "w watch")


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place[0])
async def test_a_screen_that_is_being_made_is_told_of_no_run(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, place: list[str]
) -> None:
    """Its widgets are not all there yet; it shows the run once they are."""
    run = ScriptedRun(own_home)
    app = app_on(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        lines = cycle((LINE, None))
        monkeypatch.setattr(app, "strip_line", lambda: next(lines))
        monkeypatch.setattr(app.followed, "poll", lambda: ({run.folder.id}, []))
        app.open(place)
        screen = app.screen
        while not screen.is_mounted:
            app.poll_runs()
            await asyncio.sleep(0)
        monkeypatch.setattr(app, "strip_line", lambda: LINE)
        app.poll_runs()
        await settled(pilot)
        assert app.screen is screen
        assert LINE.name in shown(app)


async def test_a_run_may_write_while_the_language_changes(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every widget is made anew then, a question's too."""
    app = app_on(own_home, first=[["question", "backprop"]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        lines = cycle((LINE, None))
        monkeypatch.setattr(app, "strip_line", lambda: next(lines))
        screen = app.screen
        assert isinstance(screen, QuestionScreen)
        resized = events.Resize(app.size, app.size)
        changing = asyncio.create_task(screen.retranslate())
        while not changing.done():
            app.poll_runs()
            screen.on_resize(resized)
            await asyncio.sleep(0)
        await changing
        await settled(pilot)
        assert app.screen is screen
        assert screen.query_one(QuestionPane).is_mounted
