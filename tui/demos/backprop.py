"""One example through two weights and a ReLU, value by value: forward, back, and the step after."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import msgspec

from tui.demos.figures import number_in, typed_on

Quantity = Literal["h", "o", "L", "do", "dw2", "dh", "dw1"]
ORDER: tuple[Quantity, ...] = ("h", "o", "L", "do", "dw2", "dh", "dw1")
"""The order in which values are found: forward, then each slope from those behind it."""

Given = Literal["x", "w1", "w2", "y", "lr"]
GIVEN: tuple[Given, ...] = ("x", "w1", "w2", "y", "lr")

LARGEST = 1000.0
"""Numbers that are larger say nothing that smaller ones do not, and fit into no drawing."""

Number = Annotated[float, msgspec.Meta(ge=-LARGEST, le=LARGEST)]


class Network(msgspec.Struct, frozen=True):
    """Input, weights, target and learning rate."""

    x: Number = 2.0
    w1: float = 0.5
    w2: float = 3.0
    y: Number = 1.0
    lr: Number = 0.01

    @property
    def z(self) -> float:
        """What goes into the ReLU."""
        return self.w1 * self.x

    def find(self, quantity: Quantity) -> float:
        """Return a value or a slope."""
        h = max(0.0, self.z)
        o = self.w2 * h
        slope = 2 * (o - self.y)
        match quantity:
            case "h":
                return h
            case "o":
                return o
            case "L":
                return (o - self.y) ** 2
            case "do":
                return slope
            case "dw2":
                return slope * h
            case "dh":
                return slope * self.w2
            case "dw1":
                return slope * self.w2 * self.x if self.z > 0 else 0.0


class Stepper(msgspec.Struct, frozen=True):
    """How far the learner is.

    Attributes:
        said: What the learner said for each value that is revealed, None where it was shown unasked.
        typed: The number that is being typed.
        editing: The given number that is being changed, "" while the next value is asked for.
        before: The network before the last update, None before the first one.
        trouble: Why the last key did nothing: what was typed is no number, or a weight would grow too large.
    """

    network: Network = Network()
    said: Annotated[tuple[Number | None, ...], msgspec.Meta(max_length=len(ORDER))] = ()
    typed: str = ""
    editing: Given | Literal[""] = ""
    before: Network | None = None
    trouble: Literal["", "number", "large"] = ""

    @property
    def asked(self) -> Quantity | None:
        """The value that is asked for, None once all are known."""
        return ORDER[len(self.said)] if len(self.said) < len(ORDER) else None

    def known(self, quantity: Quantity) -> bool:
        """Return whether a value is revealed."""
        return ORDER.index(quantity) < len(self.said)

    def right(self, quantity: Quantity) -> bool | None:
        """Return whether the learner said it right; None where it was shown, or is not known yet."""
        said = self.said[ORDER.index(quantity)] if self.known(quantity) else None
        return None if said is None else agrees(said, self.network.find(quantity))


def agrees(said: float, value: float) -> bool:
    """Return whether a number says a value, rounded to three digits at worst."""
    return math.isclose(said, value, rel_tol=0.005, abs_tol=0.0005)


def type_on(state: Stepper, sign: str) -> Stepper:
    """Return the state with one more sign typed, where there is anything to type."""
    if state.asked is None and not state.editing:
        return state
    return msgspec.structs.replace(state, typed=typed_on(state.typed, sign), trouble="")


def erase(state: Stepper) -> Stepper:
    """Return the state without the last sign."""
    return msgspec.structs.replace(state, typed=state.typed[:-1], trouble="")


def enter(state: Stepper) -> Stepper:
    """Take what was typed: as the next value, or as the given number that is being changed."""
    number = number_in(state.typed)
    if number is None or abs(number) > LARGEST:
        return msgspec.structs.replace(state, trouble="number")
    if state.editing:
        changed: dict[str, float] = {state.editing: number}
        return Stepper(msgspec.structs.replace(state.network, **changed), editing=state.editing)
    if state.asked is None:
        return state
    return msgspec.structs.replace(state, said=(*state.said, number), typed="", trouble="")


def show(state: Stepper) -> Stepper:
    """Reveal the next value without an answer."""
    if state.asked is None:
        return state
    return msgspec.structs.replace(state, said=(*state.said, None), typed="", editing="", trouble="")


def update(state: Stepper) -> Stepper:
    """Step both weights down their slopes, once all slopes are known; the walk begins anew."""
    if state.asked is not None:
        return state
    net = state.network
    w1, w2 = net.w1 - net.lr * net.find("dw1"), net.w2 - net.lr * net.find("dw2")
    if max(abs(w1), abs(w2)) > LARGEST:
        return msgspec.structs.replace(state, trouble="large")
    return Stepper(msgspec.structs.replace(net, w1=w1, w2=w2), before=net)


def edit(state: Stepper, by: int = 1) -> Stepper:
    """Go to the next given number, to be changed; after the last one back to the walk."""
    places: tuple[Given | Literal[""], ...] = ("", *GIVEN)
    following = places[(places.index(state.editing) + by) % len(places)]
    return msgspec.structs.replace(state, editing=following, typed="", trouble="")


def stop_editing(state: Stepper) -> Stepper:
    """Go back to the walk; what was typed is dropped."""
    return msgspec.structs.replace(state, editing="", typed="", trouble="")


def slip(network: Network, quantity: Quantity, said: float) -> str:
    """Return the name of the slip that leads to a wrong answer, "" where none is known."""
    if agrees(said, network.find(quantity)):
        return ""
    return next((name for name, number in _slips(network, quantity) if agrees(said, number)), "")


def _slips(net: Network, quantity: Quantity) -> tuple[tuple[str, float], ...]:
    """Return what known slips make of a value."""
    h, o, slope, handed = net.find("h"), net.find("o"), net.find("do"), net.find("dh")
    match quantity:
        case "h":
            return (("no-relu", net.z), ("added", max(0.0, net.w1 + net.x)))
        case "o":
            return (("added", net.w2 + h),)
        case "L":
            return (("not-squared", o - net.y), ("not-squared", net.y - o), ("halved", (o - net.y) ** 2 / 2))
        case "do":
            return (("no-two", o - net.y), ("sign", -slope), ("the-loss", net.find("L")))
        case "dw2":
            return (("own-weight", slope * net.w2), ("only-arrived", slope), ("step", net.lr * slope * h))
        case "dh":
            return (("other-branch", slope * h), ("only-arrived", slope))
        case "dw1":
            return (("closed-gate", handed * net.x), ("only-arrived", handed), ("own-weight", handed * net.w1))
