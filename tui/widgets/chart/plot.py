"""The inside of a chart: its lines, sampled for a window and painted in dots."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
from rich.cells import cell_len

from engine.reading.points import PointSeries
from tui.widgets.canvas.dots import Canvas, connected
from tui.widgets.chart import ink
from tui.widgets.chart.line import ChartLine
from tui.widgets.chart.scale import Scale
from tui.widgets.chart.window import Window

if TYPE_CHECKING:
    from tui.widgets.chart.line import Counts, Floats

LEFT_DOTS, RIGHT_DOTS = 0x47, 0xB8
"""The four dots of a cell's left and right column."""

NOT_A_NUMBER, ABOVE, BELOW = "!", "^", "v"
"""Signs at the edge: a sample is NaN or infinite, lies above the range, has no logarithm or lies below."""

LARGEST = 1e150
"""No axis reaches further, so that its length is a number."""

CELLS_A_MARK = 3
"""Marks that would stand closer than this are left out."""


class Sample(msgspec.Struct, frozen=True, eq=False):
    """A line in the columns of dots of a window."""

    line: ChartLine
    lows: Floats
    highs: Floats
    nonfinite: Counts


class Sign(msgspec.Struct, frozen=True):
    """A character in a cell of the plot."""

    column: int
    row: int
    text: str
    style: int


def sampled(lines: Sequence[ChartLine], window: Window, columns: int) -> list[Sample]:
    """Return the lines as `columns` columns of dots see them."""
    return [Sample(line, *line.source.columns(window.first, window.last, columns)) for line in lines]


def extent(samples: Sequence[Sample], *, log: bool) -> tuple[float, float] | None:
    """Return the lowest and highest finite value in sight, of positive ones with `log`; None without any."""
    import numpy as np

    lows, highs = [], []
    for sample in samples:
        low, high = sample.lows, sample.highs
        if log:
            low, high = np.where(low > 0, low, high), high[high > 0]
            low = low[low > 0]
        if np.isfinite(high).any():
            lows.append(float(np.nanmin(low)))
            highs.append(float(np.nanmax(high)))
    return (max(min(lows), -LARGEST), min(max(highs), LARGEST)) if lows else None


def paint(canvas: Canvas, samples: Sequence[Sample], scale: Scale, window: Window, cursor: float | None) -> None:
    """Paint bands, the cursor, dotted lines, sparse ones (they mostly guess), then the dense ones."""
    layers: list[list[Sample]] = [[], [], [], []]
    for sample in samples:
        layers[_layer(sample.line)].append(sample)
    for layer in layers:
        for sample in layer:
            _stroke(canvas, sample, scale, window)
        if layer is layers[0] and cursor is not None and window.holds(cursor):
            _rule(canvas, window.column(cursor, canvas.dot_columns))


def signs(canvas: Canvas, samples: Sequence[Sample], scale: Scale, window: Window) -> list[Sign]:
    """Return the names of references, the marks on points, the tags, and the signs of what no dot can show."""
    marks: list[Sign] = []
    for sample in samples:
        marks += _named(canvas, sample, scale, window, marks)
    marks += [sign for sample in samples for sign in _marks(canvas, sample, scale)]
    tags: list[Sign] = []
    for sample in samples:
        tags += _tag(canvas, sample, scale, tags)
    return marks + tags + _edges(canvas, samples, scale)


def _layer(line: ChartLine) -> int:
    if line.shape == "line":
        return 2 if isinstance(line.source, PointSeries) else 3
    return 0 if line.shape == "band" else 1


def _stroke(canvas: Canvas, sample: Sample, scale: Scale, window: Window) -> None:
    high, low = scale.heights(sample.highs), scale.heights(sample.lows)
    if isinstance(sample.line.source, PointSeries):
        course = _course(sample.line.source, scale, window, canvas.dot_columns)
        high, low = _filled(high, course), _filled(low, course)
    tops, bottoms = connected(canvas.levels(high), canvas.levels(low), sample.nonfinite > 0)
    shape = sample.line.shape
    style = ink.number(sample.line.style)
    canvas.paint(tops, bottoms, style, joins=shape == "line", dotted=shape == "dotted")


