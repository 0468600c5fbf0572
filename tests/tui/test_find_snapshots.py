"""The question before a page, the glossary and the search look as they did when somebody was content with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.tui.app_on import app_on
from tests.tui.calm import settled
from tests.tui.faq_course import FAQ, faq_app, faq_course
from tests.tui.grid import assert_kept
from tests.tui.test_question_types import press, write
from tui.app import LearncurveApp

NARROW, ROOMY = (80, 24), (160, 45)


def bright(home: Path, **more: Any) -> LearncurveApp:
    """Return the app in the light theme."""
    app = faq_app(home)
    app.record.keep_setting("interface", {"language": "zh", "greeted": True, "theme": "light"})
    return app_on(home, course=faq_course(home / "course"), **more)


async def test_a_question_before_its_page(own_home: Path) -> None:
    async with (app := faq_app(own_home, first=[["page", FAQ]])).run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert_kept(app, "recall-asked")
        await write(pilot, "Nothing is known yet, so it guesses evenly.")
        await press(pilot, "enter", "2", "a", "enter")
        assert_kept(app, "recall-told")


async def test_the_question_in_chinese_with_room(own_home: Path) -> None:
    async with (app := bright(own_home, first=[["page", FAQ]])).run_test(size=ROOMY) as pilot:
        await settled(pilot)
        assert_kept(app, "recall-asked-light-160x45")


async def test_the_glossary(own_home: Path) -> None:
    async with (app := faq_app(own_home, first=[["glossary"]])).run_test(size=NARROW) as pilot:
        await settled(pilot)
        await press(pilot, *"loss")
        assert_kept(app, "glossary-en")


async def test_the_glossary_in_chinese_with_room(own_home: Path) -> None:
    async with (app := bright(own_home, first=[["glossary"]])).run_test(size=ROOMY) as pilot:
        await settled(pilot)
        await press(pilot, *"xue")
        assert_kept(app, "glossary-light-160x45")


async def test_a_search(own_home: Path) -> None:
    async with (app := faq_app(own_home)).run_test(size=NARROW) as pilot:
        await settled(pilot)
        await press(pilot, "slash", *"loss", "down")
        assert_kept(app, "search-en")


async def test_a_search_by_pinyin_with_room(own_home: Path) -> None:
    async with (app := bright(own_home)).run_test(size=ROOMY) as pilot:
        await settled(pilot)
        await press(pilot, "slash", *"xuexi")
        assert_kept(app, "search-pinyin-light-160x45")


async def test_the_end_of_a_page(own_home: Path) -> None:
    async with (app := faq_app(own_home, first=[["page", "steps"]])).run_test(size=NARROW) as pilot:
        await settled(pilot)
        await press(pilot, "end")
        assert_kept(app, "page-end-en")


async def test_the_end_of_a_page_in_chinese_with_room(own_home: Path) -> None:
    async with (app := bright(own_home, first=[["page", "steps"]])).run_test(size=ROOMY) as pilot:
        await settled(pilot)
        await press(pilot, "end")
        assert_kept(app, "page-end-light-160x45")
