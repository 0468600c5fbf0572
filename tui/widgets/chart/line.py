"""What a chart draws: lines, each with the source of its samples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

import msgspec

from engine.reading.points import PointSeries

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Counts = NDArray[np.intp]

Shape = Literal["band", "line", "dotted"]
"""A band lies behind everything and gives way; lines join where they meet; dotted is for what is over."""


class Columns(Protocol):
    """Samples by x, summed up by column for whoever draws them."""

    def columns(self, first: float, last: float, width: int) -> tuple[Floats, Floats, Counts]:
        """Return each column's lowest and highest finite sample and its number of non-finite ones.

        Column i of `width` holds the samples with floor((x - first) * width / (last - first)) == i; a sample
        at `last` belongs to the last column. A column without finite samples has NaN twice.
        """
        ...


class Dense(Columns, Protocol):
    """A sample at every whole x from `first` to `last`; none where `last` is the smaller one."""

    @property
    def first(self) -> int: ...

    @property
    def last(self) -> int: ...

    def at(self, x: float) -> float | None:
        """Return the sample at an x between `first` and `last`."""
        ...


Source = Dense | PointSeries
"""engine.reading's Series is dense. Between two points of a PointSeries the way is drawn, wherever they are."""


class ChartLine(msgspec.Struct, frozen=True, eq=False):
    """A line of a chart; of two like ones the later lies on top. Bands lie lowest, dense lines highest."""

    name: str
    """In the learner's language."""
    style: str
    """Names the component class: "train" is drawn as `chart--train`."""
    source: Source
    shape: Shape = "line"
    mark: str = ""
    """A character of one cell on every point, for sparse lines."""
    tag: str = ""
    """A character of one cell behind the last point: tells runs apart without colour."""
    reference: bool = False
    """No news of a run but something to compare it with, a level or a plan; its name stands at its right end."""


class Reading(msgspec.Struct, frozen=True):
    """What a line says at the cursor."""

    name: str
    style: str
    x: float
    """Where `value` was measured: the cursor's x or, on a sparse line, the last point before it."""
    value: float | None
    """None where there is no sample."""
    low: float | None
    """Lowest and highest finite sample within the cursor's column of dots."""
    high: float | None
    nonfinite: int
    """Samples in that column that are no numbers."""


def span(source: Source) -> tuple[float, float] | None:
    """Return the first and the last x, or None while there is no sample."""
    if isinstance(source, PointSeries):
        return (source.xs[0], source.xs[-1]) if source.xs else None
    return (source.first, source.last) if source.last >= source.first else None


def value_at(source: Source, x: float) -> tuple[float, float] | None:
    """Return where `x` was measured, and the sample: on a sparse line the last one up to `x`."""
    if isinstance(source, PointSeries):
        before = [place for place, known in enumerate(source.xs) if known <= x]
        return (source.xs[before[-1]], source.ys[before[-1]]) if before else None
    if not source.first <= x <= source.last:
        return None
    value = source.at(x)
    return None if value is None else (x, value)
