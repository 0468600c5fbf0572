"""A chart that is steered with keys and mouse: a cursor with exact values, zoom, logarithmic axis."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from tui.widgets.chart.view import ChartView

LEAP = 0.1
"""Share of the window that the cursor jumps with shift."""


class Chart(ChartView, can_focus=True):
    """A chart with a cursor. Its bindings are named by their ids, `chart.zoom_in` and so on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, action, f"chart.{name}", show=False, id=f"chart.{name}")
        for key, action, name in (
            ("left", "step(-1)", "step_left"),
            ("right", "step(1)", "step_right"),
            ("shift+left", "leap(-1)", "leap_left"),
            ("shift+right", "leap(1)", "leap_right"),
            ("home", "edge(False)", "first"),
            ("end", "edge(True)", "last"),
            ("z", "zoom(0.5)", "zoom_in"),
            ("Z", "zoom(2)", "zoom_out"),
            ("a", "whole", "whole"),
            ("l", "toggle_log", "log"),
            ("b", "toggle_raw", "raw"),
        )
    ]

    class CursorMoved(Message):
        """The learner put the cursor somewhere else, or took it away."""

        def __init__(self, chart: Chart, x: float | None) -> None:
            super().__init__()
            self.chart = chart
            self.x = x
            """The update, None without a cursor."""

        @property
        def control(self) -> Chart:
            """The chart, for `@on(..., "#id")`."""
            return self.chart

    def put_cursor(self, x: float) -> None:
        """Put the cursor on an update; the window moves so that it is in sight."""
        if not self.newest:
            return
        x = min(max(round(x), self.whole.first), self.newest)
        if self.window is not None and not self.window.holds(x):
            by = x - self.window.first if x < self.window.first else x - self.window.last
            self.window = self.window.moved(by, self.whole)
        if x != self.cursor:
            self.cursor = x
            self.post_message(self.CursorMoved(self, x))

    def action_step(self, columns: int) -> None:
        """Move the cursor by columns of dots, or by updates where those are wider."""
        if self.cursor is None:
            self.put_cursor(self.newest)
            return
        dots = 2 * self._plot.width
        wanted = self.seen.start(self.seen.column(self.cursor, dots) + columns, dots)
        further = wanted > self.cursor if columns > 0 else wanted < self.cursor
        self.put_cursor(wanted if further else self.cursor + columns)

    def action_leap(self, direction: int) -> None:
        """Move the cursor by a tenth of what is in sight."""
        start = self.newest if self.cursor is None else self.cursor
        self.put_cursor(start + direction * max(1, self.seen.width * LEAP))

    def action_edge(self, newest: bool) -> None:
        """Put the cursor on the first or the newest update in sight."""
        self.put_cursor(min(self.seen.last, self.newest) if newest else self.seen.first)

    def action_zoom(self, factor: float) -> None:
        """Zoom around the cursor, else around the newest update."""
        self._zoom(self.newest if self.cursor is None else self.cursor, factor)

    def action_whole(self) -> None:
        """Show everything, without a cursor."""
        self.window = None
        if self.cursor is not None:
            self.cursor = None
            self.post_message(self.CursorMoved(self, None))

    def action_toggle_log(self) -> None:
        """Switch between linear and logarithmic."""
        self.logarithmic = not self.logarithmic

    def action_toggle_raw(self) -> None:
        """Show or hide the bands."""
        self.raw = not self.raw

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor under the mouse, and let it follow."""
        self.capture_mouse()
        self.put_cursor(self._x_at(event))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the cursor."""
        if self.app.mouse_captured is self:
            self.put_cursor(self._x_at(event))

    def on_mouse_up(self) -> None:
        """Leave the cursor where it is."""
        self.release_mouse()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Zoom in around the mouse."""
        event.stop()
        self._zoom(self._x_at(event), 0.5)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Zoom out around the mouse."""
        event.stop()
        self._zoom(self._x_at(event), 2)

    def _zoom(self, around: float, factor: float) -> None:
        whole = self.whole
        window = self.seen.zoomed(min(max(around, self.seen.first), self.seen.last), factor, whole)
        self.window = None if window == whole else window

    def _x_at(self, event: events.MouseEvent) -> int:
        plot = self._plot
        offset = event.get_content_offset_capture(self)
        column = min(max(offset.x - plot.x, 0), plot.width - 1)
        return self.seen.start(2 * column, 2 * plot.width)
