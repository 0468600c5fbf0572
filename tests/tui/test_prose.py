"""A page is turned leaf by leaf, and its place outlives a change of width and of language."""

from __future__ import annotations

import sys

import pytest

from tests.terminal import Terminal
from tests.tui.prose_reader import Reader, page, real, sheet, speak


async def test_space_turns_to_the_first_block_that_was_cut_off() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        seen = app.grid()
        await pilot.press("space")
        top = app.grid()
        assert top[0] == ""
        assert top[1] == seen[app.prose._sheet.next_top(0, len(seen)) + 1]
        await pilot.press("b")
        assert app.grid() == seen


async def test_a_page_is_left_at_its_end_and_begun_at_its_start() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end")
        assert app.prose.scroll_offset.y == app.prose.max_scroll_y
        assert any("A book." in row for row in app.grid())
        await pilot.press("home", "j", "j", "k")
        assert app.prose.scroll_offset.y == 1


async def test_the_place_and_the_anchor_are_told() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.prose.scroll_to_anchor("second")
        await pilot.pause()
        assert app.grid()[1].strip() == "Second things"
        assert app.told.anchor == "second"
        assert app.told.seen == app.prose.seen
        assert not app.prose.scroll_to_anchor("nowhere")


async def test_the_place_outlives_every_width() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        app.prose.scroll_to_anchor("second")
        await pilot.press("j", "j", "j", "j", "j")
        before, row = app.prose.place(), app.prose.scroll_offset.y
        for width in (120, 64, 100, 80):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            assert app.prose.place() == before
            assert app.prose._sheet.block_at(app.prose.scroll_offset.y) == before.block
        assert app.prose.scroll_offset.y == row


async def test_the_end_of_a_narrow_page_is_found_again_after_a_wide_one_that_stops_before_it() -> None:
    app = Reader(page())
    async with app.run_test(size=(50, 24)) as pilot:
        await pilot.press("end")
        row = app.prose.scroll_offset.y
        for width in (120, 50):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
        assert app.prose.scroll_offset.y == row


async def test_a_change_of_language_keeps_the_block_at_the_top() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        app.prose.scroll_to_anchor("second")
        await pilot.pause()
        block = app.prose.place().block
        await speak(pilot, app, "zh")
        assert app.grid()[1].strip() == "接下来"
        assert app.prose.place().block == block
        await speak(pilot, app, "en")
        assert app.grid()[1].strip() == "Second things"


async def test_a_kept_place_is_found_again_and_another_page_begins_at_its_top() -> None:
    place = sheet(page()).place(60)
    app = Reader(page(), place)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.prose.scroll_offset.y == 60
        app.prose.page = real("losses", "en")
        await pilot.pause()
        assert app.prose.scroll_offset.y == 0


PROGRAM = """
import sys
from tests.tui.prose_reader import Reader, real
class Counting(Reader):
    turns = 0
    def on_prose_place_changed(self, message):
        self.turns += 1
        self.query_one("#other").label = f"told {self.turns}"
Counting(real(sys.argv[1], sys.argv[2])).run()
"""


@pytest.mark.pty
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_turned_leaf_writes_at_most_eight_kibibytes(language: str) -> None:
    with Terminal([sys.executable, "-c", PROGRAM, "mlp", language]) as terminal:
        terminal.until("told 1")
        terminal.settle()
        for turn in range(2, 12):
            before = terminal.written
            terminal.press(" ")
            terminal.until(f"told {turn}")
            terminal.settle()
            assert terminal.written - before <= 8192, turn
