"""The parameter ladder on the screen: the learner's marks and the models' bars on one logarithmic axis."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.demos import ladder as sizes
from tui.demos.ladder import DECADE, LEAST, MOST, NEAR, Ladder, Rung
from tui.text.cells import cells
from tui.text.joining import joined
from tui.text.span import Line
from tui.widgets.block_sheet import Look
from tui.widgets.demos.demo import Demo
from tui.widgets.demos.sketch import Sketch
from tui.widgets.zoo.figures import amount
from tui.words import Words

AREA = "demo_ladder"

TITLE = 15
"""Cells of a model's name."""

BESIDE = 25
"""Cells behind the axis: the parameters, the factor of the miss, the label."""

SIZE, MISS = 8, 11
"""Cells of the first two of them."""

MOST_AXIS = 92

RULES = {90: "article", 100: "survey"}
"""Places of the line where somebody drew it, in tenths of a power of ten."""


class LadderDemo(Demo[Ladder]):
    """Asks for the size of each model, tells it, and lets the learner draw the line that makes models large."""

    STATE = Ladder
    STILL_ROWS = 15

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "move(-1)", f"{AREA}.keys.move", id="ladder.move", key_display="← →"),
        Binding("right,l", "move(1)", f"{AREA}.keys.move", id="ladder.move", show=False),
        Binding("down,pagedown,j", f"move(-{DECADE})", f"{AREA}.keys.leap", id="ladder.leap", key_display="↑ ↓"),
        Binding("up,pageup,k", f"move({DECADE})", f"{AREA}.keys.leap", id="ladder.leap", show=False),
        Binding("enter,space", "place", f"{AREA}.keys.place", id="ladder.place", key_display="enter"),
        Binding("minus", "shift(-1)", f"{AREA}.keys.line", id="ladder.line", key_display="- ="),
        Binding("equals_sign,plus", "shift(1)", f"{AREA}.keys.line", id="ladder.line", show=False),
    ]

    @classmethod
    def picture(cls, state: Ladder, columns: int, rows: int, look: Look) -> list[Line]:
        """Return the axis, a row a model, the line, and what is asked or was found."""
        sketch = Sketch(columns, rows, look)
        if not state.rungs:
            row = sketch.tell(0, look.words(f"{AREA}.intro"))
            _tell_counting(sketch, state, row + 1)
            return sketch.lines()
        axis = Axis(columns)
        _draw_heads(sketch, axis)
        shown = sorted(state.rungs, key=lambda rung: rung.parameters) if state.is_over else state.rungs
        for row, rung in enumerate(shown, 1):
            _draw_rung(sketch, axis, state, rung, row)
        foot = len(shown) + 1
        _draw_line(sketch, axis, state, foot)
        row = foot + 1 + (rows > foot + 8)
        for text, style in _sentences(state, look):
            row = sketch.tell(row, text, style)
        return sketch.lines()

    @classmethod
    def told(cls, state: Ladder, words: Words) -> str:
        """Return the models with what the learner said, then what is asked."""
        if not state.rungs:
            return "\n\n".join([words(f"{AREA}.title"), words(f"{AREA}.intro"), _counting(state, words)])
        lines = [words(f"{AREA}.title"), words(f"{AREA}.line-at", n=_line(state, words))]
        for at, rung in enumerate(state.told):
            label = words(f"{AREA}.{'large' if state.is_large(rung) else 'small'}")
            lines.append(joined(_size(rung, words, label), _miss(state, at, words)))
        return "\n".join([*lines, "", *(text for text, _ in _asks(state, words))])

    @classmethod
    def keep(cls, state: Ladder) -> object:
        """Return what is worth keeping: neither what is being counted nor why it could not be."""
        return {"placed": list(state.placed), "mark": state.mark, "line": state.line} | {
            "rungs": [{"name": rung.name, "title": rung.title, "parameters": rung.parameters} for rung in state.rungs]
        }

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        state = self.state
        match action:
            case "place":
                return state.asked is not None
            case "move":
                return bool(state.rungs)
            case "shift":
                return bool(state.placed) and not state.is_over
        return super().check_action(action, parameters)

    def action_move(self, tenths: int) -> None:
        """Move the mark; once all are placed, the line."""
        self.become(sizes.move(self.state, tenths))

    def action_shift(self, tenths: int) -> None:
        """Move the line."""
        self.become(sizes.shift(self.state, tenths))

    def action_place(self) -> None:
        """Put the model where the mark is."""
        self.become(sizes.place(self.state))

    @classmethod
    def anew(cls, state: Ladder) -> Ladder:
        """Return all models unplaced."""
        return sizes.again(state)


class Axis:
    """Where a number of parameters stands."""

    def __init__(self, columns: int) -> None:
        self.left = TITLE
        self.cells = max(MOST - LEAST + 1 - 35, min(MOST_AXIS, columns - TITLE - BESIDE))

    @property
    def end(self) -> int:
        """The column behind it."""
        return self.left + self.cells

    def at(self, tenths: float) -> int:
        """Return the column of a place."""
        share = (min(max(tenths, LEAST), MOST) - LEAST) / (MOST - LEAST)
        return self.left + round(share * (self.cells - 1))


