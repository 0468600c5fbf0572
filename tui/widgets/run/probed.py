"""Panels of the probe sentences: the newest answers, unless the learner looks back."""

from __future__ import annotations

from bisect import bisect_left
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from content.course.visible import visible
from engine.events import Probe, Probed
from engine.runs.own_probes import own_probes
from tui.glyphs import Glyphs
from tui.widgets.run.heading import Heading, Hint
from tui.widgets.run.moment import Moment
from tui.widgets.run.panel import Panel
from tui.widgets.sentence import Sentence
from tui.words import Words

LEAP = 10
"""A key with shift goes over a tenth of all answers."""


class ProbedPanel(Panel):
    """Shows what a model makes of the probe sentences, and of the learner's own, below a title.

    Subclasses give `picture`, `head`, `draw` and `describe`.
    """

    DEFAULT_CSS = """
    ProbedPanel { padding: 0 0 0 1; layout: vertical; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left_square_bracket", "look(-1)", "bert.keys.look", id="run.look", show=False, key_display="[ ]"),
        Binding("right_square_bracket", "look(1)", "bert.keys.look", id="run.look", show=False),
        Binding("shift+left", "leap(-1)", "bert.keys.look", id="run.look", show=False),
        Binding("shift+right", "leap(1)", "bert.keys.look", id="run.look", show=False),
        Binding("n", "own", "bert.keys.own", id="run.own", show=False),
    ]

    NEEDS_MASK: ClassVar[bool] = False
    """The learner's own sentence must hold [MASK]."""

    class SentenceAsked(Message):
        """The learner wants to write a sentence of their own."""

        def __init__(self, panel: ProbedPanel) -> None:
            super().__init__()
            self.panel = panel

    def __init__(self, words: Words, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(words, glyphs, id=id)
        self._at: int | None = None
        """The update whose answers are looked at; None follows the newest."""
        self._own: tuple[str, ...] | None = None
        self._drawn: tuple[object, ...] = ()
        self._head = Heading()

    def compose(self) -> ComposeResult:
        yield self._head
        yield self.picture()

    def hand(self) -> Widget | None:
        return self.picture()

    def seen(self, moment: Moment) -> Probed | None:
        """Return the answers that are shown."""
        probed = moment.progress.probed
        return probed[self._place(probed)] if probed else None

    def action_look(self, by: int) -> None:
        """Look at earlier or later answers."""
        if self.moment is None or not self.moment.progress.probed:
            return
        probed = self.moment.progress.probed
        place = min(max(self._place(probed) + by, 0), len(probed) - 1)
        self._at = None if place == len(probed) - 1 else probed[place].update
        self.refill(self.moment)

    def action_leap(self, by: int) -> None:
        """Look at much earlier or later answers."""
        if self.moment is not None:
            self.action_look(by * max(1, len(self.moment.progress.probed) // LEAP))

    def action_own(self) -> None:
        """Ask for a sentence of the learner's; only a living run answers it."""
        if self.moment is not None and self.moment.alive:
            self.post_message(self.SentenceAsked(self))

    def asked(self) -> None:
        """A sentence of the learner's was added."""
        self._own, self._at = None, None
        self.again()

    def again(self) -> None:
        """Draw anew what is seen."""
        self._drawn = ()
        if self.moment is not None:
            self.refill(self.moment)

    def speak(self, words: Words, glyphs: Glyphs) -> None:
        self._drawn = ()
        super().speak(words, glyphs)

    def refill(self, moment: Moment) -> None:
        probed = self.seen(moment)
        drawn = self.drawn(probed, moment)
        if drawn != self._drawn:
            if drawn[:1] != self._drawn[:1]:
                self._own = None
            self._drawn = drawn
            self._head.show(self.head(probed, moment), self.hints(moment))
            self.draw(self.sentences(probed, moment), moment)

    def text(self, moment: Moment) -> str:
        probed = self.seen(moment)
        self.refill(moment)
        return f"{self.head(probed, moment)}\n\n{self.describe(moment)}"

    def drawn(self, probed: Probed | None, moment: Moment) -> tuple[object, ...]:
        """Return all that the picture depends on, the answers first."""
        return (probed, moment.progress.planned, moment.alive, len(moment.progress.probed) > 1)

    def hints(self, moment: Moment) -> list[Hint]:
        """Return the keys that lead to more."""
        found = [("[ ]", self.words("bert.look-hint"))] if len(moment.progress.probed) > 1 else []
        return [*found, ("n", self.words("bert.own-hint"))] if moment.alive else found

    def sentences(self, probed: Probed | None, moment: Moment) -> tuple[Sentence, ...]:
        """Return the sentences, the learner's own first, those that have not been answered yet among them."""
        if self._own is None:
            self._own = tuple(own_probes(moment.folder)) if moment.recipe.kind != "mlp" else ()
        probes = probed.probes if probed else []
        answered = {probe.text for probe in probes}
        asked = [Probe(text, "", []) for text in self._own if text not in answered] if moment.alive else []
        found = (
            Sentence(
                visible(probe.text).replace("\n", " "),
                visible(probe.truth),
                tuple((visible(guess.word), guess.probability) for guess in probe.guesses),
                probe.text in self._own,
            )
            for probe in (*probes, *asked)
        )
        return tuple(sorted(found, key=lambda sentence: not sentence.own))

    def picture(self) -> Widget:
        """Return the widget that draws what is seen now."""
        raise NotImplementedError

    def head(self, probed: Probed | None, moment: Moment) -> str:
        """Return what is shown, and after which update."""
        raise NotImplementedError

    def draw(self, sentences: tuple[Sentence, ...], moment: Moment) -> None:
        """Show the sentences."""
        raise NotImplementedError

    def describe(self, moment: Moment) -> str:
        """Return them as plain rows."""
        raise NotImplementedError

    def _place(self, probed: tuple[Probed, ...]) -> int:
        """Return the place of the answers that are looked at; a long run's are thinned, so updates count."""
        if self._at is None:
            return len(probed) - 1
        return min(bisect_left([each.update for each in probed], self._at), len(probed) - 1)
