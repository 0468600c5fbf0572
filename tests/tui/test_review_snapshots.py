"""The review looks as it did when somebody last looked at it and was content."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.app_on import shown as drawn
from tests.tui.calm import settled, until
from tests.tui.grid import assert_kept
from tests.tui.review_course import Ticking, answered, reviewing
from tests.tui.test_question_types import press, screen
from tests.tui.test_review import reply
from tui.screens import home, question_shown, review

NARROW, ROOMY = (80, 24), (160, 45)


@pytest.fixture(autouse=True)
def same_dice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every sitting have the same numbers and orders."""
    for module in (review, question_shown):
        monkeypatch.setattr(module, "fresh", lambda: {"seed": 7, "session_id": "r"})


async def to_the_end(pilot: Pilot[str]) -> None:
    """Answer all, the first two wrong at first, the last one skipped."""
    for turn in range(20):
        if not screen(pilot).desk.item:
            return
        if turn == 5:
            await press(pilot, "f7" if screen(pilot).pane.fields else "s")
        else:
            await reply(pilot, right=turn > 1, sure="3" if turn else "1")
            await press(pilot, "enter")


async def test_a_question_of_a_review_does_not_say_where_it_is_from(own_home: Path) -> None:
    app = reviewing(own_home, Ticking())
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert_kept(app, "review-asked-en")


async def test_the_verdict_in_a_review_does(own_home: Path) -> None:
    app = reviewing(own_home, Ticking(), language="zh", theme="light")
    async with app.run_test(size=ROOMY) as pilot:
        await settled(pilot)
        await reply(pilot, right=False)
        assert_kept(app, "review-told-light-160x45")


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_the_end_of_a_review(own_home: Path, language: str) -> None:
    app = reviewing(own_home, Ticking(), language=language)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await to_the_end(pilot)
        assert_kept(app, f"review-end-{language}")


async def test_the_end_of_a_review_with_room_in_the_light(own_home: Path) -> None:
    app = reviewing(own_home, Ticking(), theme="light")
    async with app.run_test(size=ROOMY) as pilot:
        await settled(pilot)
        await to_the_end(pilot)
        assert_kept(app, "review-end-light-160x45")


async def test_ascii_where_signs_are_wide(own_home: Path) -> None:
    """From the first question to the look back; then the rest is over and nothing is due."""
    app = reviewing(own_home, Ticking(), ["choice", "truth"], measured="two")
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        seen = [drawn(app)]
        for right in (False, True, True):
            await reply(pilot, right=right)
            seen.append(drawn(app))
            await press(pilot, "enter")
            seen.append(drawn(app))
        assert "The whole course" in seen[-1]
        await press(pilot, "enter", "v")
        assert "up to date" in drawn(app)
        assert re.findall(r"[^\x00-\x7f]", "".join([*seen, drawn(app)])) == []


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_nothing_due(own_home: Path, language: str) -> None:
    clock = Ticking()
    app = reviewing(own_home, clock, ["choice"], language=language)
    answered(app.course, app.record, ["choice", "truth"])
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert_kept(app, f"review-none-{language}")


async def test_home_with_something_due_and_remembered(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the whole curve, which is computed after a moment."""
    monkeypatch.setattr(home, "GROW_SECONDS", 0.01)
    app = reviewing(own_home, Ticking(), first=[])
    async with app.run_test(size=NARROW) as pilot:
        shown = app.screen
        assert isinstance(shown, home.HomeScreen)
        await until(pilot, lambda: len(shown.standing.curve) > 30)
        await settled(pilot)
        assert_kept(app, "home-due")


async def test_the_look_back_of_a_section(own_home: Path) -> None:
    app = reviewing(own_home, Ticking(), [], first=[["question", "beta"]])
    async with app.run_test(size=ROOMY) as pilot:
        await settled(pilot)
        await reply(pilot, right=False)
        await press(pilot, "enter", "s", "f7")
        await reply(pilot, right=True)
        await press(pilot, "enter")
        assert_kept(app, "question-end-160x45")
