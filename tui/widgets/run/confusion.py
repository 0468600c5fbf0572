"""What was taken for what, after an epoch or in the test."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from content.course.visible import visible
from engine.events import Evaluated
from tui.glyphs import Glyphs
from tui.widgets.confusion import ConfusionMatrix
from tui.widgets.run.evaluated import EvaluatedPanel
from tui.widgets.run.moment import Moment
from tui.words import Words


class RunConfusion(ConfusionMatrix, inherit_bindings=False):
    """The matrix with the keys of a run's screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1, 0)", "run.keys.cell", id="run.cell", show=False),
        Binding("down,j", "move(1, 0)", "run.keys.cell", id="run.cell", show=False),
        Binding("left", "move(0, -1)", "run.keys.cell", id="run.cell", show=False),
        Binding("right", "move(0, 1)", "run.keys.cell", id="run.cell", show=False),
        Binding("m", "worst", "run.keys.worst", id="run.worst", show=False),
    ]


class ConfusionPanel(EvaluatedPanel):
    """The confusion matrix of an epoch; its key again shows the test's, once there was one."""

    def __init__(self, words: Words, glyphs: Glyphs, *, id: str | None = None) -> None:
        self.matrix = RunConfusion(words, glyphs)
        self._of_test = False
        super().__init__(words, glyphs, id=id)

    def picture(self) -> Widget:
        return self.matrix

    def speak(self, words: Words, glyphs: Glyphs) -> None:
        self.matrix.words, self.matrix.glyphs = words, glyphs
        self.matrix.redraw()
        super().speak(words, glyphs)

    def turn(self) -> None:
        self._of_test = not self._of_test
        self.again()

    def drawn(self, said: Evaluated | None, moment: Moment) -> tuple[object, ...]:
        return (said, self._tests(moment))

    def head(self, said: Evaluated | None, moment: Moment) -> str:
        area = "bert" if moment.recipe.kind == "bert" else "run"
        if self._tests(moment):
            return self.words(f"{area}.confusion-test")
        return self.words(f"{area}.confusion-title", epoch=said.epoch) if said else self.words("run.confusion-wait")

    def draw(self, said: Evaluated | None, moment: Moment) -> None:
        planned, tested = moment.progress.planned, moment.progress.tested
        self.matrix.names = [visible(name) for name in planned.classes] if planned else []
        if tested is not None and self._tests(moment):
            self.matrix.matrix = tested.confusion
        else:
            self.matrix.matrix = said.confusion if said and planned else []

    def describe(self, said: Evaluated | None, moment: Moment) -> str:
        return self.matrix.describe()

    def _tests(self, moment: Moment) -> bool:
        return self._of_test and moment.progress.tested is not None
