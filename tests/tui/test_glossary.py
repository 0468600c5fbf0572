"""The glossary on the screen: both languages side by side, found while typing, a step away from the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.app_on import app_on, shown
from tests.tui.calm import settled
from tests.tui.test_question_types import press
from tui.screens.glossary import GlossaryScreen
from tui.screens.home import HomeScreen
from tui.screens.note import TermScreen
from tui.screens.page import PageScreen
from tui.widgets.prose import Prose
from tui.widgets.rows import Rows


async def test_home_leads_to_all_terms_in_both_languages(own_home: Path) -> None:
    app = app_on(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "o")
        assert isinstance(app.screen, GlossaryScreen)
        assert app.screen.query_one(Rows).option_count == len(app.course.terms)
        text = shown(app)
        assert f"{len(app.course.terms)} terms" in text.splitlines()[0]
        row = next(line for line in text.splitlines() if line.startswith(" Activation function"))
        assert "激活函数" in row
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.parametrize("typed", ["loss fun", "ＬＯＳＳ fun", "损失函", "sunshih", "sshs"])
async def test_a_term_is_found_while_typing_and_shown_in_full(own_home: Path, typed: str) -> None:
    app = app_on(own_home, first=[["glossary"]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, *typed)
        lines = shown(app).splitlines()
        assert any("Loss function" in line and "损失函数" in line for line in lines[5:8])
        below = "\n".join(lines[lines.index("─" * 80, 3) :])
        term = app.course.terms["loss-function"]
        for language in ("en", "zh"):
            assert "".join(term.says.say(language).split())[:20] in "".join(below.split())
        assert "1.3.3 Loss functions" in below


async def test_enter_leads_to_the_paragraph_that_uses_the_term(own_home: Path) -> None:
    app = app_on(own_home, first=[["glossary"]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, *"cross-entropy", "enter")
        assert isinstance(app.screen, PageScreen)
        assert app.screen.slug == "losses"
        page = app.course.page("losses", "en")
        assert page is not None
        block = page.blocks[app.screen.query_one(Prose).place().block]
        assert any(span.term == "cross-entropy" for span in getattr(block, "spans", ()))
        await press(pilot, "escape")
        assert isinstance(app.screen, GlossaryScreen)


async def test_arrows_move_and_the_language_changes_and_the_term_stays(own_home: Path) -> None:
    app = app_on(own_home, first=[["glossary"]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, GlossaryScreen)
        await press(pilot, *"model", "down", "down", "up")
        chosen = screen.chosen
        assert chosen == screen._terms[1].id
        await press(pilot, "f2")
        assert screen.chosen == chosen
        assert screen.query_one("#glossary-line").value == "model"  # type: ignore[attr-defined]  # an Input has one
        assert "术语表" in shown(app).splitlines()[0]
        assert app.course.terms[chosen].term.say("zh") in shown(app)


async def test_nothing_found_is_said_and_fewer_letters_find_again(own_home: Path) -> None:
    app = app_on(own_home, first=[["glossary"]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, *"adamx")
        assert "No term fits" in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, GlossaryScreen)
        await press(pilot, "backspace")
        assert "Adam" in shown(app)


async def test_a_page_leads_to_the_glossary_and_back(own_home: Path) -> None:
    """By its key, at a term of this page; and from the definition of a term, at that term."""
    app = app_on(own_home, first=[["page", "losses"]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "o")
        screen = app.screen
        assert isinstance(screen, GlossaryScreen)
        assert app.course.terms[screen.chosen].section == "1.3.3"
        await press(pilot, "escape", "tab", "enter")
        assert isinstance(app.screen, TermScreen)
        assert "o Glossary" in shown(app)
        title = app.screen.note_title
        await press(pilot, "o")
        assert isinstance(app.screen, GlossaryScreen)
        assert app.course.terms[app.screen.chosen].term.say("en") == title.split(" / ")[0]
        await press(pilot, "escape")
        assert isinstance(app.screen, PageScreen)


async def test_the_term_is_open_again_after_a_dropped_line(own_home: Path) -> None:
    app = app_on(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.open(["glossary", "softmax"])
        await settled(pilot)
        app.exit()
    again = app_on(own_home)
    async with again.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert isinstance(again.screen, GlossaryScreen)
        assert again.screen.chosen == "softmax"


async def test_with_room_rows_say_what_terms_mean(own_home: Path) -> None:
    app = app_on(own_home, first=[["glossary", "softmax"]])
    async with app.run_test(size=(160, 45)) as pilot:
        await settled(pilot)
        term = app.course.terms["softmax"]
        row = next(line for line in shown(app).splitlines() if line.startswith(" Softmax"))
        assert term.says.say("en")[:40] in row
        assert all(len(line) <= 160 for line in shown(app).splitlines())


async def test_a_course_without_a_glossary_says_so(own_home: Path) -> None:
    from tests.content.small_course import build

    root = build(own_home / "course")
    (root / "glossary.yaml").unlink()
    app = app_on(own_home, course=root, first=[["glossary"]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "has no glossary" in shown(app)
        await press(pilot, "enter", "down")
        assert isinstance(app.screen, GlossaryScreen)


async def test_a_term_of_no_section_leads_to_the_first_page_that_uses_it_or_says_that_none_does(own_home: Path) -> None:
    from tests.content.small_course import build, plant

    root = build(own_home / "course")
    plant(root, "glossary.yaml", '  section: "1.1"\n', "")
    more = "- id: other\n  en: {term: Other, says: It is unused.}\n  zh: {term: 别的, says: 没有用到。}\n"
    plant(root, "glossary.yaml", "terms:\n", f"terms:\n{more}")
    app = app_on(own_home, course=root, first=[["glossary", "other"]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        assert [notice.message for notice in app._notifications] == ["No page uses this term yet."]
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, PageScreen)
        assert app.screen.slug == "steps"
