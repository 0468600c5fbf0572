"""Three scores, the probabilities that softmax makes of them, the loss, and its gradient."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec

CLASSES = 3
HIGHEST = 10.0
SHIFT = 100.0
"""What is added to all logits."""

TEMPERATURES = (1.0, 2.0, 0.5)
"""What logits may be divided by before softmax."""

Experiment = Literal["shift", "heat", "double"]

Logit = Annotated[float, msgspec.Meta(ge=-HIGHEST, le=HIGHEST)]
Index = Annotated[int, msgspec.Meta(ge=0, lt=CLASSES)]


class Scores(msgspec.Struct, frozen=True):
    """What the learner has set.

    Attributes:
        chosen: The class whose logit moves.
        target: The class that is right.
        heat: Which of the temperatures it is.
        doubled: Whether what softmax made goes through softmax once more, as in a well-known mistake.
        shifted: Whether `SHIFT` is added to every logit.
        pending: The experiment whose outcome the learner is to guess before it is done, "" for none.
        tried: The experiments that were done: they need no guess any more.
        told: The experiment that was done last, "" once a logit has moved since.
    """

    logits: tuple[Logit, Logit, Logit] = (3.0, 1.0, 0.0)
    chosen: Index = 0
    target: Index = 0
    heat: Index = 0
    doubled: bool = False
    shifted: bool = False
    pending: Experiment | Literal[""] = ""
    tried: tuple[Experiment, ...] = ()
    told: Experiment | Literal[""] = ""

    @property
    def temperature(self) -> float:
        """What logits are divided by before softmax."""
        return TEMPERATURES[self.heat]

    @property
    def fed(self) -> tuple[float, ...]:
        """The logits with what is added to them."""
        return tuple(logit + SHIFT * self.shifted for logit in self.logits)

    @property
    def believed(self) -> tuple[float, ...]:
        """The probabilities."""
        return softmax([logit / self.temperature for logit in self.fed])

    @property
    def scored(self) -> tuple[float, ...]:
        """The probabilities that the loss sees: those of the second softmax where there are two."""
        return softmax(self.believed) if self.doubled else self.believed

    @property
    def loss(self) -> float:
        """The cross-entropy."""
        return -math.log(self.scored[self.target])

    @property
    def misses(self) -> tuple[float, ...]:
        """What is scored, less 1 at the target: the gradient where there is one softmax and no temperature."""
        return tuple(share - (at == self.target) for at, share in enumerate(self.scored))

    @property
    def gradient(self) -> tuple[float, ...]:
        """The slope of the loss in each logit."""
        misses = self.misses
        if self.doubled:
            mean = sum(miss * share for miss, share in zip(misses, self.believed, strict=True))
            misses = tuple(share * (miss - mean) for miss, share in zip(misses, self.believed, strict=True))
        return tuple(miss / self.temperature for miss in misses)


def softmax(logits: Sequence[float]) -> tuple[float, ...]:
    """Return probabilities; the largest logit is subtracted first, so that no power overflows."""
    largest = max(logits)
    powers = [math.exp(logit - largest) for logit in logits]
    return tuple(power / sum(powers) for power in powers)


def floor_of(classes: int) -> float:
    """Return the loss below which two softmaxes never come: the inner one gives 1 at most, and 0 elsewhere."""
    return math.log(math.e + classes - 1) - 1


def choose(state: Scores, by: int) -> Scores:
    """Go to the next class."""
    return msgspec.structs.replace(state, chosen=(state.chosen + by) % CLASSES)


def move(state: Scores, by: float) -> Scores:
    """Move the chosen logit, as far as its scale goes."""
    moved = round(max(-HIGHEST, min(HIGHEST, state.logits[state.chosen] + by)), 1)
    logits = tuple(moved if at == state.chosen else logit for at, logit in enumerate(state.logits))
    return msgspec.structs.replace(state, logits=logits, told="", pending="")


def aim(state: Scores) -> Scores:
    """Make the next class the right one."""
    return msgspec.structs.replace(state, target=(state.target + 1) % CLASSES, told="", pending="")


def experiment(state: Scores, name: Experiment) -> Scores:
    """Do an experiment; the first time it is only announced, so that its outcome can be guessed."""
    if name not in state.tried and state.pending != name:
        return msgspec.structs.replace(state, pending=name, told="")
    tried = tuple(dict.fromkeys((*state.tried, name)))
    state = msgspec.structs.replace(state, pending="", tried=tried, told=name)
    match name:
        case "shift":
            return msgspec.structs.replace(state, shifted=not state.shifted)
        case "double":
            return msgspec.structs.replace(state, doubled=not state.doubled)
        case "heat":
            return msgspec.structs.replace(state, heat=(state.heat + 1) % len(TEMPERATURES))
