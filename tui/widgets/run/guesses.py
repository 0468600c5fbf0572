"""What a model in pre-training would put in the place of [MASK]."""

from __future__ import annotations

from typing import ClassVar

from textual.widget import Widget

from engine.events import Probed
from tui.glyphs import Glyphs
from tui.widgets.mask_guesses import MaskGuesses
from tui.widgets.run.moment import Moment
from tui.widgets.run.probed import ProbedPanel
from tui.widgets.sentence import Sentence
from tui.words import Words


class GuessesPanel(ProbedPanel):
    """Probe sentences with the five likeliest words, which change as the model learns."""

    NEEDS_MASK: ClassVar[bool] = True

    def __init__(self, words: Words, glyphs: Glyphs, *, id: str | None = None) -> None:
        self.cards = MaskGuesses(words, glyphs)
        super().__init__(words, glyphs, id=id)

    def picture(self) -> Widget:
        return self.cards

    def speak(self, words: Words, glyphs: Glyphs) -> None:
        self.cards.speak(words, glyphs)
        super().speak(words, glyphs)

    def head(self, probed: Probed | None, moment: Moment) -> str:
        if probed is None:
            return self.words("bert.guesses-wait")
        return self.words("bert.guesses-title", update=f"{probed.update:,}")

    def draw(self, sentences: tuple[Sentence, ...], moment: Moment) -> None:
        self.cards.sentences = sentences

    def describe(self, moment: Moment) -> str:
        return self.cards.describe()
