"""One sentence over everything while the terminal is too small."""

from __future__ import annotations

from typing import Any

from textual.app import App, ComposeResult
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.terminal import SMALLEST
from tui.words import Words


class TooSmallScreen(ModalScreen[None]):
    """Goes away by itself when there is room again; nothing behind it is lost."""

    DEFAULT_CSS = """
    TooSmallScreen { align: center middle; background: $background; }
    TooSmallScreen Static { width: 100%; text-align: center; color: $warning; }
    """

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence

    def compose(self) -> ComposeResult:
        yield Static(self.sentence, markup=False)


def cover(app: App[Any], size: Size, words: Words) -> None:
    """Cover everything while the terminal is too small, and uncover it once there is room again."""
    small = size.width < SMALLEST[0] or size.height < SMALLEST[1]
    covered = isinstance(app.screen, TooSmallScreen)
    if small and not covered:
        app.push_screen(TooSmallScreen(words("app.too-small", width=SMALLEST[0], height=SMALLEST[1])))
    elif covered and not small:
        app.pop_screen()