def _filled(known: Floats, course: Floats) -> Floats:
    import numpy as np

    return np.where(np.isnan(known), course, known)


def _course(source: PointSeries, scale: Scale, window: Window, columns: int) -> Floats:
    """Return the height at which the way between points crosses each column, NaN outside of all points."""
    import numpy as np

    xs, heights = np.asarray(source.xs, np.float64), scale.heights(np.asarray(source.ys, np.float64))
    centres = window.first + (np.arange(columns) + 0.5) * window.width / columns
    if not len(xs):
        return np.full(columns, np.nan)
    with np.errstate(invalid="ignore"):
        return np.interp(centres, xs, heights, np.nan, np.nan)


def _rule(canvas: Canvas, dot_column: int) -> None:
    import numpy as np

    bits = np.zeros((canvas.rows, canvas.columns), np.uint8)
    bits[:, dot_column // 2] = RIGHT_DOTS if dot_column % 2 else LEFT_DOTS
    canvas.stamp(bits, ink.CURSOR)


def _marks(canvas: Canvas, sample: Sample, scale: Scale) -> list[Sign]:
    import numpy as np

    line = sample.line
    columns = np.flatnonzero(np.isfinite(sample.highs))
    if not line.mark or len(columns) * CELLS_A_MARK > canvas.columns:
        return []
    rows = canvas.levels(scale.heights(sample.highs[columns])) // 4
    places = zip((columns // 2).tolist(), rows.astype(int).tolist(), strict=True)
    return [Sign(column, row, line.mark, ink.number(line.style)) for column, row in places]


def _named(canvas: Canvas, sample: Sample, scale: Scale, window: Window, taken: Sequence[Sign]) -> list[Sign]:
    """Return a reference's name above its right end, or below it where another name stands there."""
    import numpy as np

    line = sample.line
    if not line.reference or not line.name or not isinstance(line.source, PointSeries):
        return []
    course = _course(line.source, scale, window, canvas.dot_columns)
    known = np.flatnonzero(np.isfinite(course))
    if not len(known):
        return []
    level = int(canvas.levels(course[known[-1:]])[0]) // 4
    rows = [row for row in (level - 1, level + 1) if 0 <= row < canvas.rows and row not in {sign.row for sign in taken}]
    column = max(0, min(int(known[-1]) // 2 + 1, canvas.columns) - cell_len(line.name) - 1)
    return [Sign(column, rows[0], line.name, ink.LABEL)] if rows else []


def _tag(canvas: Canvas, sample: Sample, scale: Scale, taken: Sequence[Sign]) -> list[Sign]:
    """Return a line's tag, moved down where another one has its cell."""
    import numpy as np

    columns = np.flatnonzero(np.isfinite(sample.highs))
    if not sample.line.tag or not len(columns):
        return []
    column = min(int(columns[-1]) // 2 + 1, canvas.columns - 1)
    row = int(canvas.levels(scale.heights(sample.highs[columns[-1:]]))[0]) // 4
    cells = {(sign.column, sign.row) for sign in taken}
    while (column, row) in cells and row < canvas.rows - 1:
        row += 1
    return [Sign(column, row, sample.line.tag, ink.number(sample.line.style))]


def _edges(canvas: Canvas, samples: Sequence[Sample], scale: Scale) -> list[Sign]:
    import numpy as np

    found = []
    last = canvas.rows - 1
    for sample in samples:
        low, high = scale.heights(sample.lows), scale.heights(sample.highs)
        for flags, row, text in (
            (low < -1e-9, last, BELOW),
            (high > 1 + 1e-9, 0, ABOVE),
            (sample.nonfinite > 0, 0, NOT_A_NUMBER),
        ):
            columns = np.unique(np.flatnonzero(flags) // 2).tolist()
            found += [Sign(column, row, text, ink.ALARM) for column in columns]
    return found
