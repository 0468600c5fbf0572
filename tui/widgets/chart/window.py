"""The part of the x axis in sight, and which x stands in which column."""

from __future__ import annotations

import math

import msgspec

from tui.widgets.chart.numbers import nice

NARROWEST = 8
"""Updates that are in sight at the closest zoom."""


class Window(msgspec.Struct, frozen=True):
    """An interval of x, both ends in sight."""

    first: float
    last: float

    @property
    def width(self) -> float:
        """How much of x is in sight."""
        return self.last - self.first

    def column(self, x: float, columns: int) -> int:
        """Return the column in which `x` stands, clipped to the window."""
        return min(columns - 1, max(0, math.floor((x - self.first) * columns / self.width)))

    def start(self, column: int, columns: int) -> int:
        """Return the first whole x of a column, or of the next one that has any."""
        x = math.ceil(self.first + column * self.width / columns - 1e-9)
        return x + 1 if self.column(x, columns) < column else x

    def holds(self, x: float) -> bool:
        """Return whether `x` is in sight."""
        return self.first <= x <= self.last

    def zoomed(self, around: float, factor: float, whole: Window) -> Window:
        """Return a window `factor` times as wide, in which `around` keeps its place, within `whole`."""
        width = min(whole.width, max(min(NARROWEST, whole.width), self.width * factor))
        share = (around - self.first) / self.width
        return Window(around - share * width, around + (1 - share) * width).within(whole)

    def moved(self, by: float, whole: Window) -> Window:
        """Return the window `by` further on, within `whole`."""
        return Window(self.first + by, self.last + by).within(whole)

    def within(self, whole: Window) -> Window:
        """Return a window of this width, with whole ends, that lies in `whole`."""
        width = min(max(1, round(self.width)), whole.width)
        first = min(max(round(self.first), whole.first), whole.last - width)
        return Window(first, first + width)

    def ticks(self, columns: int) -> list[float]:
        """Return the x that get a label, 1-2-5 steps at least 12 dots apart for every letter shown."""
        step = max(1.0, nice(self.width * 22 / max(columns, 22)))
        first = math.ceil(self.first / step - 1e-9)
        last = math.floor(self.last / step + 1e-9)
        return [number * step for number in range(first, last + 1)]


def spanning(last: float, planned: float | None) -> Window:
    """Return the whole axis: what is planned, else room to grow in steps of 1-2-5."""
    if planned is not None and planned >= last and planned > 0:
        return Window(0, planned)
    return Window(0, nice(max(last, 50)))
