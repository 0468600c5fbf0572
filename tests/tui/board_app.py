"""An app around one widget, for tests: it counts what is repainted and keeps what is written."""

from __future__ import annotations

import io
from typing import Any

from rich.console import Console
from textual.app import App, ComposeResult
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widget import Widget

from tui.painting.painting import PaintingApp
from tui.theme import DARK, LIGHT
from tui.widgets.canvas.board import Board


class WritingDriver(HeadlessDriver):
    """A terminal in memory that keeps what is written to it."""

    written: list[str]

    @property
    def is_headless(self) -> bool:
        """Textual writes nothing to a headless driver."""
        return False

    def write(self, data: str) -> None:
        """Keep the data."""
        self.__dict__.setdefault("written", []).append(data)

    def flush(self) -> None:
        """Nothing waits."""


class BoardApp(App[None]):
    """Shows one widget on the whole screen."""

    CSS = "Screen { background: $background; }"

    def __init__(self, widget: Widget, *, light: bool = False, colours: str = "truecolor", **arguments: Any) -> None:
        super().__init__(**arguments)
        self.console = Console(file=io.StringIO(), force_terminal=True, color_system=colours)  # type: ignore[arg-type]
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = (LIGHT if light else DARK).name
        self.widget = widget
        self.messages: list[object] = []

    def compose(self) -> ComposeResult:
        """Show the widget."""
        yield self.widget


class WritingApp(PaintingApp[None], BoardApp):
    """Writes as to a real terminal; `written()` is what came since the last call."""

    def __init__(self, widget: Widget) -> None:
        super().__init__(widget, driver_class=WritingDriver)

    def written(self) -> str:
        """Return what was written since the last call."""
        assert isinstance(self._driver, WritingDriver)
        found = self._driver.__dict__.get("written", [])
        text = "".join(found)
        found.clear()
        return text


class Repaints:
    """Records which regions a board asks to have painted; None stands for all of it."""

    def __init__(self, board: Board, monkeypatch: Any) -> None:
        self.asked: list[Region | None] = []
        usual = board.refresh

        def refresh(*regions: Region, **options: Any) -> Board:
            if options.get("repaint", True):
                self.asked.extend(regions or (None,))
            return usual(*regions, **options)

        monkeypatch.setattr(board, "refresh", refresh)

    @property
    def cells(self) -> set[tuple[int, int]]:
        """Return the cells of the regions, and fail where everything was painted."""
        assert None not in self.asked
        return {(x, region.y) for region in self.asked if region for x in range(region.x, region.right)}


def rows(board: Board) -> list[str]:
    """Return what a board shows, row by row."""
    return [board.render_line(y).text for y in range(board.size.height)]


async def settled(pilot: Pilot[None]) -> None:
    """Wait until the board has drawn what it was given, and the screen has painted it."""
    await pilot.pause()
    assert isinstance(pilot.app, BoardApp)
    await pilot.app.widget.wait_for_refresh()
