"""What the lines say at the cursor."""

from __future__ import annotations

import math
from collections.abc import Iterable

from tui.widgets.chart.line import ChartLine, Reading, value_at
from tui.widgets.chart.window import Window


def readings(lines: Iterable[ChartLine], x: float, window: Window, columns: int) -> list[Reading]:
    """Return every line's reading at `x`, with the extremes of the column of dots that `x` stands in."""
    column = window.column(x, columns)
    start = window.first + column * window.width / columns
    end = math.nextafter(window.first + (column + 1) * window.width / columns, start)
    if column == columns - 1:
        end = window.last
    return [_reading(line, x, start, end) for line in lines if line.name or not line.reference]


def _reading(line: ChartLine, x: float, start: float, end: float) -> Reading:
    lows, highs, nonfinite = line.source.columns(start, end, 1)
    measured, value = value_at(line.source, x) or (x, None)
    low, high = _finite(float(lows[0])), _finite(float(highs[0]))
    return Reading(line.name, line.style, measured, value, low, high, int(nonfinite[0]))


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
