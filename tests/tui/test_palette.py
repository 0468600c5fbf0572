"""The palette and the search: what was typed is found while it is typed, and what is chosen opens."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from content.search.corpus import MOST
from content.search.finder import Finder
from tests.tui.app_on import shown
from tests.tui.calm import settled
from tests.tui.faq_course import FAQ, faq_app
from tests.tui.test_question_types import press
from tui.app import LearncurveApp
from tui.finding import Entry, Own
from tui.screens.glossary import GlossaryScreen
from tui.screens.lab import LabScreen
from tui.screens.page import PageScreen
from tui.screens.palette import PaletteScreen
from tui.screens.question import QuestionScreen
from tui.widgets.found_rows import FoundRows
from tui.widgets.prose import Prose
from tui.widgets.text_line import TextLine


async def search(pilot: Pilot[str], wanted: str, *, key: str = "slash") -> PaletteScreen:
    """Open the search and type."""
    await press(pilot, key)
    await press(pilot, *wanted)
    screen = pilot.app.screen
    assert isinstance(screen, PaletteScreen)
    return screen


def listed(app: LearncurveApp) -> list[str]:
    """Return the rows, each with what is below it, without white space at their ends."""
    rows = app.screen.query_one(FoundRows).rows
    return [" ".join(word for line in row.lines(76) for word in line.plain.split()) for row in rows]


async def test_names_come_first_then_questions_then_text_each_with_its_section(own_home: Path) -> None:
    app = faq_app(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await search(pilot, "loss")
        rows = listed(app)
        assert rows[:3] == [
            "Loss function / 损失函数 glossary",
            "Cross-entropy / 交叉熵 (log loss) glossary",
            "The first loss 1.2 in a page",
        ]
        assert "Ten classes, untrained: the loss? 1.2 question" in rows
        assert any(row.startswith("The loop 1.1 in a page") and "criterion" in row for row in rows)
        assert f"{len(rows)} found" in shown(app)


@pytest.mark.parametrize("wanted", ["cross entropy", "ＣＲＯＳＳ－", "交叉熵", "jiaochas", "jcs"])
async def test_a_term_is_found_in_either_language_and_opens_the_glossary(own_home: Path, wanted: str) -> None:
    for language in ("en", "zh"):
        app = faq_app(own_home / language, language=language)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            await search(pilot, wanted)
            assert "交叉熵" in listed(app)[0]
            assert "Cross-entropy" in listed(app)[0]
            await press(pilot, "enter")
            assert isinstance(app.screen, GlossaryScreen)
            assert app.screen.chosen == "cross-entropy"


async def test_a_paragraph_opens_at_its_place_and_a_question_is_asked(own_home: Path) -> None:
    app = faq_app(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await search(pilot, "opt.step")
        await press(pilot, "enter")
        assert isinstance(app.screen, QuestionScreen)
        await press(pilot, "escape")
        await search(pilot, "mind the order")
        await press(pilot, "enter")
        assert isinstance(app.screen, PageScreen)
        page = app.course.page("steps", "en")
        assert page is not None
        assert page.place(app.screen.query_one(Prose).place().block) == "loop+2"


async def test_the_page_of_a_chinese_hit_opens_in_the_learners_language(own_home: Path) -> None:
    app = faq_app(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await search(pilot, "注意")
        assert any("注意" in row for row in listed(app))
        await press(pilot, "enter")
        assert isinstance(app.screen, PageScreen)
        assert "Mind the order" in shown(app)


async def test_the_palette_knows_places_and_what_is_called_so_comes_first(own_home: Path) -> None:
    app = faq_app(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await search(pilot, "lab", key="ctrl+p")
        assert listed(app)[0].startswith("Lab: train a network")
        await press(pilot, "enter")
        assert isinstance(app.screen, LabScreen)
        await search(pilot, "lab")
        assert not any(row.startswith("Lab:") for row in listed(app))


async def test_words_without_spaces_are_found_apart_and_that_is_said(own_home: Path) -> None:
    app = faq_app(own_home, language="zh")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await search(pilot, "权重移动一点")
        assert listed(app)
        assert "没有完全匹配的" in shown(app)
        await press(pilot, *["backspace"] * 6, *"zzzz")
        assert "没有找到" in shown(app)


async def test_names_are_found_at_once_and_the_rest_when_the_course_is_read(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    load = Finder.load

    def late(finder: Finder, *more: Any) -> None:
        gate.wait(30)
        load(finder, *more)

    monkeypatch.setattr(Finder, "load", late)
    app = faq_app(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.action_search()
        await pilot.pause()
        await pilot.press(*"star")
        await pilot.pause()
        assert "reading the course" in shown(app)
        assert listed(app)[0] == "1.2 Starts page"
        assert len(listed(app)) == 2
        gate.set()
        await settled(pilot)
        assert "reading the course" not in shown(app)
        assert len(listed(app)) > 2


async def test_an_enter_that_comes_too_early_opens_what_is_found_then(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    load = Finder.load

    def late(finder: Finder, *more: Any) -> None:
        gate.wait(30)
        load(finder, *more)

    monkeypatch.setattr(Finder, "load", late)
    app = faq_app(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.action_search()
        await pilot.pause()
        await pilot.press(*"mind the order", "enter")
        assert isinstance(app.screen, PaletteScreen)
        gate.set()
        await settled(pilot)
        assert isinstance(app.screen, PageScreen)
        assert "Mind the order" in shown(app)


async def test_a_course_that_cannot_be_read_says_so(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise OSError("no such disk")

    monkeypatch.setattr(Finder, "load", broken)
    app = faq_app(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.action_search()
        for _ in range(4):
            await pilot.pause()
        assert "the log says why" in shown(app)
        await pilot.press(*"star", "enter")
        await settled(pilot)
        assert not isinstance(app.screen, PaletteScreen)


async def test_many_hits_are_cut_and_that_is_said(own_home: Path) -> None:
    app = faq_app(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for n in range(80):
            (own_home / "course" / f"s{n}").mkdir()
        screen = await search(pilot, "x")
        screen._own = Own(Entry(("page", f"s{n}"), "page", f"many {n}") for n in range(80))
        await press(pilot, "backspace", *"many")
        assert len(listed(app)) == MOST
        assert f"the first {MOST}" in shown(app)


async def test_the_recall_question_is_asked_for_the_name_of_a_page_and_not_for_a_spot_in_it(own_home: Path) -> None:
    from tui.screens.recall import RecallScreen

    app = faq_app(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await search(pilot, "begins near")
        await press(pilot, "enter")
        assert isinstance(app.screen, PageScreen)
        assert app.screen.slug == FAQ
        await press(pilot, "escape")
        await search(pilot, "starts")
        await press(pilot, "enter")
        assert isinstance(app.screen, RecallScreen)


async def test_a_misspelt_word_is_taken_for_the_nearest_one_and_that_is_said(own_home: Path) -> None:
    app = faq_app(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await search(pilot, "entrpy")
        assert listed(app)[0].startswith("Cross-entropy / 交叉熵")
        assert app.words("palette.meant", meant="entropy") in shown(app)
        await press(pilot, *"zzzz")
        assert app.words("palette.nothing") in shown(app)


async def test_a_letter_and_its_answer_are_painted_at_once(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two paintings are a sixtieth of a second apart: that, and not the search, is what one would wait for."""
    app = faq_app(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        screen = await search(pilot, "l")
        painted: list[tuple[str, str]] = []
        laid_out: list[object] = []

        def display(*_: object) -> None:
            painted.append((screen.query_one(TextLine).value, screen.wanted))

        monkeypatch.setattr(app, "_display", display)
        monkeypatch.setattr(screen, "_refresh_layout", lambda *more, **_: laid_out.append(more))
        await press(pilot, *"oss", "down", "backspace")
        assert ("loss", "loss") in painted
        assert all(typed == answered for typed, answered in painted)
        assert not laid_out
