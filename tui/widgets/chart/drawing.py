"""A chart's picture: header, axes and plot, written into a grid of cells."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from rich.cells import cell_len
from textual.geometry import Region

from tui.widgets.canvas.dots import BRAILLE, Canvas
from tui.widgets.canvas.grid import Grid
from tui.widgets.chart import ink
from tui.widgets.chart.header import Piece, write_header
from tui.widgets.chart.line import ChartLine
from tui.widgets.chart.numbers import count
from tui.widgets.chart.plot import RIGHT_DOTS, extent, paint, sampled, signs
from tui.widgets.chart.scale import Scale, fitted
from tui.widgets.chart.window import Window

GUTTER = 8
"""Cells left of the plot: a label of at most six, a space, the axis."""

LEAST_COLUMNS, LEAST_ROWS = 24, 5
"""Smaller charts have no axes."""

LEFT_DOT = (0x01, 0x02, 0x04, 0x40)
"""A cell's left dots, top down."""

BOTH_DOTS = (0x09, 0x12, 0x24, 0xC0)

GRID_EVERY = 2
"""Cells between the dots of a grid line."""


class Frame(msgspec.Struct, frozen=True, eq=False):
    """Everything that a picture depends on beside the range that was shown before."""

    columns: int
    rows: int
    lines: tuple[ChartLine, ...]
    window: Window
    log: bool = False
    zero: bool = True
    bounds: tuple[float, float] | None = None
    cursor: float | None = None
    title: str = ""
    x_title: str = ""
    readout: tuple[Piece, ...] = ()
    header: bool = True


class Picture(msgspec.Struct, frozen=True, eq=False):
    """A chart as cells."""

    grid: Grid
    scale: Scale
    plot: Region
    """Where the lines are."""


def layout(columns: int, rows: int, header: bool, gutter: int = GUTTER) -> Region:
    """Return where the plot of a chart of this size is."""
    if columns < LEAST_COLUMNS or rows < LEAST_ROWS:
        return Region(0, 0, max(1, columns), max(1, rows))
    return Region(gutter, int(header), columns - gutter, rows - 1 - int(header))


def draw(frame: Frame, before: Scale | None, gutter: int = GUTTER) -> Picture:
    """Return the picture; `before` is kept as its range where it will do."""
    plot = layout(frame.columns, frame.rows, frame.header, gutter)
    canvas = Canvas(plot.width, plot.height)
    samples = sampled(frame.lines, frame.window, canvas.dot_columns)
    scale = _scale(frame, extent(samples, log=frame.log), before)
    ticks = scale.ticks(plot.height)
    wanted = max((cell_len(label) for _, label in ticks), default=0) + 2
    if plot.x and wanted > gutter:
        return draw(frame, before, wanted)
    grid = Grid(frame.columns, frame.rows)
    if plot.x:
        _vertical_axis(grid, canvas, plot, scale, ticks)
        _horizontal_axis(grid, plot, frame)
        if frame.header:
            write_header(grid, plot.x, frame.title, frame.readout)
    paint(canvas, samples, scale, frame.window, frame.cursor)
    _transfer(canvas, grid, plot)
    for sign in signs(canvas, samples, scale, frame.window):
        grid.write(plot.x + sign.column, plot.y + sign.row, sign.text, sign.style)
    return Picture(grid, scale, plot)


def _scale(frame: Frame, found: tuple[float, float] | None, before: Scale | None) -> Scale:
    if frame.bounds is not None and not frame.log:
        return Scale(*frame.bounds)
    if found is None:
        return before or (Scale(0.1, 1, log=True) if frame.log else Scale(0, 1))
    return fitted(before, *found, log=frame.log, zero=frame.zero)


def _vertical_axis(grid: Grid, canvas: Canvas, plot: Region, scale: Scale, ticks: Sequence[tuple[float, str]]) -> None:
    """Write the axis, its labels, and the grid lines as the lowest layer of the canvas."""
    import numpy as np

    axis = np.full(plot.height, RIGHT_DOTS, np.uint32)
    lines = np.zeros((plot.height, plot.width), np.uint8)
    labelled: set[int] = set()
    for value, label in ticks:
        level = int(canvas.levels(np.array(scale.height(value))))
        row, dot = divmod(level, 4)
        axis[row] |= LEFT_DOT[dot]
        lines[row, GRID_EVERY - 1 :: GRID_EVERY] |= LEFT_DOT[dot]
        if row not in labelled:
            grid.write_before(plot.x - 2, plot.y + row, label, ink.LABEL)
            labelled.add(row)
    rows = slice(plot.y, plot.bottom)
    grid.codes[rows, plot.x - 1] = BRAILLE + axis
    grid.styles[rows, plot.x - 1] = ink.AXIS
    canvas.stamp(lines, ink.GRID)


def _horizontal_axis(grid: Grid, plot: Region, frame: Frame) -> None:
    """Write the end of the axis with what is counted, the cursor's x, and as many labels as fit between."""
    row, dots = plot.bottom, 2 * plot.width
    taken = [False] * (grid.columns + 2)

    def label(x: float, text: str, style: int) -> None:
        middle = plot.x + frame.window.column(x, dots) // 2
        start = max(0, min(middle - cell_len(text) // 2, plot.right - cell_len(text)))
        end = start + cell_len(text)
        if not any(taken[max(0, start - 2) : end + 2]):
            grid.write(start, row, text, style)
            taken[start:end] = [True] * (end - start)

    if frame.cursor is not None and frame.window.holds(frame.cursor):
        label(frame.cursor, f"{frame.cursor:,.0f}", ink.HERE)
    label(frame.window.last, f"{count(frame.window.last)} {frame.x_title}".rstrip(), ink.LABEL)
    for x in frame.window.ticks(dots):
        label(x, count(x), ink.LABEL)


def _transfer(canvas: Canvas, grid: Grid, plot: Region) -> None:
    """Copy the canvas into the grid; cells without dots stay blank."""
    rows, columns = slice(plot.y, plot.bottom), slice(plot.x, plot.right)
    inked = canvas.bits > 0
    grid.codes[rows, columns][inked] = BRAILLE + canvas.bits[inked].astype(grid.codes.dtype)
    grid.styles[rows, columns][inked] = canvas.styles[inked]