def _draw_heads(sketch: Sketch, axis: Axis) -> None:
    """Write the powers of ten above the axis, as many as have room."""
    words, end = sketch.look.words, 0
    for tenths in range(LEAST, MOST + 1, DECADE):
        said = amount(10 ** (tenths // DECADE), words.language, rounded=True)
        start = axis.at(tenths) - cells(said) // 2
        if start > end and start + cells(said) <= axis.end + 3:
            end = sketch.put(start, 0, said, "quiet")


def _draw_rung(sketch: Sketch, axis: Axis, state: Ladder, rung: Rung, row: int) -> None:
    """Draw a model: a bar as long as its parameters, the learner's mark, and both in figures."""
    look, at = sketch.look, state.rungs.index(rung)
    signs = look.glyphs
    is_told = at < len(state.placed)
    if rung == state.asked:
        sketch.put(0, row, rung.title, "learner")
        sketch.put(axis.left, row, signs.dot * axis.cells, "frame")
        sketch.put(axis.at(state.mark), row, signs.mark, "cursor")
        said = amount(sizes.parameters_at(state.mark), look.words.language, rounded=True)
        sketch.put_before(axis.end + SIZE, row, said, "learner")
        return
    sketch.put(0, row, rung.title, "" if is_told else "quiet")
    if not is_told:
        sketch.put(axis.at(state.line), row, signs.v, "frame")
        sketch.put_before(axis.end + SIZE, row, "?", "quiet")
        return
    end = axis.at(rung.power)
    sketch.put(axis.left, row, ("#" if signs.ascii else "⣿") * (end - axis.left + 1), "model")
    sketch.put(axis.at(state.line), row, signs.v, "other")
    sketch.put(axis.at(state.placed[at]), row, signs.mark, "learner")
    sketch.put_before(axis.end + SIZE, row, amount(rung.parameters, look.words.language), "model")
    near = abs(state.miss(at)) <= NEAR
    sign = signs.check if near else signs.up if state.miss(at) > 0 else signs.down
    said = f"{sign} x{_factor(state.miss(at), look.words).replace(' ', '')}"
    sketch.put(axis.end + SIZE + 1, row, said, "right" if near else "learner")
    large = state.is_large(rung)
    turned = rung.name in state.turned
    label = look.words(f"{AREA}.{'large' if large else 'small'}")
    sketch.put(axis.end + SIZE + MISS, row, label, "cursor" if turned else "other" if large else "quiet")


def _draw_line(sketch: Sketch, axis: Axis, state: Ladder, row: int) -> None:
    """Write below its sign where the line is; what has no room on the right stands on the left."""
    look, column = sketch.look, axis.at(state.line)
    said = look.words(f"{AREA}.line-at", n=_line(state, look.words))
    sketch.put(column, row, look.glyphs.v, "other")
    if column + 2 + cells(said) <= sketch.columns:
        sketch.put(column + 2, row, said, "other")
    else:
        sketch.put_before(column - 1, row, said, "other")


def _sentences(state: Ladder, look: Look) -> list[tuple[str, str]]:
    """Return what came of the last key, then what is asked, each with its style."""
    words, found = look.words, []
    if state.turned:
        titles = words("demo.comma").join(rung.title for rung in state.told if rung.name in state.turned)
        found.append((words(f"{AREA}.turned", models=titles), "other"))
    elif state.placed:
        last = len(state.told) - 1
        near = abs(state.miss(last)) <= NEAR
        rung = state.rungs[last]
        found.append((joined(_size(rung, words), _miss(state, last, words)), "right" if near else ""))
        found.append((words(f"{AREA}.is-{rung.name}"), ""))
    if state.line in RULES:
        found.append((words(f"{AREA}.rule-{RULES[state.line]}"), "other"))
    return found + [
        (f"{look.glyphs.mark} {text}" if style == "learner" else text, style) for text, style in _asks(state, words)
    ]


def _asks(state: Ladder, words: Words) -> list[tuple[str, str]]:
    """Return what the learner is to do now."""
    if state.asked is not None:
        return [(words(f"{AREA}.ask", model=state.asked.title, left=len(state.rungs) - len(state.placed)), "learner")]
    return [
        (words(f"{AREA}.over", factor=f"{sizes.typical_factor(state):.1f}"), "learner"),
        (words(f"{AREA}.convention"), ""),
    ]


def _size(rung: Rung, words: Words, label: str = "") -> str:
    """Return how large a model is, and what it is called where the line is now."""
    key = f"{AREA}.has-called" if label else f"{AREA}.has"
    return words(key, model=rung.title, parameters=f"{rung.parameters:,}", label=label)


def _miss(state: Ladder, at: int, words: Words) -> str:
    """Return by which factor the learner missed."""
    tenths = state.miss(at)
    said = amount(sizes.parameters_at(state.placed[at]), words.language, rounded=True)
    if abs(tenths) <= NEAR:
        return words(f"{AREA}.near", said=said, factor=_factor(tenths, words))
    return words(f"{AREA}.{'high' if tenths > 0 else 'low'}", said=said, factor=_factor(tenths, words))


def _factor(tenths: float, words: Words) -> str:
    value = sizes.factor(tenths)
    if value >= 9_999.5:
        return amount(round(value), words.language)
    return f"{value:,.0f}" if value >= 9.95 else f"{value:.1f}"


def _line(state: Ladder, words: Words) -> str:
    return amount(sizes.parameters_at(state.line), words.language, rounded=True)


def _tell_counting(sketch: Sketch, state: Ladder, row: int) -> None:
    sketch.tell(row, _counting(state, sketch.look.words), "wrong" if state.problem else "model")


def _counting(state: Ladder, words: Words) -> str:
    """Return how far the counting is, or why there are no counts."""
    if state.problem is not None:
        why = words.told(state.problem.code, state.problem.details, state.problem.sentence)
        return words(f"{AREA}.failed", why=why)
    if not state.doing:
        return words(f"{AREA}.waits")
    return joined(words("zoo.wait"), words(f"{AREA}.{state.doing}", what=state.what))
