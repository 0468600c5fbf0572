"""The app's way to the terminal: it is told nothing but what has changed."""

from __future__ import annotations

from typing import Any

from rich.console import Console, RenderableType
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.app import App, ReturnType
from textual.screen import Screen

from tui.painting.shown import Shown


class Written(CompositorUpdate):
    """An update as the terminal reads it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def render_segments(self, console: Console) -> str:
        """Return the text."""
        return self.text


class PaintingApp(App[ReturnType]):
    """Writes the cells that changed, whatever the widgets have painted."""

    _shown: Shown | None = None

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if isinstance(renderable, ChopsUpdate | LayoutUpdate) and self._writes:
            if self._shown is None:
                self._shown = Shown()
            text = self._shown.write(renderable, self.console)
            place = self.screen.outer_size.clamp_offset(self.cursor_position)
            told: Any = Written(text) if text or place != self._previous_cursor_position else None
            super()._display(screen, told)
        else:
            super()._display(screen, renderable)

    def action_redraw(self) -> None:
        """Write the whole screen again: another program has written over it, which nobody here can know."""
        self.refresh()

    @property
    def _writes(self) -> bool:
        """Whether Textual is about to write: what it only paints must not pass for shown."""
        ready = self._running and not self._closed and not self._batch_count
        return ready and not self.is_headless and self._driver is not None
