"""A demo from its page, from the list and from the palette; what is kept of it."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from textual.events import Paste

from content.course.blocks import Code
from content.course.markdown import read_page
from tests.tui.app_on import app_on, shown
from tests.tui.demos.playing import NARROW, demo_app, kept_state, play, settled
from tests.tui.grid import assert_kept
from tests.tui.prose_reader import sheet, texts
from tui.app import LearncurveApp
from tui.glyphs import ASCII, RICH
from tui.screens.demo import DemoScreen
from tui.sentences import LANGUAGES
from tui.text.cells import cells
from tui.text.span import plain
from tui.widgets.block_sheet import Look
from tui.widgets.demos.catalogue import NAMES, widget_of
from tui.widgets.prose import Prose
from tui.words import Words


def opened(app: LearncurveApp) -> list[str]:
    """Return the place of the screen that is shown."""
    return app.screen.place() or []  # type: ignore[attr-defined]  # of a screen of ours


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_page_shows_how_its_demo_stands_and_keeps_the_place(own_home: Path, language: str) -> None:
    """d opens what is on the screen; on return the same rows are there, with what was played."""
    app = app_on(own_home, language=language, first=[["page", "backprop"]])
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        prose = app.screen.query_one(Prose)
        while not any(target.kind == "demo" for target in [prose.chosen] if target):
            await pilot.press("tab")
        await settled(pilot)
        top = prose.scroll_offset.y
        await pilot.press("enter")
        await play(pilot, "1", "enter", "3", "enter")
        await pilot.press("escape")
        await settled(pilot)
        assert opened(app) == ["page", "backprop"]
        assert prose.scroll_offset.y == top
        assert prose.chosen is not None
        assert prose.chosen.kind == "demo"
        assert shown(app).count("✓") == 2
        assert_kept(app, f"demo-in-page-{language}")
        await pilot.press("d")
        await settled(pilot)
        assert opened(app) == ["demo", "backprop"]


@pytest.mark.parametrize(
    ("name", "slug", "own"),
    [
        ("backprop", "backprop", ("e", "7", "enter", "escape")),
        ("softmax", "losses", ("left",)),
        ("race", "optimisers", ("right",)),
        ("schedule", "bert", ("right",)),
    ],
)
async def test_a_page_opens_its_demo_with_its_own_numbers_and_the_learners_are_a_key_away(
    own_home: Path, name: str, slug: str, own: tuple[str, ...]
) -> None:
    """What the page says is what the demo shows; numbers of one's own survive that, and every new beginning."""
    kind = widget_of(name)
    assert kind is not None
    app = app_on(own_home, first=[["page", slug]])
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        app.open(["demo", name])
        await settled(pilot)
        assert "as on the page" not in shown(app)
        mine = await play(pilot, *own)
        assert "yours; y: as on the page" in shown(app)
        await pilot.press("escape")
        await settled(pilot)
        app.screen.query_one(Prose).post_message(Prose.DemoRequested(name))
        await settled(pilot)
        assert await play(pilot) == kind.STATE()
        assert "as on the page; y: yours" in shown(app)
        await pilot.press("escape")
        await settled(pilot)
        assert kind.read(kept_state(app, name)) == mine, "who only looks changes nothing"
        app.screen.query_one(Prose).post_message(Prose.DemoRequested(name))
        await settled(pilot)
        assert await play(pilot, "y") == mine
        assert await play(pilot, "y") == kind.STATE()
        await pilot.press("escape")
        await settled(pilot)
        app.open(["demo", name])
        await settled(pilot)
        assert await play(pilot) == kind.STATE(), "the list opens what was left last"
        assert await play(pilot, "y") == mine
        assert await play(pilot, "r") == kind.STATE()
        assert await play(pilot, "y") == mine


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_page_draws_its_own_numbers_and_says_that_the_learners_are_kept(own_home: Path, language: str) -> None:
    app = app_on(own_home, language=language, first=[["page", "backprop"]])
    app.record.keep_setting("demo.backprop", {"network": {"x": 7.0}})
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        prose = app.screen.query_one(Prose)
        while not any(target.kind == "demo" for target in [prose.chosen] if target):
            await pilot.press("tab")
        await settled(pilot)
        assert Words(language)("prose.demo-own") in shown(app)
        assert_kept(app, f"demo-own-kept-{language}")
        await pilot.press("d")
        assert (await play(pilot)).network.x == 2
        assert (await play(pilot, "y")).network.x == 7


