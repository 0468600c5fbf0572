"""Smoothed curves: an exponential moving average without the pull of its start.

Sample x(t) becomes sum(w^(t-i) x(i)) / sum(w^(t-i)) over the finite samples i <= t; the others do not count.
They give NaN where they stand and leave no trace afterwards: a broken run looks broken.
Source: TensorBoard's smoothing (debiased as in Adam: Kingma and Ba 2015, arXiv:1412.6980, section 3).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from engine.reading.series import Series

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FORGOTTEN = 1e-7
"""Samples whose weight fell below this part of the newest one's are left out; no screen shows that."""


def smoothed(values: Iterable[float], weight: float) -> list[float]:
    """Return every smoothed value, by the definition; for short series, and for exact figures.

    Args:
        weight: w, at least 0 (no smoothing) and below 1.
    """
    average, total = 0.0, 0.0
    result = []
    for value in values:
        if math.isfinite(value):
            average = weight * average + (1 - weight) * value
            total = weight * total + (1 - weight)
            result.append(average / total)
        else:
            result.append(math.nan)
    return result


def smoothed_columns(series: Series, first: float, last: float, width: int, weight: float) -> NDArray[np.float64]:
    """Return the smoothed value at the last sample of each column; NaN where a column has none.

    Args:
        weight: w, at least 0 (no smoothing) and below 1.

    Columns are those of `Series.columns`. Only what still has weight at a column's end is read, so a million
    samples cost no more than a few thousand.
    """
    import numpy

    values = series.values()
    starts = numpy.linspace(first, last, width + 1)
    edges = numpy.ceil(starts - series.first).astype(numpy.intp)
    edges[-1] = int(numpy.floor(last - series.first)) + 1
    edges = numpy.clip(edges, 0, len(values))
    reach = math.ceil(math.log(FORGOTTEN) / math.log(weight)) if weight > 0 else 1
    weights = weight ** numpy.arange(min(reach, len(values)) - 1, -1, -1, dtype=numpy.float64)
    totals = numpy.cumsum(weights[::-1])
    result: NDArray[np.float64] = numpy.full(width, numpy.nan)
    for column in numpy.flatnonzero(edges[1:] > edges[:-1]):
        end = int(edges[column + 1])
        if series.finite:
            part = values[max(0, end - len(weights)) : end]
        elif math.isfinite(values[end - 1]):
            part = _newest_finite(values, end, len(weights))
        else:
            continue
        # Not `@`: BLAS would spread a long product over threads, which collapses beside a busy neighbour.
        result[column] = (part * weights[len(weights) - len(part) :]).sum() / totals[len(part) - 1]
    return result


def _newest_finite(values: NDArray[np.floating], end: int, count: int) -> NDArray[np.floating]:
    """Return the last `count` finite values before index `end`, or all there are."""
    import numpy

    reach = count
    while True:
        part: NDArray[np.floating] = values[max(0, end - reach) : end]
        part = part[numpy.isfinite(part)]
        if len(part) >= count or reach >= end:
            return part[-count:]
        reach *= 2
