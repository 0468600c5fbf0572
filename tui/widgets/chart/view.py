"""A chart of long series, as it is seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import msgspec
from rich.style import Style
from textual.geometry import Region
from textual.reactive import var

from tui.widgets.canvas.board import Board
from tui.widgets.canvas.grid import Grid
from tui.widgets.chart import ink
from tui.widgets.chart.description import Words, describe
from tui.widgets.chart.drawing import Frame, Picture, draw, layout
from tui.widgets.chart.header import Piece, readout
from tui.widgets.chart.line import ChartLine, Reading, span, value_at
from tui.widgets.chart.reading import readings
from tui.widgets.chart.scale import Scale
from tui.widgets.chart.window import Window, spanning

SAMPLES = {"band": "⣿⣿", "line": "⠒⠒", "dotted": "⠂⠂"}
"""What a line looks like in a legend, by its shape."""


class Entry(msgspec.Struct, frozen=True):
    """A line of a legend."""

    name: str
    sample: str
    """Two cells that look like the line."""
    style: Style
    last: float | None


def newest(lines: Sequence[ChartLine]) -> float:
    """Return the last x that any line has, references aside; 0 without samples."""
    return max((extent[1] for line in lines if not line.reference and (extent := span(line.source))), default=0)


class ChartView(Board):
    """Lines over a count of updates, in braille.

    Set `lines` as often as there is news: only spans of cells that differ are painted.

    Attributes:
        lines: What is drawn.
        planned: Last x of the whole axis; None lets the axis grow in steps.
        window: The part of the axis in sight, None for all of it.
        cursor: An update whose exact values are shown, or None.
        logarithmic: Logarithmic y axis.
        zero: A linear y axis includes 0 (not while zoomed).
        bounds: A fixed range of y, such as (0, 1).
        raw: Bands are drawn too.
        title, x_title: Words beside the axes.
        header: The topmost row has the title and the cursor's readout.
    """

    DEFAULT_CSS = """
    ChartView {
        height: 1fr;
        min-height: 4;
        & > .chart--label { color: $axis; }
        & > .chart--axis { color: $line; }
        & > .chart--grid { color: $line; }
        & > .chart--title { color: $quiet; }
        & > .chart--cursor { color: $axis; }
        & > .chart--here { color: $foreground; text-style: bold; }
        & > .chart--alarm { color: $error; text-style: bold; }
        & > .chart--train { color: $train; }
        & > .chart--train-raw { color: $train-raw; }
        & > .chart--valid { color: $valid; }
        & > .chart--valid-raw { color: $valid 45%; }
        & > .chart--ghost { color: $ghost; }
        & > .chart--learner { color: $learner; }
        & > .chart--run-1 { color: $model; }
        & > .chart--run-2 { color: $valid; }
        & > .chart--run-3 { color: $warning; }
        & > .chart--run-4 { color: $error; }
        & > .chart--run-5 { color: $success; }
        & > .chart--run-6 { color: $foreground; }
        &:focus > .chart--title { color: $foreground; text-style: bold; }
    }
    """

    INKS = ink.CLASSES
    COMPONENT_CLASSES: ClassVar[set[str]] = set(INKS)

    lines: var[tuple[ChartLine, ...]] = var(())
    planned: var[float | None] = var(None)
    window: var[Window | None] = var(None)
    cursor: var[float | None] = var(None)
    logarithmic: var[bool] = var(False)
    zero: var[bool] = var(True)
    bounds: var[tuple[float, float] | None] = var(None)
    raw: var[bool] = var(True)
    title: var[str] = var("")
    x_title: var[str] = var("")
    header: var[bool] = var(True)

    def __init__(
        self,
        lines: Sequence[ChartLine] = (),
        *,
        planned: float | None = None,
        title: str = "",
        x_title: str = "",
        bounds: tuple[float, float] | None = None,
        zero: bool = True,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._picture: Picture | None = None
        self._scale: Scale | None = None
        self.set_reactive(ChartView.lines, tuple(lines))
        self.set_reactive(ChartView.planned, planned)
        self.set_reactive(ChartView.title, title)
        self.set_reactive(ChartView.x_title, x_title)
        self.set_reactive(ChartView.bounds, bounds)
        self.set_reactive(ChartView.zero, zero)

    @property
    def whole(self) -> Window:
        """The whole axis."""
        return spanning(self.newest, self.planned)

    @property
    def seen(self) -> Window:
        """The part of the axis in sight."""
        return self.window or self.whole

    @property
    def newest(self) -> float:
        """The last x that any line has; 0 without samples."""
        return newest(self.lines)

    def readings(self) -> list[Reading]:
        """Return what every line says at the cursor; nothing without one."""
        if self.cursor is None:
            return []
        return readings(self._shown, self.cursor, self.seen, 2 * self._plot.width)

    def legend(self) -> list[Entry]:
        """Return the lines as a legend shows them, in their order."""
        entries = []
        for line in self._shown:
            extent = span(line.source)
            last = value_at(line.source, extent[1]) if extent else None
            sample = SAMPLES[line.shape][: 2 - bool(line.mark or line.tag)] + (line.mark or line.tag)
            style = self.get_component_rich_style(f"chart--{line.style}", partial=True)
            entries.append(Entry(line.name, sample, style, last[1] if last else None))
        return entries

    def describe(self, words: Words, rows: Sequence[Sequence[str]] = ()) -> str:
        """Return the chart as text, with the table `rows` (the first one its heads) below."""
        return describe(self.lines, words, rows)

    def draw(self, columns: int, rows: int) -> Grid:
        """Return the chart in a size."""
        plot = self._plot if self._picture else layout(columns, rows, self.header)
        said: tuple[Piece, ...] = ()
        if self.cursor is not None and self.header:
            found = readings(self._shown, self.cursor, self.seen, 2 * plot.width)
            said = readout(self.cursor, found)
        frame = Frame(
            columns=columns,
            rows=rows,
            lines=self._shown,
            window=self.seen,
            log=self.logarithmic,
            zero=self.zero and self.window is None,
            bounds=self.bounds,
            cursor=self.cursor,
            title=self.title,
            x_title=self.x_title,
            readout=said,
            header=self.header,
        )
        self._picture = draw(frame, self._scale)
        self._scale = self._picture.scale
        return self._picture.grid

    @property
    def _shown(self) -> tuple[ChartLine, ...]:
        return tuple(line for line in self.lines if self.raw or line.shape != "band")

    @property
    def _plot(self) -> Region:
        return self._picture.plot if self._picture else layout(*self.size, self.header)

    def watch_lines(self, before: tuple[ChartLine, ...], after: tuple[ChartLine, ...]) -> None:
        """Draw news, and move on by half a window where a zoomed window held the newest sample."""
        window, last = self.window, newest(after)
        if window is not None and window.holds(newest(before)) and last > window.last:
            self.window = window.moved(last - window.first - window.width / 2, self.whole)
        self.redraw()

    def _refit(self) -> None:
        """Draw again with a range of y chosen afresh."""
        self._scale = None
        self.redraw()

    def _draw_again(self) -> None:
        self.redraw()

    watch_logarithmic = watch_zero = watch_bounds = watch_window = watch_raw = _refit
    watch_planned = watch_cursor = watch_title = watch_x_title = watch_header = _draw_again
