"""The probe sentences as the model reads them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widget import Widget

from content.course.visible import visible
from tui.glyphs import Glyphs
from tui.widgets.run.heading import Heading
from tui.widgets.run.moment import Moment
from tui.widgets.run.panel import Panel
from tui.widgets.tokens import Tokens, TokenStrip
from tui.words import Words


class TokensPanel(Panel):
    """Pieces, numbers, special tokens, padding and mask of each sentence."""

    DEFAULT_CSS = """
    TokensPanel { padding: 0 0 0 1; layout: vertical; }
    """

    def __init__(self, words: Words, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(words, glyphs, id=id)
        self.strip = TokenStrip(words, glyphs)
        self._head = Heading()

    def compose(self) -> ComposeResult:
        yield self._head
        yield self.strip

    def hand(self) -> Widget | None:
        return self.strip

    def turn(self) -> None:
        before = self.strip.top
        self.strip.action_turn(1)
        if self.strip.top == before:
            self.strip.top = 0

    def speak(self, words: Words, glyphs: Glyphs) -> None:
        self.strip.speak(words, glyphs)
        super().speak(words, glyphs)

    def refill(self, moment: Moment) -> None:
        sentences = tokens(moment)
        self._head.show(self._title(sentences))
        if sentences != self.strip.sentences:
            self.strip.sentences = sentences

    def text(self, moment: Moment) -> str:
        self.refill(moment)
        return f"{self._title(tokens(moment))}\n\n{self.strip.describe()}"

    def _title(self, sentences: tuple[Tokens, ...]) -> str:
        if not sentences:
            return self.words("bert.tokens-wait")
        longest = max(len(sentence.pieces) for sentence in sentences)
        return self.words("bert.tokens-title", count=len(sentences), longest=longest)


def tokens(moment: Moment) -> tuple[Tokens, ...]:
    """Return the sentences that were said to be read so, harmless to show."""
    tokenized = moment.progress.tokenized
    return tuple(
        Tokens(
            visible(row.text).replace("\n", " "),
            tuple(visible(piece) for piece in row.pieces),
            tuple(row.ids),
            tuple(row.mask),
        )
        for row in (tokenized.rows if tokenized else [])
    )
