"""What the model misread with most confidence, large enough to judge with one's own eyes."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from content.course.visible import visible
from engine.events import Evaluated, Misread
from tui.glyphs import Glyphs
from tui.widgets.chart.description import aligned
from tui.widgets.digits import Digit, Digits
from tui.widgets.run.evaluated import ArrayFile, EvaluatedPanel
from tui.widgets.run.moment import Moment
from tui.words import Words


class RunDigits(Digits, inherit_bindings=False):
    """The digits with the keys of a run's screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up,pageup", "turn(-1)", "run.keys.pages", id="run.pages", show=False),
        Binding("right,down,pagedown", "turn(1)", "run.keys.pages", id="run.pages", show=False),
    ]


class DigitsPanel(EvaluatedPanel):
    """The misread digits of an epoch; their key again turns the page."""

    def __init__(self, words: Words, glyphs: Glyphs, *, id: str | None = None) -> None:
        self.digits = RunDigits(words, glyphs)
        self._file = ArrayFile()
        super().__init__(words, glyphs, id=id)

    def picture(self) -> Widget:
        return self.digits

    def speak(self, words: Words, glyphs: Glyphs) -> None:
        self.digits.words, self.digits.glyphs = words, glyphs
        super().speak(words, glyphs)

    def turn(self) -> None:
        before = self.digits.page
        self.digits.action_turn(1)
        if self.digits.page == before:
            self.digits.page = 0

    def head(self, said: Evaluated | None, moment: Moment) -> str:
        if said is None:
            return self.words("run.digits-wait")
        if said.worst and not self._pictures(said, moment):
            return self.words("run.arrays-gone")
        return self.words("run.digits-title", epoch=said.epoch)

    def draw(self, said: Evaluated | None, moment: Moment) -> None:
        pictures = self._pictures(said, moment) if said else []
        worst = said.worst if said else []
        self.digits.digits = tuple(
            Digit(pixels, self._caption(misread, moment)) for misread, pixels in zip(worst, pictures, strict=False)
        )

    def describe(self, said: Evaluated | None, moment: Moment) -> str:
        if said is None:
            return ""
        heads = [self.words(f"run.table-{name}") for name in ("example", "truth", "guess", "probability")]
        rows = [
            [str(one.index), _name(one.truth, moment), _name(one.guess, moment), f"{one.probability:.3f}"]
            for one in said.worst
        ]
        return aligned([heads, *rows]) if rows else self.words("digits.none")

    def _caption(self, misread: Misread, moment: Moment) -> str:
        return self.words(
            "run.digits-caption",
            truth=_name(misread.truth, moment),
            guess=_name(misread.guess, moment),
            probability=f"{misread.probability:.2f}",
        )

    def _pictures(self, said: Evaluated, moment: Moment) -> list[object]:
        pictures = self._file.read(said, moment).get("worst")
        return [] if pictures is None or pictures.ndim != 3 else list(pictures)


def _name(number: int, moment: Moment) -> str:
    classes = moment.progress.planned.classes if moment.progress.planned else []
    return visible(classes[number]) if number < len(classes) else str(number)
