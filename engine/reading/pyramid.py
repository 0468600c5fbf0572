"""Extremes of a growing column of numbers in blocks, kept so that a small curve is cheap to draw again."""

from __future__ import annotations

import itertools
import math
from array import array

BLOCK = 64


class Pyramid:
    """Lowest and highest finite number of each whole block of 64; NaN where a block has none."""

    __slots__ = ("_highs", "_lows")

    def __init__(self) -> None:
        self._lows = array("d")
        self._highs = array("d")

    def cells(self, numbers: array[float], length: int, width: int, planned: int) -> list[float | None]:
        """Return the middle between the extremes in each of `width` equal parts of `planned` numbers."""
        if not length or width < 1:
            return [None] * max(width, 0)
        self._grow(numbers, length)
        edges = [cell * planned // width for cell in range(width + 1)]
        if planned < width:  # fewer numbers than cells: a number fills every cell that it touches
            return [self._middle(numbers, length, edges[cell], edges[cell] + 1) for cell in range(width)]
        return [self._middle(numbers, length, *edge) for edge in itertools.pairwise(edges)]

    def extremes(self, numbers: array[float], length: int) -> tuple[float, float]:
        """Return the lowest and the highest finite one of the first `length` numbers, or NaN."""
        self._grow(numbers, length)
        return self._between(numbers, 0, length)

    def _grow(self, numbers: array[float], length: int) -> None:
        for start in range(len(self._lows) * BLOCK, length - BLOCK + 1, BLOCK):
            low, high = _extremes(numbers[start : start + BLOCK])
            self._lows.append(low)
            self._highs.append(high)

    def _middle(self, numbers: array[float], length: int, start: int, stop: int) -> float | None:
        low, high = self._between(numbers, start, min(stop, length))
        return None if math.isnan(low) else low / 2 + high / 2

    def _between(self, numbers: array[float], start: int, stop: int) -> tuple[float, float]:
        first, last = -(-start // BLOCK), stop // BLOCK
        if first >= last:
            return _extremes(numbers[start:stop])
        ends = numbers[start : first * BLOCK] + numbers[last * BLOCK : stop]
        low, _ = _extremes(self._lows[first:last])
        _, high = _extremes(self._highs[first:last])
        return _extremes(array("d", (low, high, *ends)))


def _extremes(numbers: array[float]) -> tuple[float, float]:
    if not numbers or not math.isfinite(sum(numbers)):
        finite = [number for number in numbers if math.isfinite(number)]
        return (min(finite), max(finite)) if finite else (math.nan, math.nan)
    return min(numbers), max(numbers)
