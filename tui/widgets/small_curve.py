"""A curve of a few rows in braille, for home: drawn without numpy, which would cost the first frame its speed."""

from __future__ import annotations

import math
from collections.abc import Sequence

DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot of a braille cell, by row and column."""


def curve_rows(
    values: Sequence[float | None],
    width: int,
    height: int,
    *,
    low: float | None = None,
    high: float | None = None,
    ascii_only: bool = False,
) -> list[str]:
    """Return `values` as a line over `width` x `height` cells, top row first.

    Neighbouring values are joined by vertical strokes, so that a step is a step. None and numbers that are
    not finite leave a gap. `low` and `high` fix the scale; else it is that of the values.
    """
    columns = spread(values, width if ascii_only else width * 2)
    known = [value for value in columns if value is not None]
    if not known:
        return [" " * width] * height
    bottom = min(known) if low is None else low
    top = max(known) if high is None else high
    rows = height if ascii_only else height * 4
    levels = [None if value is None else _level(value, bottom, top, rows) for value in columns]
    if ascii_only:
        return ["".join("*" if level == row else " " for level in levels) for row in range(rows)]
    cells = [[0x2800] * width for _ in range(height)]
    before: int | None = None
    for column, level in enumerate(levels):
        if level is not None:
            start, end = sorted((level, level if before is None else before))
            for row in range(start, end + 1):
                cells[row // 4][column // 2] |= DOTS[row % 4][column % 2]
        before = level
    return ["".join(map(chr, row)) for row in cells]


def spread(values: Sequence[float | None], columns: int) -> list[float | None]:
    """Return `values` stretched or thinned to so many columns; thinning keeps each column's last value."""
    if not values:
        return []
    count = len(values)
    picked = [values[min(count - 1, math.ceil((at + 1) * count / columns) - 1)] for at in range(columns)]
    return [value if value is not None and math.isfinite(value) else None for value in picked]


def _level(value: float, bottom: float, top: float, rows: int) -> int:
    """Return the row of a value, counted from the top."""
    if top <= bottom:
        return rows - 1
    share = (min(max(value, bottom), top) - bottom) / (top - bottom)
    return (rows - 1) - round(share * (rows - 1))
