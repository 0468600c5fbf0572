"""Three optimisers on three surfaces: where each stands after some steps."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Annotated, Literal

import msgspec

Point = tuple[float, float]

SurfaceName = Literal["bowl", "saddle", "wells"]
Runner = Literal["gd", "momentum", "adam"]
SURFACES: tuple[SurfaceName, ...] = ("bowl", "saddle", "wells")
RUNNERS: tuple[Runner, ...] = ("gd", "momentum", "adam")

MOST = 300
"""Steps of the longest race."""

LOWEST, HIGHEST = 0.001, 1.0
"""Bounds of a learning rate."""

MU, BETA1, BETA2, EPSILON = 0.9, 0.9, 0.999, 1e-8

FAR = 100.0
"""Who is so far away has exploded."""

STEEP = 25.0
"""Curvature of the bowl along y; along x it is 1."""

EDGE = 2 / STEEP
"""From this rate on gradient descent never comes down in the bowl: a step multiplies y by 1 - 25 * lr."""


class Surface(msgspec.Struct, frozen=True):
    """A loss of two weights.

    Attributes:
        height: The loss at x, y.
        slope: Its gradient.
        start: Where all begin.
        x, y: What is seen of it.
        minima: Its lowest points.
    """

    height: Callable[[float, float], float]
    slope: Callable[[float, float], Point]
    start: Point
    x: Point
    y: Point
    minima: tuple[Point, ...]


TILT = 0.5
"""How much the two wells differ."""

SHALLOW, DEEP = 1.8608058531, -2.1149075415
"""Where the slope of the wells along x is 0; between them it is so once more, on the barrier."""

MAPS: dict[SurfaceName, Surface] = {
    "bowl": Surface(
        height=lambda x, y: (x * x + STEEP * y * y) / 2,
        slope=lambda x, y: (x, STEEP * y),
        start=(-4.0, 1.0),
        x=(-5.0, 5.0),
        y=(-1.6, 1.6),
        minima=((0.0, 0.0),),
    ),
    "saddle": Surface(
        height=lambda x, y: (x * x - y * y) / 2 + y**4 / 8,
        slope=lambda x, y: (x, -y + y**3 / 2),
        start=(-3.0, 0.001),
        x=(-4.0, 4.0),
        y=(-2.4, 2.4),
        minima=((0.0, math.sqrt(2)), (0.0, -math.sqrt(2))),
    ),
    "wells": Surface(
        height=lambda x, y: (x * x - 4) ** 2 / 8 + TILT * x + y * y,
        slope=lambda x, y: ((x * x - 4) * x / 2 + TILT, 2 * y),
        start=(3.2, 1.2),
        x=(-3.8, 3.8),
        y=(-1.8, 1.8),
        minima=((DEEP, 0.0), (SHALLOW, 0.0)),
    ),
}

Rate = Annotated[float, msgspec.Meta(ge=LOWEST, le=HIGHEST)]


class Rates(msgspec.Struct, frozen=True):
    """The learning rate of each."""

    gd: Rate = 0.02
    momentum: Rate = 0.02
    adam: Rate = 0.1

    def of(self, runner: Runner) -> float:
        """Return the rate of one."""
        return float(getattr(self, runner))


class Race(msgspec.Struct, frozen=True):
    """What is raced, and how far.

    Attributes:
        chosen: Whose rate moves.
        shown: Who takes part.
        claim: Whom the learner bet on before the start, "" for nobody.
        edge: The rate that the learner took for the lowest at which gradient descent never comes down.
    """

    surface: SurfaceName = "bowl"
    rates: Rates = Rates()
    chosen: Runner = "gd"
    shown: tuple[Runner, ...] = RUNNERS
    steps: Annotated[int, msgspec.Meta(ge=0, le=MOST)] = 0
    claim: Runner | Literal[""] = ""
    edge: Rate | None = None

    def trail(self, runner: Runner) -> tuple[Point, ...]:
        """Return where one has been, the start first; shorter than the race where it exploded."""
        return trail(self.surface, runner, self.rates.of(runner))[: self.steps + 1]

    def fate(self, runner: Runner) -> Literal["start", "exploded", "arrived", "moving"]:
        """Return how one stands."""
        points = self.trail(runner)
        if not self.steps:
            return "start"
        if max(map(abs, points[-1])) > FAR:
            return "exploded"
        slope = MAPS[self.surface].slope(*points[-1])
        near = any(math.dist(points[-1], lowest) < 0.05 for lowest in MAPS[self.surface].minima)
        return "arrived" if near and math.hypot(*slope) < 0.05 else "moving"

    def loss(self, runner: Runner) -> float:
        """Return the height at which one stands."""
        return MAPS[self.surface].height(*self.trail(runner)[-1])

    @property
    def winners(self) -> tuple[Runner, ...] | None:
        """Who did what is bet on; None while that is not known, or where nothing is.

        On the saddle it is who first leaves the ridge, in the wells who stands in the deeper one after 100 steps.
        """
        if self.surface == "saddle":
            left = {runner: _left_ridge(self.trail(runner)) for runner in RUNNERS}
            first = min(left.values())
            return tuple(runner for runner in RUNNERS if left[runner] == first) if first <= MOST else None
        if self.surface == "wells" and self.steps >= SETTLED:
            return tuple(runner for runner in RUNNERS if math.dist(self.trail(runner)[-1], (DEEP, 0)) < 1)
        return None


SETTLED = 100
"""Steps after which it is seen in which well one stands."""


def _left_ridge(points: Sequence[Point]) -> int:
    """Return the step at which the ridge was left, more than all steps where it was not."""
    return next((step for step, (_, y) in enumerate(points) if abs(y) > 1), MOST + 1)


@lru_cache(maxsize=256)
def trail(surface: SurfaceName, runner: Runner, lr: float) -> tuple[Point, ...]:
    """Return the points of a whole race, the start first; it ends where one explodes."""
    x, y = MAPS[surface].start
    points = [(x, y)]
    first, second = [0.0, 0.0], [0.0, 0.0]
    for step in range(1, MOST + 1):
        moves = []
        for at, g in enumerate(MAPS[surface].slope(x, y)):
            match runner:
                case "gd":
                    moves.append(lr * g)
                case "momentum":
                    first[at] = MU * first[at] + g
                    moves.append(lr * first[at])
                case "adam":
                    first[at] = BETA1 * first[at] + (1 - BETA1) * g
                    second[at] = BETA2 * second[at] + (1 - BETA2) * g * g
                    mean, square = first[at] / (1 - BETA1**step), second[at] / (1 - BETA2**step)
                    moves.append(lr * mean / (math.sqrt(square) + EPSILON))
        x, y = x - moves[0], y - moves[1]
        points.append((x, y))
        if max(abs(x), abs(y)) > FAR:
            break
    return tuple(points)


def go(state: Race, by: int) -> Race:
    """Take so many steps, or take them back."""
    return msgspec.structs.replace(state, steps=max(0, min(MOST, state.steps + by)))


def restart(state: Race) -> Race:
    """Go back to the start; what was bet is forgotten."""
    return msgspec.structs.replace(state, steps=0, claim="", edge=None)


def pick(state: Race, runner: Runner) -> Race:
    """Choose one, and take it into the race."""
    shown = tuple(each for each in RUNNERS if each in (*state.shown, runner))
    return msgspec.structs.replace(state, chosen=runner, shown=shown)


def leave_out(state: Race) -> Race:
    """Take the chosen one out of the race, unless it is the last."""
    shown = tuple(each for each in state.shown if each != state.chosen)
    return msgspec.structs.replace(state, chosen=shown[0], shown=shown) if shown else state


def next_surface(state: Race) -> Race:
    """Go to the next surface, at its start."""
    following = SURFACES[(SURFACES.index(state.surface) + 1) % len(SURFACES)]
    return restart(msgspec.structs.replace(state, surface=following))


def tune(state: Race, by: int) -> Race:
    """Move the chosen rate by hundredths of its power of ten: 0.079, 0.080, 0.081."""
    lr = nudged(state.rates.of(state.chosen), by)
    rates = msgspec.structs.replace(state.rates, **{state.chosen: max(LOWEST, min(HIGHEST, lr))})
    return msgspec.structs.replace(state, rates=rates, edge=None)


def leap(state: Race, by: int) -> Race:
    """Move the chosen rate to the next of 1, 2, 5 times a power of ten."""
    now = state.rates.of(state.chosen)
    rungs = [float(f"{digit}e{power}") for power in (-3, -2, -1, 0) for digit in (1, 2, 5)]
    allowed = [rung for rung in rungs if LOWEST <= rung <= HIGHEST]
    if by > 0:
        lr = next((rung for rung in allowed if rung > now * (1 + 1e-9)), now)
    else:
        lr = next((rung for rung in reversed(allowed) if rung < now * (1 - 1e-9)), now)
    rates = msgspec.structs.replace(state.rates, **{state.chosen: lr})
    return msgspec.structs.replace(state, rates=rates, edge=None)


def nudged(lr: float, by: int) -> float:
    """Return a rate with its second digit moved."""
    power = math.floor(math.log10(lr) + 1e-9)
    mantissa = round(lr / 10.0 ** (power - 1)) + by
    if mantissa >= 100:
        mantissa, power = 10, power + 1
    elif mantissa < 10:
        mantissa, power = 99, power - 1
    return float(f"{mantissa}e{power - 1}")


def claim(state: Race) -> Race:
    """Say that the chosen rate is the edge, in the bowl; elsewhere bet on the chosen one, before the start."""
    if state.surface == "bowl":
        return msgspec.structs.replace(state, edge=state.rates.gd, chosen="gd")
    return msgspec.structs.replace(state, claim=state.chosen) if state.steps == 0 else state


def edge_found(edge: float) -> Literal["low", "right", "high"]:
    """Return whether a rate is the edge, to the two digits that can be set."""
    if math.isclose(edge, EDGE, rel_tol=1e-9):
        return "right"
    return "low" if edge < EDGE else "high"
