"""A small window over a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from textual.binding import Binding
from textual.screen import ModalScreen

if TYPE_CHECKING:
    from tui.app import LearncurveApp

Result = TypeVar("Result")


class Overlay(ModalScreen[Result]):
    """Takes the keys of the app that act everywhere: the window closes, as by esc, and the key does its work."""

    BINDINGS = [
        Binding("f2", "everywhere('language')", "keys.language", id="overlay.language", show=False),
        Binding("f5", "everywhere('theme')", "keys.theme", id="overlay.theme", show=False),
    ]

    def action_everywhere(self, name: str) -> None:
        """Close, and let the app act."""
        app = cast("LearncurveApp", self.app)
        self.dismiss(None)
        app.call_later(app.action_language if name == "language" else app.action_theme)
