"""A curve in one line is as wide as it was asked to be and loses no spike."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.widgets.sparkline import sparkline

numbers = st.one_of(st.none(), st.floats(-1e9, 1e9), st.just(math.nan), st.just(math.inf))


@given(st.lists(numbers, max_size=200), st.integers(0, 60), st.booleans())
def test_it_is_exactly_as_wide_as_asked(values: list[float | None], width: int, ascii_only: bool) -> None:
    """A strip with a curve of another width would shift everything behind it."""
    text = sparkline(values, width, ascii_only=ascii_only)
    assert cell_len(text) == width
    assert not ascii_only or text.isascii()


def test_it_falls_from_the_top_left_to_the_bottom_right() -> None:
    """High is high and early is left."""
    assert sparkline([3, 2, 1, 0], 2) == "⠑⢄"
    assert sparkline([0, 1, 2, 3], 2) == "⡠⠊"
    assert sparkline([3, 2, 1, 0], 4, ascii_only=True) == "^-._"


def test_a_step_is_joined() -> None:
    """Neighbours that lie far apart are one line."""
    assert sparkline([0, 0, 3, 3], 2) == "⣀⠏"


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("place", [0, 499, 777, 1000])
def test_one_spike_among_a_thousand_values_shows(place: int, ascii_only: bool) -> None:
    """Whatever column it falls into."""
    flat = sparkline([0.0] * 1001, 12, ascii_only=ascii_only)
    values = [0.0] * 1001
    values[place] = 5.0
    spiked = sparkline(values, 12, ascii_only=ascii_only)
    cell = place * 12 // 1001
    assert spiked[cell] != flat[cell]


def test_what_is_no_number_is_marked_and_what_is_not_there_is_blank() -> None:
    """NaN happened; None has not happened yet."""
    assert sparkline([1.0, 1.0, math.nan, math.nan, None, None], 3) == "⣀! "
    assert sparkline([1.0, math.inf, None], 3, ascii_only=True) == "_! "


def test_a_flat_curve_lies_at_the_bottom_and_an_empty_one_is_blank() -> None:
    """Without a range there is no height."""
    assert sparkline([7.0] * 9, 3) == "⣀⣀⣀"
    assert sparkline([], 3) == "   "
