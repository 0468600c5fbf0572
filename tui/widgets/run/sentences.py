"""What a model makes of the probe sentences, and which texts it got wrong with most confidence."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widget import Widget

from content.course.visible import visible
from engine.events import Evaluated, Probed
from tui.glyphs import Glyphs
from tui.widgets.mistakes import Mistake, Mistakes
from tui.widgets.run.heading import Hint, other_times, when
from tui.widgets.run.moment import Moment
from tui.widgets.run.probed import ProbedPanel
from tui.widgets.sentence import Sentence
from tui.widgets.sentence_bars import SentenceBars
from tui.words import Words


class SentencesPanel(ProbedPanel):
    """Probabilities of the labels for each probe sentence; its key again shows the worst mistakes."""

    def __init__(self, words: Words, glyphs: Glyphs, *, id: str | None = None) -> None:
        self.bars = SentenceBars(words, glyphs)
        self.mistakes = Mistakes(words, glyphs)
        self.mistakes.display = False
        self._back: int | None = None
        """Place of the evaluation whose mistakes are looked at; None follows the newest."""
        super().__init__(words, glyphs, id=id)

    def compose(self) -> ComposeResult:
        yield self._head
        yield self.bars
        yield self.mistakes

    def picture(self) -> Widget:
        return self.mistakes if self.mistakes.display else self.bars

    def turn(self) -> None:
        self.mistakes.display = not self.mistakes.display
        self.bars.display = not self.mistakes.display
        self.again()

    def speak(self, words: Words, glyphs: Glyphs) -> None:
        self.bars.speak(words, glyphs)
        self.mistakes.speak(words, glyphs)
        super().speak(words, glyphs)

    def action_look(self, by: int) -> None:
        if not self.mistakes.display:
            super().action_look(by)
        elif self.moment is not None and self.moment.progress.evaluations:
            last = len(self.moment.progress.evaluations) - 1
            place = min(max((last if self._back is None else self._back) + by, 0), last)
            self._back = None if place == last else place
            self.refill(self.moment)

    def drawn(self, probed: Probed | None, moment: Moment) -> tuple[object, ...]:
        seen = self._evaluated(moment) if self.mistakes.display else probed
        return (seen, self.mistakes.display, *super().drawn(None, moment))

    def hints(self, moment: Moment) -> list[Hint]:
        turn = (str(self.number), self.words("bert.sentences-hint" if self.mistakes.display else "bert.mistakes-hint"))
        if not self.mistakes.display:
            return [*super().hints(moment), turn]
        several = len(moment.progress.evaluations) > 1
        return [("[ ]", self.words(other_times(moment))), turn] if several else [turn]

    def head(self, probed: Probed | None, moment: Moment) -> str:
        if self.mistakes.display:
            said = self._evaluated(moment)
            return (
                self.words("bert.mistakes-title", when=when(said, moment, self.words))
                if said
                else self.words("run.confusion-wait")
            )
        if probed is None:
            return self.words("bert.sentences-wait")
        return self.words("bert.sentences-title", update=f"{probed.update:,}")

    def draw(self, sentences: tuple[Sentence, ...], moment: Moment) -> None:
        names = _names(moment)
        said = self._evaluated(moment)
        if self.mistakes.display:
            self.mistakes.mistakes = tuple(
                Mistake(
                    visible(one.text).replace("\n", " "),
                    _name(one.truth, names),
                    _name(one.guess, names),
                    one.probability,
                )
                for one in (said.worst if said else [])
            )
        else:
            self.bars.labels = names
            self.bars.sentences = sentences

    def describe(self, moment: Moment) -> str:
        return self.mistakes.describe() if self.mistakes.display else self.bars.describe()

    def _evaluated(self, moment: Moment) -> Evaluated | None:
        evaluations = moment.progress.evaluations
        if not evaluations:
            return None
        return evaluations[-1 if self._back is None or self._back >= len(evaluations) else self._back]


def _names(moment: Moment) -> tuple[str, ...]:
    planned = moment.progress.planned
    return tuple(visible(name) for name in planned.classes) if planned else ()


def _name(number: int, names: tuple[str, ...]) -> str:
    return names[number] if 0 <= number < len(names) else str(number)
