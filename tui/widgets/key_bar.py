"""The bottom line: the keys that matter most here, in words."""

from __future__ import annotations

import msgspec
from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

MOST = 6
"""More keys than this are no help where there is little room; the rest stands behind `?`."""

ROOMY_CELLS = 100
"""From so many cells on the other keys of a screen are shown too, as far as they fit."""

KEPT = 2
"""The last hints, the way back and the help, stay in any case."""


class KeyHint(msgspec.Struct, frozen=True):
    """A key as it is written, what it does in words, the action, and the key that a click presses.

    Attributes:
        spare: Whether it is shown only where there is room for more than the keys that matter most.
    """

    key: str
    words: str
    action: str
    press: str
    spare: bool = False


class KeyBar(Widget):
    """Shows hints; those that do not fit are left out, but never the way back and the help."""

    DEFAULT_CSS = """
    KeyBar { height: 1; width: 1fr; background: $background; color: $quiet; }
    KeyBar > .key-bar--key { color: $learner; text-style: bold; }
    """
    COMPONENT_CLASSES = {"key-bar--key"}

    hints: reactive[tuple[KeyHint, ...]] = reactive(())

    class Chosen(Message):
        """A hint was clicked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def render(self) -> RenderResult:
        key_style = self.get_visual_style("key-bar--key")
        line = Content(" ")
        for hint in self._fitting():
            line += Content.styled(hint.key, key_style) + Content(f" {hint.words}   ")
        return line

    def on_click(self, event: events.Click) -> None:
        left = 1
        for hint in self._fitting():
            right = left + cell_len(hint.key) + 1 + cell_len(hint.words)
            if left <= event.x < right:
                self.post_message(self.Chosen(hint.press))
                return
            left = right + 3

    def _fitting(self) -> list[KeyHint]:
        room = self.size.width - 1
        hints = list(self.hints)
        if self.size.width < ROOMY_CELLS:
            hints = [hint for hint in hints if not hint.spare]
            hints = [*hints[: MOST - KEPT], *hints[-KEPT:]] if len(hints) > MOST else hints
        while len(hints) > KEPT and sum(cell_len(h.key) + cell_len(h.words) + 4 for h in hints) - 3 > room:
            del hints[-KEPT - 1]
        return hints
