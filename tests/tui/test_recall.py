"""A FAQ section: its question first from memory, then the page that answers it, then the other questions."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from content.memory.entry import Entry
from tests.tui.app_on import app_on
from tests.tui.calm import settled, until
from tests.tui.faq_course import FAQ, RECALL, faq_app
from tests.tui.test_question_kept import kill
from tests.tui.test_question_types import press, screen, shown, write
from tui.app import LearncurveApp
from tui.screens.home import HomeScreen
from tui.screens.page import PageScreen
from tui.screens.palette import PaletteScreen
from tui.screens.question import QuestionScreen
from tui.screens.recall import RecallScreen


def entries(app: LearncurveApp) -> list[Entry]:
    """Return what the record has kept, undone or not."""
    return list(app.record.log("small"))


def open_kinds(app: LearncurveApp) -> list[type]:
    """Return the open screens from the first on."""
    return [type(each) for each in app.screen_stack]


def told(app: LearncurveApp) -> list[str]:
    """Return the notices that the app has given."""
    return [notice.message for notice in app._notifications]


def others(app: LearncurveApp) -> list[str]:
    """Return the other questions of the section, sorted."""
    return sorted(key.id for key in app.course.keys(FAQ) if key.id != RECALL)


async def recall(pilot: Pilot[str], *, ticks: str = "a") -> None:
    """Write an answer, hold it against the rubric, judge it."""
    await write(pilot, "Nothing is known yet.")
    await press(pilot, "enter", "2", *ticks, "enter")


async def test_what_was_written_is_seen_beside_what_it_is_compared_with(own_home: Path) -> None:
    """Nobody can judge from memory what stood in a text that is out of sight."""
    app = app_on(own_home, first=[["page", "faq-pretraining"]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, RecallScreen)
        await write(pilot, "Weights are learnt from broad data, and then from those of one task.")
        await press(pilot, "enter", "2")
        await settled(pilot)
        assert app.screen.query_one("#question-body").max_scroll_y > 0, "not all of it fits"
        assert "Weights are learnt from broad data" in shown(app)
        assert "What a good answer says" in shown(app)


@pytest.mark.parametrize("way", ["home", "questions", "palette", "turn"])
async def test_every_way_in_leads_to_the_question_first(own_home: Path, way: str) -> None:
    app = faq_app(own_home, first=[["page", "steps"]] if way == "turn" else [])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        match way:
            case "home":
                await press(pilot, "down", "enter")
            case "questions":
                await press(pilot, "down", "n")
            case "palette":
                await press(pilot, "ctrl+p", *"Starts", "enter")
            case "turn":
                await press(pilot, "right_square_bracket")
        assert isinstance(app.screen, RecallScreen)
        assert "Why does it start there?" in shown(app)
        assert "from memory" in shown(app)
        assert "The first loss" not in shown(app)


async def test_the_answer_is_written_compared_judged_and_then_the_page_opens(own_home: Path) -> None:
    app = faq_app(own_home, first=[["page", FAQ]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await recall(pilot)
        assert "An even guess gives 0.1" in shown(app)
        assert "Read on" in shown(app)
        assert "It is asked again after the other questions." in shown(app)
        assert "To the answer" in shown(app)
        given = entries(app)[-1]
        assert (given.kind, given.item, given.mode, given.credit, given.confidence) == (
            "answer",
            RECALL,
            "recall",
            0.5,
            2,
        )
        await press(pilot, "enter")
        assert open_kinds(app) == [HomeScreen, PageScreen]
        assert "The first loss" in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, QuestionScreen)
        assert not isinstance(app.screen, RecallScreen)
        asked = [outcome.item for outcome in screen(pilot).desk.sitting.outcomes()]
        assert sorted(asked[:-1]) == others(app)
        assert asked[-1] == RECALL
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, HomeScreen)
        await press(pilot, "enter")
        assert isinstance(app.screen, PageScreen)


async def test_what_was_right_from_memory_is_not_asked_again_after_the_page(own_home: Path) -> None:
    app = faq_app(own_home, first=[["page", FAQ]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await recall(pilot, ticks="ab")
        assert "Right." in shown(app)
        await press(pilot, "enter", "enter")
        asked = [outcome.item for outcome in screen(pilot).desk.sitting.outcomes()]
        assert sorted(asked) == others(app)


@pytest.mark.parametrize("text", ["", "half a th"])
async def test_a_skip_leads_to_the_page_too(own_home: Path, text: str) -> None:
    app = faq_app(own_home, first=[["page", FAQ]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        if text:
            await write(pilot, text)
        await press(pilot, "f7")
        assert open_kinds(app) == [HomeScreen, PageScreen]
        assert told(app) == ["Skipped: here is the answer. The question is asked again after the others."]
        assert [(entry.kind, entry.item) for entry in entries(app)] == [("skip", RECALL)]
        app.open(["page", FAQ])
        await settled(pilot)
        assert isinstance(app.screen, PageScreen)


async def test_esc_leaves_and_keeps_what_was_written(own_home: Path) -> None:
    app = faq_app(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.open(["page", FAQ])
        await settled(pilot)
        await write(pilot, "Nothing is kn")
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)
        assert entries(app) == []
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, RecallScreen)
        assert screen(pilot).pane.texts() == {"text": "Nothing is kn"}


async def test_a_kill_keeps_the_place_and_what_was_written(own_home: Path) -> None:
    app = faq_app(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.open(["page", FAQ])
        await settled(pilot)
        await write(pilot, "Nothing is kn")
        await until(pilot, lambda: app.record.draft("small", RECALL) is not None)
        kill(app)
    again = faq_app(own_home)
    async with again.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert open_kinds(again) == [HomeScreen, RecallScreen]
        assert screen(pilot).pane.texts() == {"text": "Nothing is kn"}
        await press(pilot, "enter", "2", "a", "enter")
        assert screen(pilot).desk.verdict is not None
        kill(again)
    third = faq_app(own_home)
    async with third.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "Read on" in shown(third)
        await press(pilot, "enter")
        assert open_kinds(third) == [HomeScreen, PageScreen]


async def test_an_answer_that_was_taken_back_is_asked_for_again(own_home: Path) -> None:
    app = faq_app(own_home, first=[["page", FAQ]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await recall(pilot)
        await press(pilot, "u")
        assert screen(pilot).desk.asking
        await press(pilot, "escape", "escape")
        app.open(["page", FAQ])
        await settled(pilot)
        assert isinstance(app.screen, RecallScreen)
        assert screen(pilot).pane.texts() == {"text": "Nothing is known yet."}


async def test_a_spot_that_was_searched_for_opens_at_once_and_is_open_again_after_a_dropped_line(
    own_home: Path,
) -> None:
    """Whoever looks something up is not asked; whoever comes to read still is."""
    app = faq_app(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "slash", *"even guess", "enter")
        assert not isinstance(app.screen, PaletteScreen)
        app.open(["page", FAQ, "first-loss"])
        await settled(pilot)
        assert isinstance(app.screen, PageScreen)
        app.exit()
    again = faq_app(own_home)
    async with again.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert isinstance(again.screen, PageScreen)
        again.open(["page", FAQ])
        await settled(pilot)
        assert isinstance(again.screen, RecallScreen)


async def test_both_languages_say_it(own_home: Path) -> None:
    app = faq_app(own_home, language="zh", first=[["page", FAQ]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "为什么从那里开始？" in shown(app)
        assert "先凭记忆作答" in shown(app)
        await press(pilot, "f7")
        assert told(app) == ["已跳过，答案就在这一页。其他题目之后还会再问。"]
        assert "第一个损失" in shown(app)


async def test_an_unwritable_record_does_not_bar_the_way_to_the_page(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from content.errors import StoreError

    def full(*_: object) -> None:
        raise StoreError("The disk is full.", code="store-full")

    app = faq_app(own_home, first=[["page", FAQ]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        monkeypatch.setattr(app.record, "skip", full)
        await press(pilot, "f7")
        assert isinstance(app.screen, PageScreen)
        assert told(app) == ["Not saved. The disk is full."]
