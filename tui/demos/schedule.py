"""A run's updates, and the learning rate of each of them: up through the warm-up, and down to 0."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, Literal

import msgspec

from engine.recipes.schedule import outlasts, peak, rate_at, warmup_updates
from tui.demos.figures import number_in, typed_on

Field = Literal["examples", "batch", "epochs", "warmup", "peak"]
FIELDS: tuple[Field, ...] = ("examples", "batch", "epochs", "warmup", "peak")

BOUNDS: dict[Field, tuple[float, float]] = {
    "examples": (1, 10_000_000),
    "batch": (1, 4096),
    "epochs": (1, 1000),
    "warmup": (0, 1_000_000),
    "peak": (1e-7, 1.0),
}

LADDERS: dict[Field, tuple[float, ...]] = {
    "examples": (100, 200, 500, 1000, 2000, 5000, 10_000, 25_000, 60_000, 100_000),
    "batch": (1, 2, 4, 8, 16, 32, 64, 128, 256),
    "epochs": (1, 2, 3, 4, 5, 10, 20),
    "warmup": (0, 0.06, 0.1, 10, 50, 100, 200, 500, 1000, 2000),
    "peak": (1e-5, 2e-5, 3e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3),
}
"""Where the arrows stop; any number between the bounds can be typed."""


class Plan(msgspec.Struct, frozen=True):
    """What the run would be.

    Attributes:
        warmup: Updates, or a share of all of them where it is below 1.
        field: The setting that the arrows change.
        typed: A number for it that is being typed.
        trouble: Why what was typed is not taken: it is no number, or out of bounds.
    """

    examples: Annotated[int, msgspec.Meta(ge=1, le=10_000_000)] = 1000
    batch: Annotated[int, msgspec.Meta(ge=1, le=4096)] = 16
    epochs: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 3
    warmup: Annotated[float, msgspec.Meta(ge=0, le=1_000_000)] = 500.0
    peak: Annotated[float, msgspec.Meta(ge=1e-7, le=1.0)] = 5e-5
    field: Field = "examples"
    typed: str = ""
    trouble: Literal["", "number", "bounds"] = ""

    @property
    def updates(self) -> int:
        """Updates of the whole run; a short last batch is one, too."""
        return self.epochs * math.ceil(self.examples / self.batch)

    @property
    def rising(self) -> int:
        """Updates of the warm-up."""
        return warmup_updates(self.warmup, self.updates)

    @property
    def reached(self) -> tuple[int, float]:
        """The update with the highest rate, and that rate."""
        return peak(self.updates, self.peak, self.warmup)

    @property
    def falls_short(self) -> bool:
        """Whether the run ends before the peak is reached."""
        return outlasts(self.updates, self.warmup)

    @property
    def barely(self) -> bool:
        """Whether the peak is reached, and would not be with one example fewer."""
        if self.falls_short or self.examples == 1:
            return False
        return msgspec.structs.replace(self, examples=self.examples - 1).falls_short

    def rate(self, update: int) -> float:
        """Return the rate of an update, counted from 1."""
        return rate_at(update, self.updates, self.peak, self.warmup)

    def rates(self, columns: int) -> list[float | None]:
        """Return the rate at so many moments, evenly over the run."""
        last = self.updates - 1
        moments = [1 + round(column * last / max(1, columns - 1)) for column in range(columns)]
        return [self.rate(update) for update in moments]


PRESETS: tuple[Plan, ...] = (
    Plan(),
    Plan(examples=25_000),
    Plan(warmup=0.06),
    Plan(warmup=0.0),
)
"""The article's warm-up with 1,000 examples and with 25,000; one that fits; none."""


def choose(state: Plan, by: int) -> Plan:
    """Go to the next setting."""
    following = FIELDS[(FIELDS.index(state.field) + by) % len(FIELDS)]
    return msgspec.structs.replace(state, field=following, typed="", trouble="")


def step(state: Plan, by: int) -> Plan:
    """Go to the next rung of the chosen setting's ladder."""
    ladder, now = LADDERS[state.field], getattr(state, state.field)
    if by > 0:
        number = next((rung for rung in ladder if rung > now * (1 + 1e-9)), now)
    else:
        number = next((rung for rung in reversed(ladder) if rung < now * (1 - 1e-9)), now)
    return put(state, number)


def put(state: Plan, number: float) -> Plan:
    """Return the state with a number in the chosen setting."""
    low, high = BOUNDS[state.field]
    whole = state.field in ("examples", "batch", "epochs") or (state.field == "warmup" and number >= 1)
    if not low <= number <= high or (whole and not float(number).is_integer()):
        return msgspec.structs.replace(state, trouble="bounds")
    kind: Callable[[float], float] = float if state.field in ("warmup", "peak") else int
    changed: dict[str, float] = {state.field: kind(number)}
    return msgspec.structs.replace(state, typed="", trouble="", **changed)


def type_on(state: Plan, sign: str) -> Plan:
    """Return the state with one more sign typed."""
    return msgspec.structs.replace(state, typed=typed_on(state.typed, sign), trouble="")


def erase(state: Plan) -> Plan:
    """Return the state without the last sign."""
    return msgspec.structs.replace(state, typed=state.typed[:-1], trouble="")


def enter(state: Plan) -> Plan:
    """Take the number that was typed."""
    number = number_in(state.typed)
    return msgspec.structs.replace(state, trouble="number") if number is None else put(state, number)


def drop(state: Plan) -> Plan:
    """Leave the setting as it is."""
    return msgspec.structs.replace(state, typed="", trouble="")


def next_preset(state: Plan) -> Plan:
    """Return the preset after the one that is shown; the first where it is none."""
    shown = [_settings(preset) for preset in PRESETS]
    at = shown.index(_settings(state)) + 1 if _settings(state) in shown else 0
    return msgspec.structs.replace(PRESETS[at % len(PRESETS)], field=state.field)


def _settings(plan: Plan) -> tuple[float, ...]:
    return tuple(getattr(plan, field) for field in FIELDS)
