"""What each unit of the first layer looks for."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from engine.events import Evaluated
from tui.glyphs import Glyphs
from tui.widgets.run.evaluated import ArrayFile, EvaluatedPanel
from tui.widgets.run.moment import Moment
from tui.widgets.weights import Weights
from tui.words import Words


class RunWeights(Weights, inherit_bindings=False):
    """The receptive fields with the keys of a run's screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up,pageup", "turn(-1)", "run.keys.pages", id="run.pages", show=False),
        Binding("right,down,pagedown", "turn(1)", "run.keys.pages", id="run.pages", show=False),
    ]


class WeightsPanel(EvaluatedPanel):
    """Receptive fields after an epoch; their key again changes their size."""

    def __init__(self, words: Words, glyphs: Glyphs, *, id: str | None = None) -> None:
        self.weights = RunWeights(words, glyphs)
        self._file = ArrayFile()
        super().__init__(words, glyphs, id=id)

    def picture(self) -> Widget:
        return self.weights

    def speak(self, words: Words, glyphs: Glyphs) -> None:
        self.weights.words, self.weights.glyphs = words, glyphs
        super().speak(words, glyphs)

    def turn(self) -> None:
        self.weights.action_resize()

    def head(self, said: Evaluated | None, moment: Moment) -> str:
        if said is None:
            return self.words("run.weights-wait")
        if "weights" not in self._file.read(said, moment):
            return self.words("run.arrays-gone")
        return self.words("run.weights-title", epoch=said.epoch)

    def draw(self, said: Evaluated | None, moment: Moment) -> None:
        self.weights.units = self._file.read(said, moment).get("weights") if said else None

    def describe(self, said: Evaluated | None, moment: Moment) -> str:
        return self.weights.describe()
