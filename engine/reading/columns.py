"""Lowest and highest sample in each column of a chart: every extreme is kept, nothing is sampled.

numpy is imported inside the functions: whoever only follows runs does not pay for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Columns(NamedTuple):
    """Extremes by column, left to right; column k holds first + k * span / width <= x < the next one's start.

    Attributes:
        lows, highs: Over the finite samples; NaN where a column has none.
        odd: Number of NaN and infinite samples.
    """

    lows: NDArray[np.float64]
    highs: NDArray[np.float64]
    odd: NDArray[np.intp]


def dense_columns(
    values: NDArray[np.floating], start: float, first: float, last: float, width: int, *, odd: int = 1
) -> Columns:
    """Return the columns of samples at x = start, start + 1, ...

    Args:
        odd: 0 promises that every value is finite, which is faster.
    """
    import numpy

    edges = numpy.ceil(_starts(first, last, width) - start).astype(numpy.intp)
    edges[-1] = int(numpy.floor(last - start)) + 1
    return _reduced(values, numpy.clip(edges, 0, len(values)), odd)


def sparse_columns(
    xs: NDArray[np.floating], ys: NDArray[np.floating], first: float, last: float, width: int
) -> Columns:
    """Return the columns of samples at ascending `xs`."""
    import numpy

    edges = numpy.searchsorted(xs, _starts(first, last, width), "left")
    edges[-1] = numpy.searchsorted(xs, last, "right")
    return _reduced(ys, edges, 1)


def _starts(first: float, last: float, width: int) -> NDArray[np.float64]:
    import numpy

    return numpy.linspace(first, last, width + 1)


def _reduced(values: NDArray[np.floating], edges: NDArray[np.intp], odd: int) -> Columns:
    import numpy

    width = len(edges) - 1
    lows, highs = numpy.full(width, numpy.nan), numpy.full(width, numpy.nan)
    counts = numpy.zeros(width, numpy.intp)
    filled = numpy.flatnonzero(edges[1:] > edges[:-1])
    if not len(filled):
        return Columns(lows, highs, counts)
    # Empty columns have no extent, so the filled ones lie side by side and one pass reduces them all.
    begin, end = edges[filled[0]], edges[filled[-1] + 1]
    part, starts = values[begin:end], edges[filled] - begin
    if odd:
        strange = ~numpy.isfinite(part)
        if strange.any():
            counts[filled] = numpy.add.reduceat(strange, starts, dtype=numpy.intp)
            low = numpy.minimum.reduceat(numpy.where(strange, numpy.inf, part), starts)
            high = numpy.maximum.reduceat(numpy.where(strange, -numpy.inf, part), starts)
            lows[filled] = numpy.where(low <= high, low, numpy.nan)
            highs[filled] = numpy.where(low <= high, high, numpy.nan)
            return Columns(lows, highs, counts)
    lows[filled] = numpy.minimum.reduceat(part, starts)
    highs[filled] = numpy.maximum.reduceat(part, starts)
    return Columns(lows, highs, counts)
