"""A widget that is a grid of cells and repaints only those that changed."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tui.widgets.canvas.grid import Grid, Palette


class Board(Widget):
    """Shows the grid that `draw` makes.

    `redraw` may be called as often as there is news: the grid is made once per turn of the event loop, while
    the widget is on the screen, and compared with the one shown. What is equal costs the terminal nothing.
    """

    INKS: ClassVar[tuple[str, ...]] = ()
    """Component classes by their number in the grid; the first is for blank cells."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._grid: Grid | None = None
        self._strips: dict[int, Strip] = {}
        self._palette: Palette | None = None
        self._stale = False
        self._scheduled = False

    def draw(self, columns: int, rows: int) -> Grid:
        """Return the picture in a size."""
        raise NotImplementedError

    def palette(self) -> list[Style]:
        """Return the styles that the numbers of a grid mean."""
        return [self.get_component_rich_style(name) for name in self.INKS]

    def redraw(self) -> None:
        """Draw again once the present message is dealt with."""
        self._stale = True
        if not self._scheduled:
            self._scheduled = True
            self.call_next(self._renew)

    def render_line(self, y: int) -> Strip:
        """Return a row of the grid that is shown."""
        if self._grid is None or (self._grid.columns, self._grid.rows) != self.size:
            self._grid = self.draw(*self.size)
            self._strips.clear()
            self._stale = False
        if y not in self._strips:
            if self._palette is None:
                self._palette = Palette(self.palette())
            self._strips[y] = self._grid.strip(y, self._palette)
        return self._strips[y]

    def notify_style_update(self) -> None:
        """Forget the colours: the theme or the focus changed."""
        super().notify_style_update()
        self._palette = None
        self._strips = {}

    def on_show(self) -> None:
        """Catch up with what happened while nobody saw it."""
        self._renew()

    def _renew(self) -> None:
        self._scheduled = False
        if not self._stale or not self.is_on_screen or not self.size:
            return
        self._stale = False
        before = self._grid
        if before is None or (before.columns, before.rows) != self.size:
            return  # Textual is about to paint all of it
        after = self.draw(*self.size)
        changes = after.changes(before)
        self._grid = after
        if changes:
            for region in changes:
                self._strips.pop(region.y, None)
            self.refresh(*changes)
