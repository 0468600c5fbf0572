"""Few numbers at places of their own, such as the validation loss at the end of each epoch."""

from __future__ import annotations

import math

import msgspec

from engine.reading.columns import Columns, sparse_columns


class PointSeries(msgspec.Struct, frozen=True):
    """Samples `ys` at ascending `xs`."""

    xs: tuple[float, ...] = ()
    ys: tuple[float, ...] = ()

    def __len__(self) -> int:
        return len(self.xs)

    @property
    def finite(self) -> bool:
        """Whether no sample is NaN or infinite."""
        return all(map(math.isfinite, self.ys))

    def at(self, x: float) -> float | None:
        """Return the sample nearest to `x`, None if there is no sample."""
        if not self.xs:
            return None
        return self.ys[min(range(len(self.xs)), key=lambda index: abs(self.xs[index] - x))]

    def columns(self, first: float, last: float, width: int) -> Columns:
        """Return the extremes of the samples with first <= x <= last, in `width` columns of equal span."""
        import numpy

        return sparse_columns(numpy.array(self.xs), numpy.array(self.ys), first, last, width)
