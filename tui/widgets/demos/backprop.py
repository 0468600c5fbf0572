"""The backprop stepper on the screen: a graph whose values the learner types before they are revealed."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.demos import backprop as walk
from tui.demos.backprop import ORDER, Network, Quantity, Stepper
from tui.demos.figures import short
from tui.text.cells import cells
from tui.text.span import Line
from tui.widgets.block_sheet import Look
from tui.widgets.demos.demo import Demo
from tui.widgets.demos.number_keys import NUMBER_KEYS
from tui.widgets.demos.sketch import Sketch
from tui.words import Words

AREA = "demo_backprop"

NARROWEST, USUAL, WIDEST = 52, 64, 96
"""Cells of the graph."""

COLUMNS = {"x": 1, "w1": 9, "relu": 17, "h": 25, "w2": 34, "o": 43, "y": 51, "L": 62}
"""Middles of the graph's columns where it is `USUAL` cells wide; w1, w2 and y stand over the nodes that take them."""

TALL = 30
"""From so many rows on, everything that was said stays in sight."""

NODES = {"w1": "[ * ]", "relu": "[ReLU]", "w2": "[ * ]", "y": "[(o-y)^2]"}

NAMES: dict[Quantity, str] = {
    "h": "h",
    "o": "o",
    "L": "L",
    "do": "dL/do",
    "dw2": "dL/dw2",
    "dh": "dL/dh",
    "dw1": "dL/dw1",
}
"""The values as the page writes them."""

PLACES: dict[Quantity, tuple[str, int]] = {
    **{"h": ("h", 5), "o": ("o", 5), "L": ("L", 5)},
    **{"dw1": ("w1", 8), "dh": ("h", 8), "dw2": ("w2", 8), "do": ("o", 8)},
}
"""Column and row of each value."""


