"""The learner writes a sentence that the model is asked about while it learns."""

from __future__ import annotations

import re
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from engine.runs.asks import LONGEST_PROBE
from tui.screens.overlay import Overlay
from tui.text.span import Span, plain
from tui.text.wrap import wrap
from tui.widgets.sentence import MASK_PIECE
from tui.widgets.text_line import TextLine
from tui.words import Words

COLUMNS = 60

MASK = re.compile(r"[\[［【]\s*[mｍ][aａ][sｓ][kｋ]\s*[\]］】]", re.IGNORECASE)
"""The sign as people and input methods write it."""


class OwnSentenceScreen(Overlay[str]):
    """Its result is the sentence, None where the learner thought better of it."""

    DEFAULT_CSS = f"""
    OwnSentenceScreen {{ align: center middle; background: $background 60%; }}
    OwnSentenceScreen > Vertical {{
        width: {COLUMNS + 6}; max-width: 96%; height: auto;
        background: $surface; border: round $learner; padding: 1 2;
    }}
    OwnSentenceScreen Static {{ height: auto; }}
    OwnSentenceScreen Input {{ width: 1fr; margin: 1 0; background: $panel; }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "keys.back", id="own.back")]

    def __init__(self, words: Words, *, needs_mask: bool, ask: str = "", keys: str = "bert.own-keys") -> None:
        """`ask`, `keys`: Sentences to say in place of those for a run that is watched, by their names."""
        super().__init__()
        self.words = words
        self.needs_mask = needs_mask
        self.ask = ask or ("bert.own-ask-mask" if needs_mask else "bert.own-ask")
        self.keys = keys

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(self._wrapped(self.ask), markup=False)
            field = TextLine(id="own-text")
            field.max_length = LONGEST_PROBE
            yield field
            yield Static("", id="own-wrong", markup=False)

    def on_mount(self) -> None:
        """Draw the frame in ASCII where the terminal draws lines two cells wide."""
        signs = getattr(self.app, "glyphs", None)
        if signs is not None and signs.ascii:
            frame = self.query_one(Vertical)
            frame.styles.border = ("ascii", frame.styles.border_top[1])
        self._say(self.keys, "$quiet")
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def written(self, event: Input.Submitted) -> None:
        """Close with the sentence, or say what it lacks."""
        event.stop()
        text = normal(event.value)
        if not text:
            self._say("bert.own-empty", "$error")
        elif self.needs_mask and MASK_PIECE not in text:
            self._say("bert.own-no-mask", "$error")
        else:
            self.dismiss(text)

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        event.stop()
        self._say(self.keys, "$quiet")

    def _say(self, key: str, tone: str) -> None:
        self.query_one("#own-wrong", Static).update(Content.styled(self._wrapped(key), tone))

    def _wrapped(self, key: str) -> str:
        return "\n".join(map(plain, wrap([Span(self.words(key))], COLUMNS)))


def normal(text: str) -> str:
    """Return a sentence with its spaces tidied, and [MASK] as the tokenizer writes it, however it was typed."""
    return MASK.sub(MASK_PIECE, " ".join(text.split()))
