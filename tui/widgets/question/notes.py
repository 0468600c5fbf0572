"""What is said below an answer: hints, the verdict, a misconception, where to read on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from tui.text.joining import FULL
from tui.text.span import Span
from tui.widgets.question.passage import spans, wrapped

SIGN_CELLS = 4
MARGIN = 2

Tone = Literal["", "learner", "model", "success", "error", "quiet", "warning"]


class Note(msgspec.Struct, frozen=True):
    """A sentence with a sign before it; the sign's colour is its tone.

    Attributes:
        label: A few bold words before the text, such as "hint 1 of 2".
    """

    text: str
    sign: str = ""
    tone: Tone = ""
    label: str = ""


def draw_notes(notes: Sequence[Note], width: int) -> list[Content]:
    """Return the lines of notes, texts aligned behind their signs."""
    drawn: list[Content] = []
    for note in notes:
        loud = f"${note.tone} bold" if note.tone else "bold"
        gap = "" if note.label[-1:] in FULL else " "
        label = (Span(note.label, loud, whole=True), Span(gap)) if note.label else ()
        tone = "$quiet" if note.tone == "quiet" else ""
        told = wrapped((*label, *spans(note.text, tone)), width - SIGN_CELLS - MARGIN)
        for at, line in enumerate(told):
            lead = Content.styled(f"  {note.sign:<1} ", loud) if at == 0 else Content(" " * SIGN_CELLS)
            drawn.append(lead + line)
    return drawn


class Notes(Widget):
    """Shows notes; rows below them stay free up to `least`, so that nothing jumps when more is said."""

    DEFAULT_CSS = """
    Notes { height: auto; width: 1fr; }
    """

    notes: reactive[tuple[Note, ...]] = reactive((), layout=True)
    least: reactive[int] = reactive(0, layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max(self.least, len(draw_notes(self.notes, width)))

    def render(self) -> RenderResult:
        return Content("\n").join(draw_notes(self.notes, self.content_size.width))
