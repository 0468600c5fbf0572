"""The learner says in a line what they doubt about a question; the author reads it in the errata."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from tui.screens.line_overlay import LineOverlay
from tui.text.span import Span
from tui.widgets.question.passage import Passage
from tui.words import Words

LONGEST = 500
"""Letters of a note."""


class DoubtScreen(LineOverlay):
    """Its result is the note, "" for none; the question is flagged in any case, and stands above the line."""

    DEFAULT_CSS = """
    DoubtScreen Passage { max-height: 9; margin: 0 0 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss('')", "keys.back", id="doubt.back")]

    def __init__(self, words: Words, asked: Sequence[Span]) -> None:
        """Ask for a note about the question that is `asked`."""
        super().__init__(words, "question.flag-why", "question.flag-keys", LONGEST)
        self.asked = asked

    def above(self) -> Iterable[Widget]:
        passage = Passage()
        passage.pieces = tuple(self.asked)
        yield passage

    def take(self, line: str) -> None:
        """Close with the note."""
        self.dismiss(" ".join(line.split()))
