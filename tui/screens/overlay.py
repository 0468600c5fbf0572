"""A small window over a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from textual.binding import Binding
from textual.screen import ModalScreen
from textual.widget import Widget

from tui.painting.moved import MovedCompositor

if TYPE_CHECKING:
    from tui.owner import Owner

Result = TypeVar("Result")


class Overlay(ModalScreen[Result]):
    """Takes the keys of the app that act everywhere: the window closes, as by esc, and the key does its work.

    The screen below does not shine through, and paints nothing meanwhile: a slow line carries the window alone.
    Where one reads both, as a term's meaning and its sentence, `app.tcss` makes the ground transparent: the window
    then changes its own cells and no others.
    """

    BINDINGS = [
        Binding("f2", "everywhere('language')", "keys.language", id="overlay.language", show=False),
        Binding("f5", "everywhere('theme')", "keys.theme", id="overlay.theme", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._compositor = MovedCompositor()

    def draw_frame(self, kind: type[Widget]) -> None:
        """Draw the frame in ASCII where the terminal draws lines two cells wide; `kind` is the widget that has it."""
        signs = getattr(self.app, "glyphs", None)
        if signs is not None and signs.ascii:
            frame = self.query_one(kind)
            frame.styles.border = ("ascii", frame.styles.border_top[1])

    def action_everywhere(self, name: str) -> None:
        """Close, and let the app act."""
        owner = cast("Owner", self.app)
        self.dismiss(None)
        self.app.call_later(owner.action_language if name == "language" else owner.action_theme)
