"""What a teacher would say aloud, and what a teacher would not say."""

from __future__ import annotations

import math
from typing import Any

import pytest

from engine.events import Ended, Evaluated, Updated
from engine.reading.diagnosis import Check, checks
from engine.reading.progress import Progress
from engine.recipes import KINDS, recipe
from tests.engine.test_progress import evaluated, planned

MLP = recipe(KINDS["mlp"], {"lr": 0.01})
CHANCE = math.log(10)


def run(curve: list[float], *evaluations: tuple[float, float]) -> Progress:
    """Return a run of 10 updates an epoch with these losses, and (training, validation) losses by epoch."""
    progress = Progress().after(planned(updates=100, each=10))
    if curve:
        block = Updated(time=1, first=1, losses=tuple(curve), rates=(0.01,), norms=(1.0,))
        progress = progress.after(block)
    for epoch, (train, val) in enumerate(evaluations):
        progress = progress.after(_figures(epoch, train, val))
    return progress


def _figures(epoch: int, train: float, val: float) -> Evaluated:
    from msgspec.structs import replace

    return replace(evaluated(epoch, epoch * 10), train_loss=train, val_loss=val)


def falling(updates: int, start: float = CHANCE, end: float = 0.3) -> list[float]:
    return [end + (start - end) * math.exp(-4 * update / updates) for update in range(updates)]


def over(progress: Progress) -> Progress:
    """Return the run once it has finished: only then is there advice about more epochs."""
    return progress.after(Ended(time=2, state="finished", update=progress.update))


def codes(progress: Progress) -> list[str]:
    return [check.code for check in checks(MLP, progress)]


def test_nothing_is_said_before_there_is_anything_to_see() -> None:
    assert checks(MLP, Progress()) == []
    assert checks(MLP, run([])) == []


def test_an_untrained_model_begins_at_chance() -> None:
    assert checks(MLP, run([2.31])) == [Check("started-at-chance", True, {"loss": "2.31", "chance": "2.303"})]
    assert checks(MLP, run([2.6], (2.35, 2.4)))[0].good  # the whole training set says more than a batch
    assert codes(run([19.0])) == ["started-off-chance"]


@pytest.mark.parametrize(
    ("progress", "said"),
    [
        (
            over(run(falling(100), (2.3, 2.3), (0.9, 0.9), (0.6, 0.6), (0.5, 0.5))),
            ["learns", "generalises", "still-falling"],
        ),
        (run(falling(100), (2.3, 2.3), (0.9, 0.9), (0.6, 0.6), (0.5, 0.5)), ["learns", "generalises"]),
        (
            over(run(falling(100), (2.3, 2.3), (0.5, 0.5), (0.4, 0.5), (0.3, 0.499))),
            ["learns", "generalises", "levelled-off"],
        ),
        (run(falling(100), (2.3, 2.3), (0.5, 0.5), (0.4, 0.55), (0.3, 0.6)), ["learns", "overfits"]),
        (run([CHANCE] * 100, *[(2.3, 2.3)] * 4), ["flat-at-chance"]),
        (run(falling(100, end=2.0), (2.3, 2.3), (2.1, 2.1)), ["rate-too-low"]),
        (run(falling(20), (2.3, 2.3), (0.5, 0.5)), ["learns"]),
        (run(falling(5), (2.3, 2.3)), []),
        (run([*falling(50), math.nan, math.nan], (2.3, 2.3)), ["exploded"]),
        (run([2.3, *[40.0] * 5, *[2.31] * 60], (2.3, 2.3)), ["spiked-to-chance"]),
        (run([2.3, *[40.0] * 5, *[12.0] * 60], (2.3, 2.3)), ["diverged"]),
        (run([*falling(50), 9.0, *[0.3] * 49], (2.3, 2.3), (0.5, 0.5)), ["learns"]),
    ],
)
def test_each_shape_of_a_curve_gets_its_remark(progress: Progress, said: list[str]) -> None:
    assert codes(progress) == ["started-at-chance", *said]


def test_a_remark_carries_its_figures() -> None:
    def details(progress: Progress) -> dict[str, str]:
        return checks(MLP, progress)[-1].details

    assert details(run([2.3, 1.0, math.inf, math.nan]))["update"] == "3"
    assert details(run([CHANCE] * 100)) == {"loss": "2.3", "chance": "2.303", "rate": "0.01"}
    over = details(run(falling(100), (2.3, 2.3), (0.5, 0.5), (0.4, 0.55), (0.3, 0.6)))
    assert over == {"epoch": "1", "best": "0.5", "val": "0.6", "train": "0.3"}


def test_updates_that_the_disk_lost_are_no_explosion() -> None:
    progress = run(falling(50), (2.3, 2.3))
    later: dict[str, Any] = {"losses": (0.3,) * 10, "rates": (0.01,), "norms": (1.0,)}
    assert "exploded" not in codes(progress.after(Updated(time=2, first=71, **later)))
