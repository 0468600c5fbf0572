"""The y axis: a range that moves in steps, so that most of a growing chart stays as it was."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec

from tui.widgets.chart.numbers import compact, nice, tick

if TYPE_CHECKING:
    from tui.widgets.chart.line import Floats

LEAST_FILLED = 0.4
"""The range shrinks once the samples fill less of it than this."""

STEPS = 8
"""A range has at most so many of the round steps that its ends stand on, so at most an eighth of it is empty."""

SAME = 1e-12
"""Samples that differ by no more than this part of their size make a flat line."""

SMALLEST = 1e-100
"""No axis tells smaller values apart."""


class Scale(msgspec.Struct, frozen=True):
    """The values between the bottom and the top of a chart."""

    low: float
    high: float
    log: bool = False

    def heights(self, values: Floats) -> Floats:
        """Return each value's height: 0 at the bottom, 1 at the top; -inf for what no logarithm exists of."""
        import numpy as np

        if not self.log:
            return (values - self.low) / (self.high - self.low)
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = np.where(values > 0, np.log10(values), np.where(np.isnan(values), np.nan, -np.inf))
        low, high = math.log10(self.low), math.log10(self.high)
        return (logs - low) / (high - low)

    def height(self, value: float) -> float:
        """Return the height of one value that lies in the range."""
        if not self.log:
            return (value - self.low) / (self.high - self.low)
        return math.log(value / self.low) / math.log(self.high / self.low)

    def ticks(self, rows: int) -> list[tuple[float, str]]:
        """Return values and labels for an axis of so many rows, bottom first."""
        most = max(2, rows // 3 + 1)
        if self.log:
            ladder = _ladder(self.low, self.high)
            decades = [value for value in ladder if f"{value:e}".startswith("1.0")]
            chosen = ladder if len(ladder) <= most or len(decades) < 2 else decades
            return [(value, compact(value)) for value in chosen[:: math.ceil(len(chosen) / most)]]
        step = nice((self.high - self.low) / (most - 1))
        first, last = math.ceil(self.low / step - 1e-6), math.floor(self.high / step + 1e-6)
        return [(number * step, tick(number * step, step)) for number in range(first, last + 1)]

    def fits(self, other: Scale) -> bool:
        """Return whether `other` lies within this range and fills enough of it."""
        inside = self.log == other.log and self.low <= other.low and other.high <= self.high
        if not inside or not self.log:
            return inside and other.high - other.low >= LEAST_FILLED * (self.high - self.low)
        filled = math.log(other.high / other.low) / math.log(self.high / self.low)
        return filled >= LEAST_FILLED


def fitted(before: Scale | None, low: float, high: float, *, log: bool, zero: bool) -> Scale:
    """Return the range for samples between `low` and `high`: `before` as long as it will do.

    Args:
        before: The range that is shown now.
        low: Lowest finite sample in sight; with `log` the lowest positive one.
        high: Highest one.
        log: Logarithmic.
        zero: The range includes zero where it is linear.
    """
    if log:
        low = max(low, SMALLEST)
        wanted = Scale(low, max(high, low * 1.0001), True)
        if before is not None and before.fits(wanted):
            return before
        return Scale(_rung(wanted.low, -1), _rung(wanted.high, +1), True)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if before is not None and before.fits(Scale(low, high)):
        return before
    span = high - low
    if span <= SAME * max(abs(low), abs(high), SMALLEST):
        span = abs(high) / 5 if abs(high) > SMALLEST else 1.0
    step = nice(span / STEPS)
    bottom = math.floor(low / step + 1e-9) * step
    top = math.ceil(high / step - 1e-9) * step
    return Scale(bottom, top if top > bottom else bottom + step)


def _rung(value: float, direction: int) -> float:
    """Return the nearest of 1, 2, 5 times a power of ten that is not above (-1) or not below (+1)."""
    above = nice(value)
    if direction > 0 or math.isclose(above, value):
        return above
    power = 10.0 ** math.floor(math.log10(value))
    return max(digit * power for digit in (1, 2, 5) if digit * power <= value * (1 + 1e-9))


def _ladder(low: float, high: float) -> list[float]:
    """Return 1, 2, 5 times powers of ten from `low` to `high`."""
    powers = range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 1)
    rungs = (float(f"{digit}e{power}") for power in powers for digit in (1, 2, 5))
    return [rung for rung in rungs if low * (1 - 1e-9) <= rung <= high * (1 + 1e-9)]
