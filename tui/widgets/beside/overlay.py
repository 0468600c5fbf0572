"""One chart for several runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from tui.sides import Side
from tui.widgets.chart import ChartLine, Smoothed

Figure = Literal["accuracy", "loss", "valid"]
FIGURES: tuple[Figure, ...] = ("accuracy", "loss", "valid")

MARKS = "o+x*#@"
"""On the points of the runs, in their order: what no colour has to tell."""


def overlaid(sides: Sequence[Side], figure: Figure, weight: float) -> tuple[ChartLine, ...]:
    """Return a line for each run; `weight` smooths the training loss."""
    return tuple(_line(number, side, figure, weight) for number, side in enumerate(sides, 1))


def planned(sides: Sequence[Side]) -> float | None:
    """Return the last update that any of the runs is to do; None while none has said."""
    found = [side.progress.planned.updates for side in sides if side.progress.planned is not None]
    return max(found) if found else None


def _line(number: int, side: Side, figure: Figure, weight: float) -> ChartLine:
    style, tag = f"run-{number}", str(number)
    progress = side.progress
    if figure == "loss":
        source = Smoothed(progress.losses, weight) if weight > 0 else progress.losses
        return ChartLine(side.name, style, source, tag=tag)
    points = progress.points("val_accuracy" if figure == "accuracy" else "val_loss")
    return ChartLine(side.name, style, points, mark=MARKS[number - 1], tag=tag)
