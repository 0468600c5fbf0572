"""The softmax slider on the screen: three logits, their probabilities as bars, the loss and its gradient."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.demos import softmax
from tui.demos.figures import short
from tui.demos.softmax import CLASSES, SHIFT, Experiment, Scores, floor_of
from tui.text.span import Line
from tui.widgets.bars import bar
from tui.widgets.block_sheet import Look
from tui.widgets.demos.demo import Demo
from tui.widgets.demos.sketch import Sketch
from tui.words import Words

AREA = "demo_softmax"

STEP, SMALL_STEP = 0.5, 0.1

LOGIT, SHARE, BAR = 15, 24, 32
"""Columns where logits, probabilities and bars begin."""

SLOPE_CELLS = 17
"""Cells of a slope: its number, and a bar on either side of 0."""

SLOPE_BAR = 5


class SoftmaxDemo(Demo[Scores]):
    """Moves three logits; what is added to all, a temperature and a second softmax are tried beside it."""

    STATE = Scores
    STILL_ROWS = 9
    NUMBERS = ("logits", "target", "heat", "doubled", "shifted")

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", f"move(-{STEP})", f"{AREA}.keys.move", id="softmax.move", key_display="← →"),
        Binding("right", f"move({STEP})", f"{AREA}.keys.move", id="softmax.move"),
        Binding("shift+left,comma", f"move(-{SMALL_STEP})", f"{AREA}.keys.nudge", id="softmax.nudge", show=False),
        Binding("shift+right,full_stop", f"move({SMALL_STEP})", f"{AREA}.keys.nudge", id="softmax.nudge", show=False),
        Binding("up,k", "choose(-1)", f"{AREA}.keys.choose", id="softmax.choose", show=False),
        Binding("down,j", "choose(1)", f"{AREA}.keys.choose", id="softmax.choose", show=False),
        Binding("a", "experiment('shift')", f"{AREA}.keys.shift", id="softmax.shift"),
        Binding("m", "experiment('heat')", f"{AREA}.keys.heat", id="softmax.heat"),
        Binding("x", "experiment('double')", f"{AREA}.keys.double", id="softmax.double"),
        Binding("t", "aim", f"{AREA}.keys.target", id="softmax.target", show=False),
    ]

    @classmethod
    def picture(cls, state: Scores, columns: int, rows: int, look: Look) -> list[Line]:
        """Return a row a class, the loss below, and what the last experiment shows."""
        words = look.words
        sketch = Sketch(columns, rows, look)
        low = rows < 16
        thick = 1 if rows < 30 else 3
        slope_at = columns - SLOPE_CELLS
        sketch.put(LOGIT, 0, words(f"{AREA}.logit"), "quiet")
        sketch.put(SHARE, 0, words(f"{AREA}.share-twice" if state.doubled else f"{AREA}.share"), "quiet")
        sketch.put_before(columns, 0, words(f"{AREA}.{_kind_of_slope(state)}"), "quiet")
        row = 1
        for at in range(CLASSES):
            _class(sketch, state, at, row, slope_at, thick)
            row += thick + (0 if low else 1)
        row += low
        row = sketch.tell(row, _loss(state, words), "model")
        row = sketch.tell(row, _settings(state, words))
        if not low:
            row += 1
        sketch.tell(row, f"{look.glyphs.mark} {_asks(state, words)}", "learner")
        return sketch.lines()

    @classmethod
    def told(cls, state: Scores, words: Words) -> str:
        """Return every class with its numbers, then the loss."""
        names = class_names(words)
        rows = [
            words(
                f"{AREA}.row",
                name=names[at],
                logit=short(state.fed[at]),
                share=f"{state.scored[at]:.3f}",
                slope=signed(state.gradient[at]),
            )
            for at in range(CLASSES)
        ]
        return "\n".join(
            [words(f"{AREA}.title"), *rows, _loss(state, words), _settings(state, words), _asks(state, words)]
        )

    def action_move(self, by: float) -> None:
        """Move the chosen logit."""
        self.become(softmax.move(self.state, by))

    def action_choose(self, by: int) -> None:
        """Go to another class."""
        self.become(softmax.choose(self.state, by))

    def action_aim(self) -> None:
        """Make another class the right one."""
        self.become(softmax.aim(self.state))

    def action_experiment(self, name: Experiment) -> None:
        """Announce an experiment, or do it."""
        self.become(softmax.experiment(self.state, name))


def class_names(words: Words) -> tuple[str, ...]:
    """Return the classes."""
    return tuple(words(f"{AREA}.class-{at}") for at in range(CLASSES))


def signed(number: float) -> str:
    """Return a slope in three decimals, with its sign."""
    return f"{number + 0.0:+.3f}"


def _kind_of_slope(state: Scores) -> str:
    """Return the name of the words that say what the slope is made of."""
    if state.doubled:
        return "slope"
    return "slope-simple" if state.temperature == 1 else "slope-heat"


def _class(sketch: Sketch, state: Scores, at: int, row: int, slope_at: int, thick: int) -> None:
    """Draw a class: whether it is the right one, its logit, its probability, its slope."""
    look = sketch.look
    chosen = at == state.chosen
    sketch.put(0, row, class_names(look.words)[at], "strong" if at == state.target else "")
    if at == state.target:
        sketch.put(8, row, look.words(f"{AREA}.target"), "right")
    logit = f"{look.glyphs.mark if chosen else ' '}{state.fed[at]:6.1f}"
    sketch.put(LOGIT - 1, row, logit, "cursor" if chosen else "learner")
    share, slope = state.scored[at], state.gradient[at]
    sketch.put(SHARE, row, f"{share:.3f}", "model strong")
    for each in range(thick):
        sketch.put(BAR, row + each, bar(share, max(4, slope_at - BAR - 2), look.glyphs), "model")
    sketch.put(slope_at, row, signed(slope), "other")
    middle = slope_at + 7 + SLOPE_BAR
    sketch.put(middle, row, look.glyphs.v, "frame")
    cells = min(SLOPE_BAR, round(abs(slope) * SLOPE_BAR + 0.3))
    sketch.put(middle - cells if slope < 0 else middle + 1, row, ("<" if slope < 0 else ">") * cells, "other")


def _loss(state: Scores, words: Words) -> str:
    share = state.scored[state.target]
    said = words(f"{AREA}.loss", share=f"{share:.3f}", loss=f"{state.loss:.3f}")
    return said + (words(f"{AREA}.floor", floor=f"{floor_of(CLASSES):.3f}") if state.doubled else "")


def _settings(state: Scores, words: Words) -> str:
    """Return what is switched on."""
    return words(
        f"{AREA}.settings",
        shift=short(SHIFT * state.shifted),
        heat=short(state.temperature),
        softmax=words(f"{AREA}.twice" if state.doubled else f"{AREA}.once"),
    )


def _asks(state: Scores, words: Words) -> str:
    """Return what is to be guessed, or what the last experiment shows."""
    if state.pending:
        return words(f"{AREA}.guess-{state.pending}")
    match state.told:
        case "shift":
            return words(f"{AREA}.shown-shift")
        case "heat":
            return words(f"{AREA}.shown-heat-{state.heat}")
        case "double":
            ten = f"{floor_of(10):.3f}"
            return words(f"{AREA}.shown-double" if state.doubled else f"{AREA}.shown-single", floor=ten)
    return words(f"{AREA}.invite")
