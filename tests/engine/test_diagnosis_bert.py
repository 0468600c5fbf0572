"""What a teacher would say of a warm-up, of a plateau, and of a fine-tuning that does not move."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from engine.events import Ended, Updated
from engine.reading.diagnosis import Check, checks
from engine.reading.plateau import BELOW, WINDOW, broke
from engine.reading.progress import Progress
from engine.reading.series import Series
from engine.recipes import KINDS, Recipe, recipe
from tests.engine.test_progress import evaluated, planned

VOCABULARY = 4_000
PLATEAU = 6.25


def run(losses: list[float], *, updates: int, each: int, chance: float, plateau: float = math.nan) -> Progress:
    """Return a run with these losses."""
    plan = replace(planned(updates=updates, each=each), chance_loss=chance, plateau_loss=plateau)
    progress = Progress().after(plan)
    if losses:
        block = Updated(time=1, first=1, losses=tuple(losses), rates=(0.1,), norms=(1.0,))
        progress = progress.after(block)
    return progress


def tuned(losses: list[float], updates: int = 200, each: int = 20, **knobs: Any) -> list[Check]:
    """Return the remarks on a fine-tuning of six labels."""
    asked: Recipe = recipe(KINDS["bert"], knobs)
    return checks(asked, run(losses, updates=updates, each=each, chance=math.log(6)))


def pretrained(losses: list[float], *, ended: bool = False) -> list[Check]:
    """Return the remarks on a pre-training of 1,000 updates, a check every 100."""
    asked = recipe(KINDS["pretrain"], {"updates": 1_000, "warmup": 0.0})
    progress = run(losses, updates=1_000, each=100, chance=math.log(VOCABULARY), plateau=PLATEAU)
    return checks(asked, progress.after(Ended(time=2, state="finished", update=len(losses))) if ended else progress)


def codes(found: list[Check]) -> list[str]:
    return [check.code for check in found]


def test_a_warm_up_that_outlasts_the_run_is_told_with_the_highest_rate() -> None:
    """The article's 500 on a run of 200 updates: the rate never reaches its height."""
    found = tuned([1.79] * 5, warmup=500.0, lr=5e-5)
    assert found[-1] == Check(
        "warmup-outlasts", False, {"warmup": "500", "updates": "200", "rate": "5e-05", "peak": "2e-05"}
    )
    assert "warmup-outlasts" not in codes(tuned([1.79] * 5, warmup=0.1))


def test_while_the_rate_rises_nothing_is_judged() -> None:
    """A warm-up is meant to begin slowly: a loss at chance is no fault then."""
    assert codes(tuned([1.79] * 15, warmup=20.0)) == ["started-at-chance", "warms-up"]
    assert codes(tuned([1.79] * 25, warmup=20.0)) == ["started-at-chance"]
    assert codes(tuned([1.79] * 80, warmup=20.0)) == ["started-at-chance", "flat-at-chance"]


def test_a_fine_tuning_that_learns_is_said_to_learn() -> None:
    assert codes(tuned([1.79 - at / 100 for at in range(120)]))[:2] == ["started-at-chance", "learns"]


def test_the_way_of_a_pre_training_is_told_in_its_order() -> None:
    """From an even guess to the frequencies, along the plateau, and off it."""
    chance = math.log(VOCABULARY)
    falling = [chance - (chance - PLATEAU) * min(1.0, at / 100) for at in range(200)]
    assert codes(pretrained(falling[:1])) == ["started-at-chance"]
    assert codes(pretrained([chance] * 60)) == ["started-at-chance", "flat-at-chance"]
    assert codes(pretrained(falling[:90])) == ["started-at-chance", "falls-to-plateau"]
    assert codes(pretrained(falling)) == ["started-at-chance", "on-plateau"]
    assert codes(pretrained(falling, ended=True)) == ["started-at-chance", "stays-on-plateau"]
    broken = pretrained(falling + [5.0] * 100)
    assert codes(broken) == ["started-at-chance", "broke-plateau"]
    assert broken[-1].good
    assert 200 < int(broken[-1].details["update"]) < 250


def test_one_easy_batch_has_not_broken_the_plateau() -> None:
    """The mean of fifty updates has to be clearly below it."""
    assert broke(Series().extend([PLATEAU] * 100 + [2.0]), PLATEAU) is None
    assert broke(Series().extend([PLATEAU] * 100 + [5.0] * 50), PLATEAU) is not None
    assert broke(Series().extend([1.0] * (WINDOW - 1)), PLATEAU) is None


@given(st.lists(st.one_of(st.floats(4, 8), st.just(math.nan)), min_size=40, max_size=120))
def test_the_plateau_is_broken_where_the_definition_says_so(losses: list[float]) -> None:
    """Updates whose events were lost do not count; the first window that is low enough does."""
    expected = None
    for end in range(WINDOW, len(losses) + 1):
        known = [loss for loss in losses[end - WINDOW : end] if math.isfinite(loss)]
        mean = sum(known) / len(known) if known else math.inf
        if abs(mean - (PLATEAU - BELOW)) < 1e-9:
            return  # a matter of rounding
        if mean < PLATEAU - BELOW:
            expected = end
            break
    assert broke(Series().extend(losses), PLATEAU) == expected


@pytest.mark.parametrize("kind", ["bert", "pretrain"])
def test_nothing_is_said_before_there_is_anything_to_see(kind: str) -> None:
    assert checks(recipe(KINDS[kind], {}), Progress()) == []


def test_pre_training_compares_training_and_validation_by_check() -> None:
    """As an MLP by epoch."""
    progress = run([8.29, *[5.0] * 399], updates=1_000, each=100, chance=math.log(VOCABULARY), plateau=PLATEAU)
    for number, loss in enumerate((8.29, 6.0, 5.5, 5.0, 5.6)):
        said = replace(evaluated(number, 100 * number), train_loss=8.29 - number, val_loss=loss)
        progress = progress.after(said)
    found = checks(recipe(KINDS["pretrain"], {"updates": 1_000}), progress)
    assert "broke-plateau" in codes(found)
    assert "generalises" in codes(found)
