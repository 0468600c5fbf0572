"""A chart as text: for a screen reader, for pasting, for a terminal that shows no braille."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from rich.cells import cell_len

from tui.widgets.chart.line import ChartLine, Source, span, value_at
from tui.widgets.chart.numbers import count, exact

Words = Callable[..., str]
"""Gives the sentence of a key: `chart.start`, `.lowest`, `.highest`, `.last`, `.nonfinite` (count)."""

SEARCH_COLUMNS = 64


def describe(lines: Sequence[ChartLine], words: Words, rows: Sequence[Sequence[str]] = ()) -> str:
    """Return a table of each line's start, extremes and end, then the table `rows` (its first row the heads).

    Example:
               start     lowest         highest   last
        train  2.314 @1  0.1204 @1,180  2.398 @3  0.1311 @1,250
    """
    heads = ["", *(words(f"chart.{key}") for key in ("start", "lowest", "highest", "last"))]
    table = [heads, *(_row(line, words) for line in lines)]
    return "\n\n".join([aligned(table), *([aligned(rows)] if rows else [])])


def aligned(table: Sequence[Sequence[str]]) -> str:
    """Return a table with columns that line up, Chinese letters counted as two cells."""
    widths = [max(cell_len(cell) for cell in column) for column in zip(*table, strict=True)]
    return "\n".join(
        "  ".join(cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    )


def lowest(source: Source) -> tuple[float, float] | None:
    """Return where a source's lowest finite sample is, and the sample."""
    return _extreme(source, False)


def highest(source: Source) -> tuple[float, float] | None:
    """Return where a source's highest finite sample is, and the sample."""
    return _extreme(source, True)


def _row(line: ChartLine, words: Words) -> list[str]:
    extent = span(line.source)
    if extent is None:
        return [line.name, "", "", "", ""]
    first, last = extent
    found = (
        value_at(line.source, first),
        lowest(line.source),
        highest(line.source),
        value_at(line.source, last),
    )
    cells = [line.name, *(f"{exact(each[1])} @{count(each[0])}" if each else "" for each in found)]
    _, _, nonfinite = line.source.columns(first, max(last, first + 1), 1)
    if nonfinite[0]:
        cells[-1] += "  " + words("chart.nonfinite", count=int(nonfinite[0]))
    return cells


def _extreme(source: Source, want_highest: bool) -> tuple[float, float] | None:
    """Narrow the column that has the extreme until it holds one update."""
    import numpy as np

    extent = span(source)
    if extent is None:
        return None
    first, last = extent[0], max(extent[1], extent[0] + 1)
    while True:
        lows, highs, _ = source.columns(first, last, SEARCH_COLUMNS)
        values = highs if want_highest else lows
        if np.isnan(values).all():
            return None
        column = int(np.nanargmax(values) if want_highest else np.nanargmin(values))
        width = (last - first) / SEARCH_COLUMNS
        start = first + column * width
        if width <= 1:
            return float(math.ceil(start - 1e-9)), float(values[column])
        first, last = start, start + width
