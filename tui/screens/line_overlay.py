"""A small window in which the learner writes one line."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.screens.overlay import Overlay
from tui.text.span import Span, plain
from tui.text.wrap import wrap
from tui.widgets.text_line import TextLine
from tui.words import Words

COLUMNS = 60


class LineOverlay(Overlay[str]):
    """Says what is asked for, above a field and the keys; subclasses take the line, or say what it lacks."""

    DEFAULT_CSS = f"""
    LineOverlay {{ align: center middle; }}
    LineOverlay > Vertical {{
        width: {COLUMNS + 6}; max-width: 96%; height: auto;
        background: $surface; border: round $learner; padding: 1 2;
    }}
    LineOverlay Static {{ height: auto; }}
    LineOverlay Input {{ width: 1fr; margin: 1 0; background: $panel; }}
    """

    def __init__(self, words: Words, ask: str, keys: str, longest: int) -> None:
        """Ask for a line of at most `longest` letters; `ask` and `keys` name sentences."""
        super().__init__()
        self.words = words
        self.ask = ask
        self.keys = keys
        self.longest = longest

    def take(self, line: str) -> None:
        """Close with a line, or say what it lacks."""
        raise NotImplementedError

    def say(self, key: str, tone: str) -> None:
        """Say something below the field until it is changed."""
        self.query_one("#line-below", Static).update(Content.styled(self._wrapped(key), tone))

    def above(self) -> Iterable[Widget]:
        """Yield what the line is about, which the window hides."""
        return ()

    def compose(self) -> ComposeResult:
        with Vertical():
            yield from self.above()
            yield Static(self._wrapped(self.ask), markup=False)
            field = TextLine(id="line-text")
            field.max_length = self.longest
            yield field
            yield Static("", id="line-below", markup=False)

    def on_mount(self) -> None:
        self.draw_frame(Vertical)
        self.say(self.keys, "$quiet")
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def written(self, event: Input.Submitted) -> None:
        event.stop()
        self.take(event.value)

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        event.stop()
        self.say(self.keys, "$quiet")

    def _wrapped(self, key: str) -> str:
        return "\n".join(map(plain, wrap([Span(self.words(key))], COLUMNS)))
