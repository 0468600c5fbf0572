"""Smoothing begins without a pull to zero, and what is broken stays visible."""

from __future__ import annotations

import math

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.reading.series import Series
from engine.reading.smoothing import smoothed, smoothed_columns


def test_the_first_value_is_itself_and_a_constant_stays_constant() -> None:
    assert smoothed([4.0], 0.9) == pytest.approx([4.0])
    assert smoothed([2.0] * 50, 0.99) == pytest.approx([2.0] * 50)


def test_two_values_are_weighted_as_the_formula_says() -> None:
    assert smoothed([1.0, 2.0], 0.5)[1] == pytest.approx((0.5 * 1 + 2) / 1.5)


def test_no_weight_smooths_nothing() -> None:
    assert smoothed([1.0, 5.0, 2.0], 0.0) == [1.0, 5.0, 2.0]


def test_what_is_not_finite_shows_where_it_is_and_leaves_no_trace() -> None:
    values = smoothed([1.0, math.nan, math.inf, 3.0], 0.5)
    assert math.isnan(values[1])
    assert math.isnan(values[2])
    assert values[3] == pytest.approx(smoothed([1.0, 3.0], 0.5)[1])


@given(
    values=st.lists(st.one_of(st.floats(-100, 100), st.sampled_from([math.nan, math.inf])), min_size=1, max_size=200),
    weight=st.sampled_from([0.0, 0.3, 0.6, 0.9, 0.99]),
    width=st.integers(1, 40),
)
def test_columns_show_the_smoothed_value_at_their_last_sample(values: list[float], weight: float, width: int) -> None:
    series = Series(values)
    columns = smoothed_columns(series, 1, len(values), width, weight)
    exact = smoothed(values, weight)
    edges = numpy.linspace(1, len(values), width + 1)
    for column in range(width):
        inside = [
            x
            for x in range(1, len(values) + 1)
            if edges[column] <= x and (x < edges[column + 1] or column == width - 1)
        ]
        expected = exact[inside[-1] - 1] if inside else math.nan
        assert columns[column] == pytest.approx(expected, abs=1e-4, nan_ok=True)


def test_a_long_memory_reaches_over_broken_samples() -> None:
    values = [1.0, *[math.nan] * 5000, 3.0]
    at_the_end = smoothed_columns(Series(values), 1, len(values), 1, 0.5)[0]
    assert at_the_end == pytest.approx(smoothed([1.0, 3.0], 0.5)[1])


def test_an_empty_series_has_empty_columns() -> None:
    assert numpy.isnan(smoothed_columns(Series(), 1, 100, 10, 0.9)).all()
