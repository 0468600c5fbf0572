"""Dots become braille, cells become strips, and only what differs is a change."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from tui.widgets.canvas.dots import BRAILLE, Canvas, connected, packed
from tui.widgets.canvas.grid import Grid, Palette

RED, BLUE = Style(color="red"), Style(color="blue")
PALETTE = Palette([Style(), RED, BLUE, Style(bgcolor="blue")])
DOTS = ((0, 0, 1), (1, 0, 2), (2, 0, 4), (0, 1, 8), (1, 1, 16), (2, 1, 32), (3, 0, 64), (3, 1, 128))
"""Row, column and bit of each dot, in the order of Unicode."""


@pytest.mark.parametrize(("row", "column", "bit"), DOTS)
def test_each_dot_is_the_one_that_unicode_means(row: int, column: int, bit: int) -> None:
    """Dots 7 and 8 came late and broke the order."""
    dots = np.zeros((4, 2), bool)
    dots[row, column] = True
    assert packed(dots).tolist() == [[bit]]


@given(st.lists(st.booleans(), min_size=48, max_size=48))
def test_packing_loses_no_dot(flags: list[bool]) -> None:
    """As many bits as there were dots."""
    cells = packed(np.array(flags).reshape(8, 6))
    assert cells.shape == (2, 3)
    assert sum(int(cell).bit_count() for cell in cells.ravel()) == sum(flags)


def test_a_line_falls_without_a_gap() -> None:
    """Between neighbours that lie far apart the line is drawn out to their middle."""
    nothing = np.zeros(3, bool)
    tops, bottoms = connected(np.array([0.0, 9.0, 9.0]), np.array([0.0, 9.0, 9.0]), nothing)
    assert (tops[0], bottoms[0]) == (0, 4)
    assert (tops[1], bottoms[1]) == (5, 9)
    tops, bottoms = connected(np.array([9.0, 0.0]), np.array([9.0, 0.0]), nothing[:2])
    assert bottoms[1] + 1 >= tops[0]


def test_empty_columns_between_samples_are_crossed_straight_and_those_outside_stay_empty() -> None:
    """A young series has fewer samples than the chart has columns."""
    places = np.array([np.nan, 0.0, np.nan, np.nan, 3.0, np.nan])
    tops, bottoms = connected(places, places, np.zeros(6, bool))
    assert np.isnan(tops[[0, 5]]).all()
    assert tops[1:5].tolist() == [0, 1, 2, 3]
    assert bottoms[1:5].tolist() == [0, 1, 2, 3]


def test_a_line_does_not_cross_what_is_no_number() -> None:
    """Whoever sees a line believes that there were values."""
    places = np.array([1.0, np.nan, np.nan, 1.0])
    tops, _ = connected(places, places, np.array([False, True, False, False]))
    assert np.isnan(tops[1:3]).all()


def test_lines_that_share_a_cell_add_their_dots_and_a_band_gives_way() -> None:
    """A crossing looks like one, while a stroke stands clear of the band behind it."""
    canvas = Canvas(1, 1)
    canvas.paint(np.array([0.0, 0.0]), np.array([3.0, 3.0]), 1, joins=False)
    assert canvas.bits.tolist() == [[255]]
    canvas.paint(np.array([0.0, 0.0]), np.array([0.0, 0.0]), 2, joins=True)
    assert canvas.bits.tolist() == [[0x01 | 0x08]]
    canvas.paint(np.array([3.0, 3.0]), np.array([3.0, 3.0]), 3, joins=True)
    assert canvas.bits.tolist() == [[0x01 | 0x08 | 0x40 | 0x80]]
    assert canvas.styles.tolist() == [[3]]


def test_heights_are_rows_of_dots_from_the_top_and_stay_on_the_canvas() -> None:
    """What lies outside of the range is drawn at its edge."""
    canvas = Canvas(1, 2)
    assert canvas.levels(np.array([1.0, 0.0, 7.0, -np.inf])).tolist() == [0, 7, 0, 7]


def test_a_row_is_as_wide_as_its_grid_whatever_is_written() -> None:
    """Chinese takes two cells a letter, and none is cut in half."""
    grid = Grid(7, 1)
    grid.write(0, 0, "损失曲线", 1)
    strip = grid.strip(0, PALETTE)
    assert strip.text == "损失曲 "
    assert cell_len(strip.text) == strip.cell_length == 7


def test_blanks_between_two_words_of_a_style_make_no_new_segment() -> None:
    """A change of style costs a terminal more than a word."""
    grid = Grid(9, 1)
    grid.write(0, 0, "ab", 1)
    grid.write(5, 0, "cd", 1)
    assert [(text, style) for text, style, _ in grid.strip(0, PALETTE)] == [("ab   cd  ", RED)]


def test_a_blank_does_not_take_a_ground_that_is_seen() -> None:
    """A coloured cell ends where it ends."""
    grid = Grid(3, 1)
    grid.write(0, 0, " ", 3)
    assert [text for text, _, _ in grid.strip(0, PALETTE)] == [" ", "  "]


def test_equal_grids_have_no_changes_and_one_cell_is_one_span() -> None:
    """What did not change costs nothing."""
    before, after = Grid(40, 3), Grid(40, 3)
    assert after.changes(before) == []
    after.write(20, 1, "x", 1)
    assert after.changes(before) == [(20, 1, 1, 1)]


def test_a_change_of_style_alone_is_a_change() -> None:
    """The same letter in another colour is another cell."""
    before, after = Grid(4, 1), Grid(4, 1)
    before.write(1, 0, "x", 1)
    after.write(1, 0, "x", 2)
    assert after.changes(before) == [(1, 0, 1, 1)]


def test_changes_far_apart_are_spans_of_their_own_and_near_ones_are_joined() -> None:
    """A jump of the terminal's cursor costs about as much as six cells."""
    before, after = Grid(60, 1), Grid(60, 1)
    for column in (3, 6, 40):
        after.write(column, 0, "x", 1)
    assert after.changes(before) == [(3, 0, 4, 1), (40, 0, 1, 1)]


def test_a_span_never_cuts_a_wide_letter_old_or_new() -> None:
    """Half a letter would shift the rest of the row."""
    before, after = Grid(10, 1), Grid(10, 1)
    before.write(2, 0, "损", 1)
    after.write(3, 0, "x", 1)
    (region,) = after.changes(before)
    assert (region.x, region.right) == (2, 4)
    before.write(2, 0, "损", 1)
    (region,) = before.changes(after)
    assert (region.x, region.right) == (2, 4)
    after.write(2, 0, "失", 1)
    (region,) = after.changes(before)
    assert (region.x, region.right) == (2, 4)


def test_braille_is_one_cell_wide() -> None:
    """The whole design stands on it."""
    assert all(cell_len(chr(BRAILLE + byte)) == 1 for byte in range(256))
