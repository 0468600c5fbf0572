"""The learner says in a line what they doubt about a question; the author reads it in the errata."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.screens.line_overlay import LineOverlay
from tui.words import Words

LONGEST = 500
"""Letters of a note."""


class DoubtScreen(LineOverlay):
    """Its result is the note, "" for none; the question is flagged in any case."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss('')", "keys.back", id="doubt.back")]

    def __init__(self, words: Words) -> None:
        super().__init__(words, "question.flag-why", "question.flag-keys", LONGEST)

    def take(self, line: str) -> None:
        """Close with the note."""
        self.dismiss(" ".join(line.split()))