class BackpropDemo(Demo[Stepper]):
    """Asks for seven values, forward and back, and applies the update; all given numbers can be changed."""

    STATE = Stepper
    STILL_ROWS = 12
    NUMBERS = ("network",)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "enter", f"{AREA}.keys.enter", id="backprop.enter", key_display="enter"),
        Binding("s", "show", f"{AREA}.keys.show", id="backprop.show"),
        Binding("u", "update", f"{AREA}.keys.update", id="backprop.update"),
        Binding("e,tab", "edit(1)", f"{AREA}.keys.edit", id="backprop.edit"),
        Binding("E,shift+tab", "edit(-1)", f"{AREA}.keys.edit", id="backprop.edit", show=False),
        Binding("escape", "stop", f"{AREA}.keys.stop", id="backprop.stop"),
        *NUMBER_KEYS,
    ]

    @classmethod
    def picture(cls, state: Stepper, columns: int, rows: int, look: Look) -> list[Line]:
        """Return the graph, what is asked, and what came of the last answer."""
        width = max(NARROWEST, columns)
        sketch = Sketch(width, rows, look)
        _graph(sketch, state)
        _below(sketch, state, 10 if rows < 16 else 11, columns)
        return sketch.lines()

    @classmethod
    def told(cls, state: Stepper, words: Words) -> str:
        """Return every value with its arithmetic, then what is asked."""
        net = state.network
        given = ", ".join(f"{name} = {short(getattr(net, name))}" for name in walk.GIVEN)
        lines = [words(f"{AREA}.title"), given, _news(state, words)]
        for quantity in ORDER[: len(state.said)]:
            verdict = _verdict(state, quantity, words, "")
            lines.append(" ".join(part for part in (*verdict, _found(state, quantity, words)) if part))
        lines += [_trouble(state, words), _asks(state, words)]
        return "\n".join(line for line in lines if line)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now; what is not goes to the screen."""
        state = self.state
        match action:
            case "erase":
                return bool(state.typed)
            case "stop":
                return bool(state.editing)
            case "enter" | "type":
                return bool(state.editing) or state.asked is not None
            case "show":
                return state.asked is not None and not state.editing
            case "update":
                return state.asked is None
        return super().check_action(action, parameters)

    def action_type(self, sign: str) -> None:
        """Type a sign of a number."""
        self.become(walk.type_on(self.state, sign))

    def action_erase(self) -> None:
        """Take the last sign back."""
        self.become(walk.erase(self.state))

    def action_enter(self) -> None:
        """Say the value that is typed."""
        self.become(walk.enter(self.state))

    def action_show(self) -> None:
        """Reveal the value unasked."""
        self.become(walk.show(self.state))

    def action_update(self) -> None:
        """Step both weights."""
        self.become(walk.update(self.state))

    def action_edit(self, by: int) -> None:
        """Change the next given number."""
        self.become(walk.edit(self.state, by))

    def action_stop(self) -> None:
        """Go back to the walk."""
        self.become(walk.stop_editing(self.state))


def _graph(sketch: Sketch, state: Stepper) -> None:
    """Draw nodes, given numbers, and each value where it arises."""
    signs, words, net = sketch.look.glyphs, sketch.look.words, state.network
    scale = min(WIDEST, sketch.columns) / USUAL
    at = {name: round(column * scale) for name, column in COLUMNS.items()}
    sketch.put(0, 0, f"{words(f'{AREA}.values')} >>", "quiet")
    sketch.put(at["x"], 4, signs.h * (at["L"] - at["x"]), "frame")
    for name, node in NODES.items():
        sketch.put_centred(at[name], 4, node)
    for name in ("x", "L"):
        sketch.put_centred(at[name], 4, name, "strong")
    for name in ("h", "o"):
        sketch.put_centred(at[name], 4, f" {name} ", "strong")
    for name in ("w1", "w2", "y"):
        sketch.put_centred(at[name], 1, name, "strong")
        _given(sketch, state, name, at[name], 2)
        sketch.put(at[name], 3, signs.v, "frame")
    _given(sketch, state, "x", at["x"], 5)
    for name in ("w1", "w2"):
        sketch.put(at[name], 6, signs.v, "frame")
    for quantity, (name, row) in PLACES.items():
        if row > 6:
            sketch.put_centred(at[name], 7, NAMES[quantity], "strong")
        _value(sketch, state, quantity, at[name], row)
    sketch.put_centred(at["L"], 8, "1", "quiet")
    sketch.put_before(at["L"] + 2, 9, f"<< {words(f'{AREA}.slopes')}", "quiet")
    editing = state.editing == "lr"
    rate = f"{signs.mark}{state.typed}_" if editing else short(net.lr)
    sketch.put(0, 9, f"lr {rate}", "cursor" if editing else "")


def _given(sketch: Sketch, state: Stepper, name: str, middle: int, row: int) -> None:
    """Draw a given number; the one that is being changed as far as it is typed."""
    if state.editing == name:
        sketch.put_centred(middle, row, f"{sketch.look.glyphs.mark}{state.typed}_", "cursor")
    else:
        sketch.put_centred(middle, row, short(getattr(state.network, name)))


def _value(sketch: Sketch, state: Stepper, quantity: Quantity, middle: int, row: int) -> None:
    """Draw a value: what is typed for it, a question mark, or what it is."""
    signs = sketch.look.glyphs
    if state.known(quantity):
        right = state.right(quantity)
        sign = {True: f" {signs.check}", False: f" {signs.cross}", None: ""}[right]
        value = short(state.network.find(quantity))
        last = sketch.columns - cells(value) - cells(sign)  # at the edge, too, both are seen
        start = min(middle - cells(value) // 2, last)
        column = sketch.put(max(0, start), row, value, "model")
        sketch.put(column, row, sign, "right" if right else "wrong")
    elif quantity == state.asked and not state.editing:
        sketch.put_centred(middle, row, f"{signs.mark}{state.typed or '?'}", "cursor")
    else:
        sketch.put_centred(middle, row, "?", "quiet")


def _below(sketch: Sketch, state: Stepper, row: int, columns: int) -> None:
    """Write what came of the last answer or update, then what is asked; in few rows only the latter."""
    look = sketch.look
    words = look.words
    asks = _asks(state, words)
    if sketch.rows < 16:
        sketch.columns = columns
        sketch.tell(row, asks, "learner")
        return
    if state.said:
        quantity = ORDER[len(state.said) - 1]
        verdict, slip = _verdict(state, quantity, words, f"{look.glyphs.mark} ")
        sign = look.glyphs.check if state.right(quantity) else look.glyphs.cross
        if verdict:
            row = sketch.tell(row, f"{sign} {verdict}", "right" if state.right(quantity) else "wrong")
        row = sketch.tell(row, _found(state, quantity, words))
        row = sketch.tell(row, slip)
    else:
        row = sketch.tell(row, _news(state, words), "model")
    row = sketch.tell(row, _trouble(state, words), "wrong")
    row = sketch.tell(row + (1 if row < sketch.rows - 3 else 0), f"{look.glyphs.mark} {asks}", "learner")
    if sketch.rows >= TALL:
        _history(sketch, state, row + 1)


def _history(sketch: Sketch, state: Stepper, row: int) -> None:
    """Write every value that is known with its arithmetic and with what the learner said."""
    signs = sketch.look.glyphs
    for quantity, said in zip(ORDER, state.said, strict=False):
        right = state.right(quantity)
        sign = {True: signs.check, False: signs.cross, None: " "}[right]
        sketch.put(0, row, sign, "right" if right else "wrong")
        sketch.put(2, row, f"{signs.mark} {short(said)}" if said is not None else "", "learner")
        sketch.put(16, row, f"{NAMES[quantity]:<6} = {_sum(state.network, quantity)}")
        sketch.put(48, row, f"= {short(state.network.find(quantity))}", "model")
        row += 1


def _verdict(state: Stepper, quantity: Quantity, words: Words, mark: str) -> tuple[str, str]:
    """Return whether an answer was right, and which slip leads to it; both empty where none was given."""
    right, said = state.right(quantity), state.said[ORDER.index(quantity)]
    if said is None:
        return "", ""
    slip = walk.slip(state.network, quantity, said)
    verdict = words(f"{AREA}.{'right' if right else 'wrong'}", said=f"{mark}{short(said)}")
    return verdict, words(f"{AREA}.slip-{quantity}-{slip}") if slip else ""


def _trouble(state: Stepper, words: Words) -> str:
    """Return why the last key did nothing."""
    key = "trouble-set" if state.trouble == "number" and state.editing else f"trouble-{state.trouble}"
    return words(f"{AREA}.{key}") if state.trouble else ""


def _asks(state: Stepper, words: Words) -> str:
    """Return what the learner is to do now."""
    if state.editing:
        return words(f"{AREA}.edit", name=state.editing)
    if state.asked is None:
        return words(f"{AREA}.done", lr=short(state.network.lr))
    return words(f"{AREA}.ask-{state.asked}")


def _found(state: Stepper, quantity: Quantity, words: Words) -> str:
    """Return a value with its arithmetic, and why it is so."""
    net = state.network
    why = "dw1-closed" if quantity == "dw1" and net.z <= 0 else quantity
    found = f"{NAMES[quantity]} = {_sum(net, quantity)} = {short(net.find(quantity))}"
    return words(f"{AREA}.found", found=found, why=words(f"{AREA}.why-{why}"))


def _sum(net: Network, quantity: Quantity) -> str:
    """Return the arithmetic of a value, in numbers."""
    x, w1, w2, y = (_factor(number) for number in (net.x, net.w1, net.w2, net.y))
    h, o, slope, handed = (_factor(net.find(each)) for each in ("h", "o", "do", "dh"))
    match quantity:
        case "h":
            return f"ReLU({w1} * {x})"
        case "o":
            return f"{w2} * {h}"
        case "L":
            return f"({o} - {y})^2"
        case "do":
            return f"2 * ({o} - {y})"
        case "dw2":
            return f"{slope} * {h}"
        case "dh":
            return f"{slope} * {w2}"
        case "dw1":
            return f"{handed} * {int(net.z > 0)} * {x}"


def _factor(number: float) -> str:
    """Return a number as it stands in a product: a negative one in brackets."""
    return f"({short(number)})" if number < 0 else short(number)


def _news(state: Stepper, words: Words) -> str:
    """Return what the last update did, "" before the first one."""
    before, net = state.before, state.network
    if before is None:
        return ""
    pairs: tuple[tuple[str, Quantity], ...] = (("w1", "dw1"), ("w2", "dw2"))
    steps = "; ".join(
        f"{name} = {short(getattr(before, name))} - {_factor(before.lr)} * {_factor(before.find(slope))}"
        f" = {short(getattr(net, name))}"
        for name, slope in pairs
    )
    one, other = before.find("L"), net.find("L")
    went = "fell" if other < one else "rose" if other > one else "stayed"
    said = words(f"{AREA}.loss-{went}", before=short(one), after=short(other))
    return words(f"{AREA}.found", found=steps, why=said)
