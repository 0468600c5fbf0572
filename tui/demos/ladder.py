"""Models on a ladder of sizes: each is placed before its parameters are told, and a line parts large from small."""

from __future__ import annotations

import math
from typing import Annotated

import msgspec

from engine.reading.zoo import Zoo
from engine.runs.asks import Note

ASKED = (
    "bert-base",
    "mlp",
    "vgg16",
    "gpt3",
    "resnet50",
    "gpt2-xl",
    "inception_v3",
    "bert-large",
    "llama3.1-405b",
)
"""Models of the zoo, in the order in which they are asked for: no two that follow each other are alike in size."""

LEAST, MOST = 50, 120
"""Ends of the ladder, in tenths of a power of ten: from a hundred thousand parameters to a trillion."""

DECADE = 10
"""Tenths of a power of ten."""

NEAR = 3
"""Tenths that still count as placed well: a factor of 2."""

Tenths = Annotated[int, msgspec.Meta(ge=LEAST, le=MOST)]


class Rung(msgspec.Struct, frozen=True):
    """A model and its parameters, as they were counted."""

    name: str
    title: str
    parameters: Annotated[int, msgspec.Meta(ge=1)]

    @property
    def power(self) -> float:
        """The number's logarithm, in tenths of a power of ten."""
        return 10 * math.log10(self.parameters)


class Ladder(msgspec.Struct, frozen=True):
    """How far the learner is.

    Attributes:
        rungs: The models in the order in which they are asked for; none while they are not counted.
        placed: Where the learner put each of the first ones.
        mark: Where the learner is about to put the next one.
        line: What is at least as large counts as large.
        turned: Names of the told models whose label the last move of the line changed.
        doing, what: What the counting process does at the moment, and to what; "" where nothing is counted.
        problem: Why there are no counts.
    """

    rungs: tuple[Rung, ...] = ()
    placed: Annotated[tuple[Tenths, ...], msgspec.Meta(max_length=len(ASKED))] = ()
    mark: Tenths = 95
    line: Tenths = 90
    turned: tuple[str, ...] = ()
    doing: str = ""
    what: str = ""
    problem: Note | None = None

    @property
    def told(self) -> tuple[Rung, ...]:
        """The models whose parameters are told."""
        return self.rungs[: len(self.placed)]

    @property
    def asked(self) -> Rung | None:
        """The model that is to be placed, None once all are, or while none is counted."""
        return self.rungs[len(self.placed)] if len(self.placed) < len(self.rungs) else None

    @property
    def is_over(self) -> bool:
        """Whether all are placed."""
        return bool(self.rungs) and self.asked is None

    def is_large(self, rung: Rung) -> bool:
        """Return whether a model counts as large."""
        return rung.power >= self.line

    def miss(self, place: int) -> float:
        """Return by how many tenths the learner put a model too high; negative is too low."""
        return self.placed[place] - self.rungs[place].power


def counted(state: Ladder, zoo: Zoo) -> Ladder:
    """Return the state with the parameters that were counted; what was placed stays."""
    models = {model.name: model for model in zoo.models}
    rungs = tuple(Rung(name, models[name].title, models[name].parameters) for name in ASKED if name in models)
    return msgspec.structs.replace(
        state, rungs=rungs, placed=state.placed[: len(rungs)], doing="", what="", problem=None
    )


def move(state: Ladder, tenths: int) -> Ladder:
    """Move the mark; once all are placed, the line."""
    if state.is_over:
        return shift(state, tenths)
    return msgspec.structs.replace(state, mark=_within(state.mark + tenths)) if state.rungs else state


def place(state: Ladder) -> Ladder:
    """Put the model that is asked for where the mark is."""
    if state.asked is None:
        return state
    return msgspec.structs.replace(state, placed=(*state.placed, state.mark), turned=())


def shift(state: Ladder, tenths: int) -> Ladder:
    """Move the line between large and small, and see whose label turns by it."""
    moved = msgspec.structs.replace(state, line=_within(state.line + tenths))
    turned = tuple(rung.name for rung in state.told if state.is_large(rung) != moved.is_large(rung))
    return msgspec.structs.replace(moved, turned=turned if moved.line != state.line else state.turned)


def again(state: Ladder) -> Ladder:
    """Begin anew with the counts that are there."""
    return Ladder(rungs=state.rungs)


def factor(tenths: float) -> float:
    """Return how many times larger so many tenths of a power of ten are."""
    return float(10 ** (abs(tenths) / 10))


def typical_factor(state: Ladder) -> float:
    """Return the factor by which the learner missed: the geometric mean, 1 for nothing placed."""
    misses = [abs(state.miss(at)) for at in range(len(state.told))]
    return factor(sum(misses) / len(misses)) if misses else 1.0


def parameters_at(tenths: int) -> int:
    """Return the parameters at a place of the ladder, in two digits."""
    number = 10 ** (tenths / 10)
    digits = math.floor(math.log10(number)) - 1
    return round(number / 10.0**digits) * int(10**digits)


def _within(tenths: int) -> int:
    return max(LEAST, min(MOST, tenths))
