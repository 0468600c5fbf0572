"""A series as its exponential moving average, for the bright line over the raw band."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from engine.reading.series import Series
from engine.reading.smoothing import smoothed_columns

if TYPE_CHECKING:
    from tui.widgets.chart.line import Counts, Floats


class Smoothed(msgspec.Struct, frozen=True, eq=False):
    """The smoothed values of a series, computed for the columns that are drawn."""

    series: Series
    weight: float = 0.98
    """What of the average is kept at each sample, at least 0 and below 1."""

    @property
    def first(self) -> int:
        """The first x."""
        return self.series.first

    @property
    def last(self) -> int:
        """The last x."""
        return self.series.last

    def columns(self, first: float, last: float, width: int) -> tuple[Floats, Floats, Counts]:
        """Return the smoothed value at each column's end, as its lowest and its highest."""
        import numpy as np

        values = smoothed_columns(self.series, first, last, width, self.weight)
        if self.series.finite:
            return values, values, np.zeros(width, np.intp)
        return values, values, self.series.columns(first, last, width)[2]

    def at(self, x: float) -> float | None:
        """Return the smoothed value at one x; NaN where the sample is none."""
        return float(smoothed_columns(self.series, x, x, 1, self.weight)[0])
