"""A curve in one line of text, drawn without numpy: it stands on the first frame."""

from __future__ import annotations

import math
from collections.abc import Sequence

LEFT = (0x40, 0x04, 0x02, 0x01)
RIGHT = (0x80, 0x20, 0x10, 0x08)
"""The dots of a braille cell's columns, from the bottom up."""

ASCII_LEVELS = "_.-^"
"""The same four heights where the terminal has no braille."""

NOT_A_NUMBER = "!"

Levels = list[tuple[int, int] | None]
"""Lowest and highest dot of each column; None where it is empty."""


def sparkline(values: Sequence[float | None], width: int, *, ascii_only: bool = False) -> str:
    """Return `values` as a line of exactly `width` cells.

    The values fill the whole width, their range the whole height. Neighbours are joined; None leaves a gap;
    NaN and infinities stand as "!". Where there are more values than columns of dots, each column reaches
    from its lowest value to its highest, so that no spike is lost.
    """
    if width < 1:
        return ""
    finite = [value for value in values if value is not None and math.isfinite(value)]
    low, high = (min(finite), max(finite)) if finite else (0.0, 0.0)
    columns = width if ascii_only else 2 * width
    levels: Levels = []
    broken = set()
    for column in range(columns):
        part = _part(values, column, columns)
        known = [_level(value, low, high) for value in part if value is not None and math.isfinite(value)]
        levels.append((min(known), max(known)) if known else None)
        if any(value is not None and not math.isfinite(value) for value in part):
            broken.add(column if ascii_only else column // 2)
    text = _ascii(levels) if ascii_only else _braille(levels)
    return "".join(NOT_A_NUMBER if cell in broken else sign for cell, sign in enumerate(text))


def _part(values: Sequence[float | None], column: int, columns: int) -> Sequence[float | None]:
    """Return the values of a column; where there are fewer values than columns, the one that covers it."""
    count = len(values)
    start, end = column * count // columns, (column + 1) * count // columns
    return values[start : max(end, start + 1)]


def _level(value: float, low: float, high: float) -> int:
    """Return a height from 0 to 3; a flat line lies at the bottom."""
    return round(3 * (value - low) / (high - low)) if high > low else 0


def _braille(levels: Levels) -> str:
    cells = []
    before: tuple[int, int] | None = None
    for cell in range(len(levels) // 2):
        bits = 0
        for level, dots in ((levels[2 * cell], LEFT), (levels[2 * cell + 1], RIGHT)):
            bottom, top = _joined(level, before)
            bits |= sum(dots[bottom : top + 1])
            before = level
        cells.append(chr(0x2800 + bits) if bits else " ")
    return "".join(cells)


def _joined(level: tuple[int, int] | None, before: tuple[int, int] | None) -> tuple[int, int]:
    """Return the dots of a column, drawn out until they meet the column before it; none as (0, -1)."""
    if level is None:
        return 0, -1
    bottom, top = level
    if before is not None:
        bottom, top = min(bottom, before[1] + 1), max(top, before[0] - 1)
    return bottom, top


def _ascii(levels: Levels) -> str:
    return "".join(" " if level is None else ASCII_LEVELS[level[1]] for level in levels)
