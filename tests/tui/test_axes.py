"""Axes take round steps, stay as they are while they can, and say numbers briefly."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.reading.series import Series
from tui.widgets.chart.numbers import count, exact, nice, tick
from tui.widgets.chart.scale import Scale, fitted
from tui.widgets.chart.window import Window, spanning

positive = st.floats(1e-9, 1e9)


@given(positive)
def test_a_nice_step_is_1_2_or_5_and_the_smallest_that_will_do(least: float) -> None:
    """2.3 wants 5, 0.07 wants 0.1."""
    step = nice(least)
    digit = step / 10.0 ** math.floor(math.log10(step) + 1e-9)
    assert min(abs(digit - known) for known in (1, 2, 5)) < 1e-6
    assert least * (1 - 1e-6) <= step <= least * 2.5 * (1 + 1e-6)


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (250, "250"), (1000, "1,000"), (9380, "9,380"), (25_000, "25 k"), (1e6, "1 M"), (2.5e9, "2.5 G")],
)
def test_updates_are_counted_briefly(number: float, text: str) -> None:
    """A thousand in full, a million as one."""
    assert count(number) == text


@pytest.mark.parametrize(
    ("number", "step", "text"),
    [
        (2.5, 0.5, "2.5"),
        (2, 1, "2"),
        (0.1, 0.02, "0.10"),
        (2e-6, 2e-6, "2e-6"),
        (1500, 500, "1,500"),
        (1e30, 1e29, "1e30"),
    ],
)
def test_labels_have_as_many_decimals_as_their_step(number: float, step: float, text: str) -> None:
    """Labels of one axis line up."""
    assert tick(number, step) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (2.302585, "2.303"),
        (0.0120444, "0.01204"),
        (1.2e-5, "1.2e-5"),
        (math.nan, "nan"),
        (1234.5678, "1,235"),
        (0, "0"),
    ],
)
def test_exact_values_have_four_digits(number: float, text: str) -> None:
    """As many as anybody compares."""
    assert exact(number) == text


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.booleans())
def test_a_range_holds_its_samples_and_its_ends_are_round(one: float, other: float, zero: bool) -> None:
    """Nothing is drawn outside of the chart."""
    low, high = sorted((one, other))
    assume(high - low > 1e-3)
    scale = fitted(None, low, high, log=False, zero=zero)
    heights = scale.heights(np.array([low, high]))
    assert heights.clip(0, 1) == pytest.approx(heights, abs=1e-8)  # less than a dot
    if zero:
        assert scale.low <= 0 <= scale.high
    assert len(scale.ticks(15)) >= 2


@given(st.lists(st.floats(0, 2.6), min_size=2, max_size=60))
def test_a_growing_curve_moves_its_range_a_few_times_and_not_with_every_sample(values: list[float]) -> None:
    """Each move repaints the whole chart."""
    scale: Scale | None = None
    moves = 0
    for end in range(1, len(values) + 1):
        after = fitted(scale, min(values[:end]), max(values[:end]), log=False, zero=True)
        assert after.low <= min(values[:end])
        assert after.high >= max(values[:end]) - 1e-9
        moves += after != scale and scale is not None and max(values[:end]) > 0.01
        scale = after
    assert moves <= 12


def test_a_range_stays_while_it_will_do_and_shrinks_when_it_is_mostly_empty() -> None:
    """Hysteresis: a little less is no reason to repaint everything."""
    scale = fitted(None, 0.1, 2.4, log=False, zero=True)
    assert fitted(scale, 0.1, 1.4, log=False, zero=True) is scale
    assert fitted(scale, 0.1, 0.4, log=False, zero=True).high < 1


@given(st.floats(1e-6, 1e3), st.floats(1.0, 1e6))
def test_a_logarithmic_range_holds_its_samples(low: float, ratio: float) -> None:
    """Its ends are 1, 2 or 5 times a power of ten."""
    scale = fitted(None, low, low * ratio, log=True, zero=True)
    assert scale.low <= low * (1 + 1e-6)
    assert scale.high >= low * ratio * (1 - 1e-6)
    ticks = [value for value, _ in scale.ticks(15)]
    assert ticks == sorted(ticks)
    assert all(scale.low * 0.999 <= value <= scale.high * 1.001 for value in ticks)


def test_heights_of_what_has_no_logarithm_lie_below_everything() -> None:
    """Zero and negative samples are marked at the bottom, NaN stays empty."""
    heights = Scale(0.01, 1, log=True).heights(np.array([0.1, 0.0, -3.0, np.nan]))
    assert heights[0] == pytest.approx(0.5)
    assert heights[1:3].tolist() == [-math.inf, -math.inf]
    assert math.isnan(heights[3])


windows = st.builds(lambda first, width: Window(first, first + width), st.integers(0, 1000), st.integers(8, 5000))


@given(windows, st.integers(20, 400), st.floats(0, 1))
def test_every_x_stands_in_the_column_that_the_series_counts_it_in(window: Window, columns: int, share: float) -> None:
    """Cursor and curve must agree, or exact values would belong to a neighbour."""
    x = round(window.first + share * window.width)
    lows, _, _ = Series([1.0], first=x).columns(window.first, window.last, columns)
    assert np.flatnonzero(~np.isnan(lows)).tolist() == [window.column(x, columns)]


@given(windows, st.integers(20, 400), st.floats(0, 0.999))
def test_the_first_x_of_a_column_stands_in_it_or_in_the_next_that_has_one(
    window: Window, columns: int, share: float
) -> None:
    """A cursor that moves by columns lands on updates."""
    column = int(share * columns)
    x = window.start(column, columns)
    assert x == int(x)
    assert window.column(x, columns) >= column
    assert x - 1 < window.first or window.column(x - 1, columns) < column


@given(windows, st.floats(0, 1), st.sampled_from([0.5, 2.0]))
def test_zooming_stays_within_the_whole_and_keeps_what_it_goes_around(
    whole: Window, share: float, factor: float
) -> None:
    """A place does not run away from whoever looks closer."""
    middle = Window(whole.first + whole.width // 4, whole.last - whole.width // 4)
    around = middle.first + share * middle.width
    zoomed = middle.zoomed(around, factor, whole)
    assert whole.first <= zoomed.first < zoomed.last <= whole.last
    assert zoomed.first - 1 <= around <= zoomed.last + 1


def test_the_axis_spans_what_is_planned_and_grows_in_steps_without_a_plan() -> None:
    """Only new columns change."""
    assert spanning(620, 1250) == Window(0, 1250)
    assert spanning(620, None) == Window(0, 1000)
    assert spanning(1001, None) == Window(0, 2000)
    assert spanning(0, None).width > 0
