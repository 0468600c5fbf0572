"""The learner says in a line what they doubt about a question; the author reads it in the errata."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tui.screens.overlay import Overlay
from tui.text.span import Span, plain
from tui.text.wrap import wrap
from tui.widgets.text_line import TextLine
from tui.words import Words

COLUMNS = 60
LONGEST = 500
"""Letters of a note."""


class DoubtScreen(Overlay[str]):
    """Its result is the note, "" for none; the question is flagged in any case."""

    DEFAULT_CSS = f"""
    DoubtScreen {{ align: center middle; background: $background 60%; }}
    DoubtScreen > Vertical {{
        width: {COLUMNS + 6}; max-width: 96%; height: auto;
        background: $surface; border: round $learner; padding: 1 2;
    }}
    DoubtScreen Static {{ height: auto; }}
    DoubtScreen Input {{ width: 1fr; margin: 1 0; background: $panel; }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss('')", "keys.back", id="doubt.back")]

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(self._wrapped("question.flag-why"), markup=False)
            field = TextLine(id="doubt-note")
            field.max_length = LONGEST
            yield field
            yield Static(Content.styled(self._wrapped("question.flag-keys"), "$quiet"), markup=False)

    def on_mount(self) -> None:
        """Draw the frame in ASCII where the terminal draws lines two cells wide."""
        signs = getattr(self.app, "glyphs", None)
        if signs is not None and signs.ascii:
            frame = self.query_one(Vertical)
            frame.styles.border = ("ascii", frame.styles.border_top[1])
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def written(self, event: Input.Submitted) -> None:
        """Close with the note."""
        event.stop()
        self.dismiss(" ".join(event.value.split()))

    def _wrapped(self, key: str) -> str:
        return "\n".join(map(plain, wrap([Span(self.words(key))], COLUMNS)))
