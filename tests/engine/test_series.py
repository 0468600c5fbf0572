"""A series never changes, shares its memory, and loses no extreme on the way to a chart."""

from __future__ import annotations

import math
import subprocess
import sys

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.reading.points import PointSeries
from engine.reading.series import Series

numbers = st.floats(allow_nan=True, allow_infinity=True, width=64)


def test_extending_leaves_the_older_value_as_it_was() -> None:
    short = Series([1.0, 2.0])
    long = short.extend([3.0])
    assert list(short) == [1.0, 2.0]
    assert list(long) == [1.0, 2.0, 3.0]
    assert long.first == 1
    assert long.last == 3


def test_two_heirs_of_one_series_do_not_write_into_each_other() -> None:
    root = Series([1.0])
    one, two = root.extend([2.0]), root.extend([3.0])
    assert list(one) == [1.0, 2.0]
    assert list(two) == [1.0, 3.0]


def test_a_cut_series_grows_anew_and_the_longer_one_keeps_its_tail() -> None:
    long = Series([1.0, 2.0, 3.0])
    again = long.cut(1).extend([9.0])
    assert list(again) == [1.0, 9.0]
    assert list(long) == [1.0, 2.0, 3.0]
    tail = long.tail(1)
    assert list(tail) == [2.0, 3.0]
    assert tail.first == 2


def test_a_series_grows_while_somebody_looks_at_its_memory() -> None:
    series = Series([1.0, 2.0])
    view = series.values()
    longer = series.extend([3.0]).extend([4.0])
    assert list(longer) == [1.0, 2.0, 3.0, 4.0]
    assert view.tolist() == [1.0, 2.0]
    with pytest.raises(ValueError, match="read-only"):
        view[0] = 5.0


def test_growing_in_place_takes_no_copy() -> None:
    series = Series([1.0])
    assert series.extend([2.0])._buffer is series._buffer


def test_samples_are_read_by_index_and_by_x() -> None:
    series = Series([5.0, 6.0, 7.0], first=10)
    assert (series[0], series[-1]) == (5.0, 7.0)
    assert (series.at(11), series.at(11.4), series.at(-3), series.at(99)) == (6.0, 6.0, 5.0, 7.0)
    assert Series().at(1) is None
    with pytest.raises(IndexError):
        series[3]
    assert list(series.newest(2)) == [6.0, 7.0]
    assert list(series.newest(9)) == [5.0, 6.0, 7.0]


def test_single_precision_halves_the_memory() -> None:
    assert Series([0.1], single=True)[0] == pytest.approx(0.1, rel=1e-7)
    assert Series([0.1], single=True).values().itemsize == 4


def test_one_spike_among_a_million_shows_in_its_column() -> None:
    series = Series(numpy.full(1_000_000, 0.5)).cut(700_000).extend([9.0]).extend(numpy.full(299_999, 0.5))
    columns = series.columns(1, 1_000_000, 160)
    assert columns.highs.max() == 9.0
    assert int(columns.highs.argmax()) == 700_000 * 160 // 1_000_000
    assert (columns.highs == 9.0).sum() == 1
    assert columns.lows.min() == columns.lows.max() == 0.5


@given(
    values=st.lists(numbers, max_size=80),
    first=st.floats(-20, 100),
    span=st.floats(0, 120),
    width=st.integers(1, 30),
)
def test_columns_are_those_of_a_plain_loop(values: list[float], first: float, span: float, width: int) -> None:
    series = Series(values, first=3)
    last = first + span
    columns = series.columns(first, last, width)
    edges = numpy.linspace(first, last, width + 1)
    for column in range(width):
        inside = [
            value
            for x, value in enumerate(values, 3)
            if edges[column] <= x and (x < edges[column + 1] or (column == width - 1 and x <= last))
        ]
        finite = [value for value in inside if math.isfinite(value)]
        assert columns.odd[column] == len(inside) - len(finite)
        if finite:
            assert (columns.lows[column], columns.highs[column]) == (min(finite), max(finite))
        else:
            assert math.isnan(columns.lows[column])
            assert math.isnan(columns.highs[column])


@given(st.lists(numbers, min_size=1, max_size=50), st.integers(0, 50))
def test_the_first_sample_that_is_not_finite_is_known(values: list[float], cut: int) -> None:
    series = Series()
    for value in values:
        series = series.extend([value])
    odd = [x for x, value in enumerate(values[:cut], 1) if not math.isfinite(value)]
    assert series.cut(cut).first_odd == (odd[0] if odd else None)
    assert series.cut(cut).finite == (not odd)
    assert series.cut(cut).extend([1.0]).first_odd == (odd[0] if odd else None)


@given(st.lists(numbers, max_size=400), st.integers(1, 40), st.integers(0, 500), st.integers(0, 400))
def test_a_coarse_cell_is_the_middle_of_its_extremes(
    values: list[float], width: int, planned: int, before: int
) -> None:
    series = Series(values[:before])
    series.coarse(width)
    series = series.extend(values[before:])
    cells = series.coarse(width, planned)
    assert len(cells) == width
    total = max(planned, len(values))
    for cell, value in enumerate(cells):
        start = cell * total // width
        stop = start + 1 if total < width else (cell + 1) * total // width
        finite = [number for number in values[start:stop] if math.isfinite(number)]
        assert value == (min(finite) / 2 + max(finite) / 2 if finite else None)
    finite = [number for number in values if math.isfinite(number)]
    assert not finite or series.extremes() == (min(finite), max(finite))


def test_points_stand_at_places_of_their_own() -> None:
    points = PointSeries((0.0, 125.0, 250.0), (2.3, math.nan, 0.5))
    columns = points.columns(0, 250, 4)
    assert columns.highs[0] == 2.3
    assert columns.odd.tolist() == [0, 0, 1, 0]
    assert columns.highs[3] == 0.5
    assert (points.at(240), len(points), points.finite) == (0.5, 3, False)
    assert PointSeries().at(0) is None
    assert numpy.isnan(PointSeries().columns(0, 1, 3).lows).all()


def test_following_and_the_one_line_curve_load_no_numpy() -> None:
    script = (
        "import sys, engine.reading.follow, engine.reading.summary, engine.reading.diagnosis;"
        "import engine.reading.smoothing, engine.runs.launch, engine.runs.store;"
        "from engine.reading.series import Series; Series([1.0] * 200).coarse(9);"
        "print({'numpy', 'torch'} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"
