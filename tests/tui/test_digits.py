"""Digits are large enough to read, in half blocks or in signs."""

from __future__ import annotations

import numpy as np
import pytest
from rich.cells import cell_len
from textual.color import Color

from tests.tui.board_app import BoardApp, rows, settled
from tui.glyphs import ASCII
from tui.widgets.digits import Digit, Digits
from tui.words import Words


def one() -> np.ndarray:
    """Return an upright stroke, rows 6 to 21 and columns 13 and 14."""
    pixels = np.zeros((28, 28), np.uint8)
    pixels[6:22, 13:15] = 255
    return pixels


def digits(count: int) -> list[Digit]:
    return [Digit(one(), f"{number}: a 1, read as 7 (.98)") for number in range(count)]


async def test_a_digit_is_28_cells_wide_and_14_high_with_every_pixel_in_place() -> None:
    """Two pixels above each other are one cell."""
    widget = Digits(Words(), digits=digits(1))
    async with BoardApp(widget).run_test(size=(60, 20)):
        paper, ink = widget.colours()[0], widget.colours()[-1]
        for y in range(14):
            x = 0
            for text, style, _ in widget.render_line(y):
                for sign in text:
                    if x < 28 and style and style.color and style.bgcolor:
                        lower = Color.from_rich_color(style.bgcolor)
                        upper = lower if sign == " " else Color.from_rich_color(style.color)
                        inside = 13 <= x <= 14
                        assert (upper == ink) == (inside and 6 <= 2 * y < 22)
                        assert (lower == ink) == (inside and 6 <= 2 * y + 1 < 22)
                    x += 1
        assert rows(widget)[14].startswith("0: a 1, read as 7 (.98)")
        assert paper != ink


@pytest.mark.parametrize(
    ("size", "side", "page"),
    [((120, 40), 28, 8), ((60, 18), 28, 2), ((60, 14), 24, 2), ((60, 10), 14, 3), ((30, 5), 14, 0)],
)
async def test_as_many_as_there_is_room_for_and_the_margin_is_cut_before_the_digit(
    size: tuple[int, int], side: int, page: int
) -> None:
    """Twelve rows still show a whole digit, which keeps to the middle 20 pixels."""
    widget = Digits(Words(), digits=digits(20))
    async with BoardApp(widget).run_test(size=size):
        tiling = widget.tiling(size[0], size[1] - 1)
        assert (tiling.side, tiling.count) == (side, page)
        levels = widget.levels(0, side)
        assert levels.shape == (side, side)
        assert levels.max() > 0
        assert [cell_len(row) for row in rows(widget)] == [size[0]] * size[1]
        assert "0: a 1" in " ".join(rows(widget))


async def test_keys_turn_pages_and_stop_at_the_ends() -> None:
    """The foot says which digits are in sight."""
    widget = Digits(Words(), digits=digits(5))
    async with BoardApp(widget).run_test(size=(60, 17)) as pilot:
        await pilot.press("tab")
        assert "1 to 2 of 5" in " ".join(rows(widget))
        await pilot.press("right", "right", "right", "right")
        await settled(pilot)
        assert widget.page == 2
        assert "5 to 5 of 5" in " ".join(rows(widget))
        assert "4: a 1" in " ".join(rows(widget))
        await pilot.press("home")
        assert widget.page == 0
        widget.page = 2
        widget.digits = tuple(digits(1))
        await settled(pilot)
        assert "0: a 1" in " ".join(rows(widget))


async def test_in_ascii_a_digit_is_still_a_digit() -> None:
    """Where half blocks would be two cells wide."""
    widget = Digits(Words(), ASCII, digits=digits(1))
    async with BoardApp(widget).run_test(size=(40, 17)):
        shown = rows(widget)
        assert all(row.isascii() for row in shown)
        assert [row.strip() for row in shown[3:11]] == ["@@"] * 8
        assert not any(row.strip() for row in (*shown[:3], *shown[11:14]))


async def test_pictures_of_another_shape_are_drawn_as_far_as_they_go() -> None:
    """A file of arrays may be torn or foreign."""
    odd = [Digit(np.full((5, 40), 255), "wide"), Digit([[255]], "one dot"), Digit(np.zeros((0, 0)), "none")]
    widget = Digits(Words(), digits=odd)
    async with BoardApp(widget).run_test(size=(100, 17)):
        assert {"wide", "one", "dot", "none"} <= set(" ".join(rows(widget)).split())


async def test_a_theme_changes_ink_and_paper() -> None:
    """Ink is dark on light paper and light on dark paper."""
    widget = Digits(Words(), digits=digits(1))
    app = BoardApp(widget)
    async with app.run_test(size=(60, 20)) as pilot:
        paper, ink = (widget.colours()[at].brightness for at in (0, -1))
        assert ink > paper
        app.theme = "learncurve-light"
        await settled(pilot)
        paper, ink = (widget.colours()[at].brightness for at in (0, -1))
        assert ink < paper


def test_text_is_the_captions() -> None:
    """And a sentence where nothing was misread."""
    assert Digits(Words(), digits=digits(2)).describe().split("\n")[1].startswith("1: a 1")
    assert Digits(Words("zh")).describe() == Words("zh")("digits.none")
