"""Rows of what was found: made when they are seen, and only what changed of them is written to the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pytest
from textual.content import Content
from textual.pilot import Pilot

from tests.tui.board_app import WritingApp
from tui.widgets.captioned import Captioned
from tui.widgets.found_rows import FoundRow, FoundRows
from tui.widgets.text_line import TextLine

SIZE = (40, 6)


class Made:
    """Makes rows, and remembers which."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def rows(self, *names: str, height: int = 1) -> list[FoundRow]:
        """Return a row for each name."""
        return [FoundRow(height, partial(self._lines, name, height)) for name in names]

    def _lines(self, name: str, height: int, width: int) -> Sequence[Content]:
        self.names.append(name)
        return [Content(f"{name} in {width}"), *(Content(f"  more {at}") for at in range(1, height))]


async def put(pilot: Pilot[None], rows: Sequence[FoundRow], instead: str = "") -> str:
    """Show rows and return what was written for them."""
    assert isinstance(pilot.app, WritingApp)
    await pilot.pause()
    pilot.app.written()
    pilot.app.query_one(FoundRows).put(rows, instead)
    await pilot.pause()
    return pilot.app.written()


def shown(app: WritingApp) -> list[str]:
    """Return the rows of the screen."""
    return ["".join(segment.text for segment in strip).rstrip() for strip in app.screen._compositor.render_strips()]


async def test_only_rows_that_are_seen_are_made() -> None:
    made = Made()
    app = WritingApp(FoundRows())
    async with app.run_test(headless=False, size=SIZE) as pilot:
        await put(pilot, made.rows(*(f"row {n}" for n in range(500))))
        assert set(made.names) == {f"row {n}" for n in range(SIZE[1])}
        assert shown(app)[0] == "row 0 in 39"


async def test_what_is_equal_is_not_written_again() -> None:
    made = Made()
    app = WritingApp(FoundRows())
    async with app.run_test(headless=False, size=SIZE) as pilot:
        await put(pilot, made.rows("one", "two", "three"))
        assert await put(pilot, made.rows("one", "two", "three")) == ""
        written = await put(pilot, made.rows("one", "ten", "three"))
        assert "en" in written
        assert "three" not in written
        assert len(written) < 80
        assert shown(app)[:3] == ["one in 39", "ten in 39", "three in 39"]


async def test_a_sentence_stands_where_nothing_is() -> None:
    made = Made()
    app = WritingApp(FoundRows())
    async with app.run_test(headless=False, size=SIZE) as pilot:
        await put(pilot, made.rows("one", "two"))
        await put(pilot, (), "nothing fits")
        assert shown(app) == ["nothing fits", "", "", "", "", ""]
        assert app.query_one(FoundRows).marked is None
        await put(pilot, made.rows("one"))
        assert shown(app)[0] == "one in 39"
        assert app.query_one(FoundRows).marked == 0


async def test_the_mark_is_scrolled_to_and_other_rows_begin_above() -> None:
    made = Made()
    app = WritingApp(FoundRows())
    async with app.run_test(headless=False, size=SIZE) as pilot:
        await put(pilot, made.rows(*"abcdefgh", height=2))
        rows = app.query_one(FoundRows)
        rows.marked = 5
        await pilot.pause()
        assert [line.split(" in")[0] for line in shown(app)[::2]] == ["d", "e", "f"]
        assert rows.vertical_scrollbar.position == 6
        await put(pilot, made.rows("i", "j", "k"))
        assert [line.split(" in")[0] for line in shown(app)] == ["i", "j", "k", "", "", ""]
        assert not rows.show_vertical_scrollbar


@pytest.mark.parametrize("scrolled", [0, 4])
async def test_a_click_chooses_the_row_under_it(scrolled: int) -> None:
    made = Made()
    chosen: list[int] = []

    class Choosing(FoundRows):
        def on_found_rows_chosen(self, event: FoundRows.Chosen) -> None:
            chosen.append(event.at)

    app = WritingApp(Choosing())
    async with app.run_test(headless=False, size=SIZE) as pilot:
        await put(pilot, made.rows(*"abcdefgh", height=2))
        rows = app.query_one(FoundRows)
        rows.scroll_to(y=scrolled, animate=False)
        await pilot.pause()
        await pilot.hover(offset=(3, 3))
        assert rows.under == 1 + scrolled // 2
        await pilot.click(offset=(3, 3))
        assert chosen == [1 + scrolled // 2]
        await put(pilot, made.rows("a"))
        await pilot.click(offset=(3, 3))
        assert len(chosen) == 1


async def test_another_width_and_other_colours_make_the_rows_anew() -> None:
    made = Made()
    app = WritingApp(FoundRows())
    async with app.run_test(headless=False, size=SIZE) as pilot:
        await put(pilot, made.rows("one", "two"))
        await pilot.resize_terminal(60, 8)
        await pilot.pause()
        assert shown(app)[1] == "two in 59"
        before = app.query_one(FoundRows).render_line(0)
        app.theme = "textual-light"
        await pilot.pause()
        assert app.query_one(FoundRows).render_line(0) != before
        await put(pilot, made.rows("one", "ten"))
        assert shown(app)[:2] == ["one in 59", "ten in 59"]


async def test_a_caption_is_written_without_what_is_in_the_frame() -> None:
    frame = Captioned(TextLine(placeholder="what stands inside"))
    frame.styles.border = ("round", "white")
    frame.styles.padding = (0, 1)
    app = WritingApp(frame)
    async with app.run_test(headless=False, size=(40, 8)) as pilot:
        await pilot.pause()
        for caption, end in (("12 found", "─ 12 found ─╯"), ("3 found", "── 3 found ─╯"), ("", "─────────────╯")):
            app.written()
            frame.say(caption)
            await pilot.pause()
            assert shown(app)[-1].endswith(end)
            assert 0 < len(app.written()) < 80
            frame.say(caption)
            await pilot.pause()
            assert app.written() == ""