async def test_the_slider_begins_with_the_losses_of_its_page(own_home: Path) -> None:
    """The page's logits give its loss; a second softmax, the one that its code prints."""
    app = demo_app(own_home, "softmax")
    page = app.course.page("losses", "en")
    assert page is not None
    printed = [block.text for block in page.blocks if isinstance(block, Code)]
    async with app.run_test(size=NARROW) as pilot:
        once = await play(pilot)
        twice = await play(pilot, "x", "x")
        assert any(f"# {once.loss:.4f}" in text and f"# {twice.loss:.4f}" in text for text in printed)


async def test_a_demo_is_kept_across_a_dropped_line(own_home: Path) -> None:
    """The screen and the state come back; a half-typed number too."""
    app = app_on(own_home)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        app.open(["demo", "backprop"])
        await settled(pilot)
        await play(pilot, "1", "enter", "2", "full_stop")
    app = app_on(own_home)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert opened(app) == ["demo", "backprop"]
        state = await play(pilot)
        assert (state.said, state.typed) == ((1,), "2.")


async def test_a_state_that_makes_no_sense_begins_anew(own_home: Path) -> None:
    """A newer program's state, or a broken one, stops nobody."""
    app = demo_app(own_home, "backprop")
    app.record.keep_setting("demo.backprop", {"said": ["x"], "network": 7})
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert (await play(pilot)).said == ()
        await play(pilot, "1")
        await pilot.press("escape")
        await settled(pilot)
        assert kept_state(app, "backprop")["typed"] == "1"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_list_of_demos(own_home: Path, language: str) -> None:
    """d on home; enter opens the row."""
    app = app_on(own_home, language=language)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await pilot.press("d")
        await settled(pilot)
        assert_kept(app, f"demos-{language}")
        assert "…" not in shown(app)
        await pilot.press("enter")
        await settled(pilot)
        assert opened(app) == ["demo", NAMES[0]]
        await pilot.press("escape")
        await settled(pilot)
        assert opened(app) == ["demos"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_palette_finds_a_demo_by_its_name_in_either_language(own_home: Path, language: str) -> None:
    """A learner who read the name in one language may look for it in the other."""
    app = app_on(own_home, language=language)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        for spoken, name in product(LANGUAGES, NAMES):
            await pilot.press("ctrl+p")
            app.post_message(Paste(Words(spoken)(f"demo_{name}.title")))
            await settled(pilot)
            await pilot.press("enter")
            await settled(pilot)
            assert opened(app) == ["demo", name]
            await pilot.press("escape")
            await settled(pilot)
            assert opened(app) == []


@pytest.mark.parametrize("name", NAMES)
async def test_any_demo_can_be_had_as_text_and_in_the_other_language(own_home: Path, name: str) -> None:
    """T and back; f2 meanwhile."""
    app = demo_app(own_home, name)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await pilot.press("T")
        await settled(pilot)
        assert Words("en")(f"demo_{name}.title") in shown(app)
        assert not app.screen.query_one("#demo-picture").display
        await pilot.press("f2")
        await settled(pilot)
        assert Words("zh")(f"demo_{name}.title") in shown(app)
        assert not app.screen.query_one("#demo-picture").display
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, DemoScreen)
        assert app.screen.query_one("#demo-picture").display


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_demo_stands_in_a_page_of_its_language(name: str, language: str) -> None:
    """A fence with its name shows its title, its picture and the key; nothing is wider than the column."""
    page, faults = read_page(f"# T\n\n```demo {name}\n```\n", slug="s", language=language, file="f")
    assert faults == []
    for ascii_only in (False, True):
        rows = texts(sheet(page, 76, ascii_only))
        assert any(Words(language)(f"demo_{name}.title") in row for row in rows)
        assert any(f"d {Words(language)('prose.demo')}" in row for row in rows)
        assert max(cells(row, 2 if ascii_only else 1) for row in rows) <= 76


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_keeps_within_its_rows(name: str) -> None:
    kind = widget_of(name)
    assert kind is not None
    for glyphs in (RICH, ASCII):
        for columns, rows in ((72, kind.STILL_ROWS), (78, 19), (158, 42)):
            lines = kind.picture(kind.STATE(), columns, rows, Look(Words("en"), glyphs, "en"))
            assert len(lines) <= rows
            assert max(cells(plain(line)) for line in lines) <= columns


def test_a_page_that_names_no_demo_of_ours_says_so() -> None:
    page, _ = read_page("# T\n\n```demo marbles\nRoll them.\n```\n", slug="s", language="en", file="f")
    rows = texts(sheet(page))
    assert any("Roll them." in row for row in rows)
    assert any("no demo named marbles" in row for row in rows)
    assert widget_of("marbles") is None
