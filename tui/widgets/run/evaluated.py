"""Panels that show what was measured after one epoch, the newest unless the learner looks back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget

from engine.events import Evaluated
from tui.glyphs import Glyphs
from tui.widgets.run.heading import Heading, Hint, other_times
from tui.widgets.run.moment import Moment
from tui.widgets.run.panel import Panel
from tui.words import Words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Arrays = dict[str, NDArray[Any]]


HELD_SECONDS = 3.0
"""So long a picture of a run that trains is to be looked at, however fast its epochs are; each has 4 to 9 KB."""


class EvaluatedPanel(Panel):
    """Shows one evaluation below its title; the newest one is followed unless the learner looks back.

    Subclasses give `picture`, `head`, `draw` and `describe`.
    """

    DEFAULT_CSS = """
    EvaluatedPanel { padding: 0 0 0 1; layout: vertical; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left_square_bracket,shift+left",
            "epoch(-1)",
            "run.keys.epochs",
            id="run.epochs",
            show=False,
            key_display="[ ]",
        ),
        Binding("right_square_bracket,shift+right", "epoch(1)", "run.keys.epochs", id="run.epochs", show=False),
    ]

    def __init__(self, words: Words, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(words, glyphs, id=id)
        self._back: int | None = None
        """Place of the evaluation that is looked at; None follows the newest."""
        self._held: Evaluated | None = None
        self._held_since = 0.0
        self._drawn: tuple[object, ...] = ()
        self._head = Heading()
        self._picture = self.picture()

    def compose(self) -> ComposeResult:
        yield self._head
        yield self._picture

    def hand(self) -> Widget | None:
        return self._picture

    def choices(self, moment: Moment) -> Sequence[Evaluated]:
        """Return the evaluations that can be looked at."""
        return moment.progress.evaluations

    def seen(self, moment: Moment) -> Evaluated | None:
        """Return the evaluation that is shown."""
        evaluations = self.choices(moment)
        if not evaluations:
            return None
        if self._back is None or self._back >= len(evaluations):
            return self._followed(evaluations, moment)
        return evaluations[self._back]

    def _followed(self, evaluations: Sequence[Evaluated], moment: Moment) -> Evaluated:
        """Return the newest evaluation; while it trains, the one that is seen until it was there for a while."""
        held, newest = self._held, evaluations[-1]
        fresh = moment.state == "running" and 0 <= moment.now - self._held_since < HELD_SECONDS
        if held is None or not (fresh and any(each is held for each in reversed(evaluations))):
            if held is not newest:
                self._held_since = moment.now
            held = self._held = newest
        return held

    def action_epoch(self, by: int) -> None:
        """Look at an earlier or later epoch."""
        if self.moment is None or not self.choices(self.moment):
            return
        evaluations = self.choices(self.moment)
        last, seen = len(evaluations) - 1, self.seen(self.moment)
        place = min(max((evaluations.index(seen) if seen else last) + by, 0), last)
        self._back, self._held = None if place == last else place, None
        self.refill(self.moment)

    def speak(self, words: Words, glyphs: Glyphs) -> None:
        self._drawn = ()
        super().speak(words, glyphs)

    def refill(self, moment: Moment) -> None:
        said = self.seen(moment)
        drawn = self.drawn(said, moment)
        if drawn != self._drawn:
            self._drawn = drawn
            self._head.show(self.head(said, moment), self.hints(moment))
            self.draw(said, moment)

    def again(self) -> None:
        """Draw anew what is seen."""
        self._drawn = ()
        if self.moment is not None:
            self.refill(self.moment)

    def text(self, moment: Moment) -> str:
        said = self.seen(moment)
        self.refill(moment)
        return f"{self.head(said, moment)}\n\n{self.describe(said, moment)}"

    def picture(self) -> Widget:
        """Return the widget that draws, made once."""
        raise NotImplementedError

    def head(self, said: Evaluated | None, moment: Moment) -> str:
        """Return what is shown, and of which epoch."""
        raise NotImplementedError

    def hints(self, moment: Moment) -> Sequence[Hint]:
        """Return the keys that lead to more."""
        return [("[ ]", self.words(other_times(moment)))] if len(self.choices(moment)) > 1 else []

    def drawn(self, said: Evaluated | None, moment: Moment) -> tuple[object, ...]:
        """Return all that the picture depends on."""
        return (said,)

    def draw(self, said: Evaluated | None, moment: Moment) -> None:
        """Show an evaluation; None before the first."""
        raise NotImplementedError

    def describe(self, said: Evaluated | None, moment: Moment) -> str:
        """Return it as plain rows."""
        raise NotImplementedError


class ArrayFile:
    """Reads the arrays of an evaluation when they are first looked at, and keeps the last ones."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._arrays: Arrays = {}

    def read(self, said: Evaluated, moment: Moment) -> Arrays:
        """Return the arrays by name; empty where they were pruned, or cannot be read."""
        path = moment.folder.arrays / Path(said.arrays).name
        if not said.arrays:
            return {}
        if path != self._path:
            from safetensors import SafetensorError
            from safetensors.numpy import load_file

            try:
                self._arrays = load_file(path)
                self._path = path
            except (OSError, SafetensorError):
                return {}
        return self._arrays
