"""What a chart draws: lines, each with the source of its samples."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

import msgspec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Counts = NDArray[np.int64]

Shape = Literal["band", "line", "dotted"]
"""A band lies behind everything and gives way; lines join where they meet; dotted is for what is over."""


class Columns(Protocol):
    """Samples by x, summed up by column for whoever draws them.

    Column i of `width` holds the samples with floor((x - first) * width / (last - first)) == i;
    a sample at `last` belongs to the last column.
    """

    def columns(self, first: float, last: float, width: int) -> tuple[Floats, Floats, Counts]:
        """Return each column's lowest and highest finite sample and its number of non-finite ones.

        A column without finite samples has NaN twice. No extreme may be lost.
        """
        ...

    def at(self, x: float) -> float | None:
        """Return the sample at exactly `x`, or None."""
        ...

    def span(self) -> tuple[float, float] | None:
        """Return the first and the last x, or None while there is no sample."""
        ...


@runtime_checkable
class Sparse(Columns, Protocol):
    """Few samples, far apart: the line between two of them is drawn even where neither is in sight."""

    def points(self) -> tuple[Floats, Floats]:
        """Return all x, rising, and their values."""
        ...


class Points(msgspec.Struct, frozen=True, eq=False):
    """Few samples, such as one an epoch; `xs` rises."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]

    def columns(self, first: float, last: float, width: int) -> tuple[Floats, Floats, Counts]:
        """Return lows, highs and the number of non-finite samples of each column."""
        import numpy as np

        xs, ys = self.points()
        inside = (xs >= first) & (xs <= last)
        xs, ys = xs[inside], ys[inside]
        places = ((xs - first) * (width / (last - first))).astype(np.int64).clip(0, width - 1)
        finite = np.isfinite(ys)
        lows, highs = np.full(width, np.inf), np.full(width, -np.inf)
        np.minimum.at(lows, places[finite], ys[finite])
        np.maximum.at(highs, places[finite], ys[finite])
        empty = lows > highs
        lows[empty] = highs[empty] = np.nan
        return lows, highs, np.bincount(places[~finite], minlength=width)

    def points(self) -> tuple[Floats, Floats]:
        """Return all x and all values."""
        import numpy as np

        return np.asarray(self.xs, np.float64), np.asarray(self.ys, np.float64)

    def at(self, x: float) -> float | None:
        """Return the sample at exactly `x`, or None."""
        place = bisect_right(self.xs, x) - 1
        return self.ys[place] if place >= 0 and self.xs[place] == x else None

    def span(self) -> tuple[float, float] | None:
        """Return the first and the last x, or None while there is no sample."""
        return (self.xs[0], self.xs[-1]) if self.xs else None


class ChartLine(msgspec.Struct, frozen=True, eq=False):
    """A line of a chart; lines are painted in their order, bands before all others."""

    name: str
    """In the learner's language."""
    style: str
    """Names the component class: "train" is drawn as `chart--train`."""
    source: Columns
    shape: Shape = "line"
    mark: str = ""
    """A character of one cell on every point, for sparse lines."""
    tag: str = ""
    """A character of one cell behind the last point: tells runs apart without colour."""


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
