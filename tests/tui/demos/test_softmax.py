"""The softmax slider: its numbers, and how it is played."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.app_on import shown
from tests.tui.demos.playing import NARROW, ROOMY, demo_app, play, settled
from tests.tui.grid import assert_kept
from tui.demos import softmax
from tui.demos.softmax import CLASSES, Experiment, Scores, floor_of
from tui.widgets.demos.softmax import SoftmaxDemo

logits = st.tuples(*[st.integers(-100, 100).map(lambda tenths: tenths / 10)] * CLASSES)
scores = st.builds(
    Scores,
    logits=logits,
    target=st.integers(0, 2),
    heat=st.integers(0, 2),
    doubled=st.booleans(),
    shifted=st.booleans(),
)


def twice(state: Scores, name: Experiment) -> Scores:
    """Return the state after an experiment, announced and done."""
    return softmax.experiment(softmax.experiment(state, name), name)


def test_known_numbers() -> None:
    state = Scores(logits=(2.0, 1.0, 0.0))
    assert [round(share, 3) for share in state.scored] == [0.665, 0.245, 0.09]
    assert state.loss == pytest.approx(0.408, abs=0.0005)
    assert [round(slope, 3) for slope in state.gradient] == [-0.335, 0.245, 0.09]
    assert Scores(logits=(0, 0, 0)).loss == pytest.approx(math.log(3))


def test_the_floor_of_two_softmaxes() -> None:
    assert floor_of(10) == pytest.approx(1.461, abs=0.0005)
    surest = Scores(logits=(10, -10, -10), doubled=True)
    assert floor_of(3) <= surest.loss == pytest.approx(floor_of(3), abs=1e-6)


@given(scores)
def test_no_double_softmax_gets_below_its_floor(state: Scores) -> None:
    assert sum(state.scored) == pytest.approx(1)
    assert state.loss >= (floor_of(CLASSES) - 1e-12 if state.doubled else 0)


@given(logits, st.integers(0, 2), st.integers(0, 2))
def test_what_is_added_to_all_changes_nothing(three: tuple[float, float, float], target: int, heat: int) -> None:
    plain = Scores(logits=three, target=target, heat=heat)
    shifted = Scores(logits=three, target=target, heat=heat, shifted=True)
    assert shifted.scored == pytest.approx(plain.scored)
    assert shifted.fed == tuple(logit + 100 for logit in three)


@given(scores)
def test_slopes_are_what_pushing_measures(state: Scores) -> None:
    push = 1e-5
    for at in range(CLASSES):
        losses = []
        for sign in (1, -1):
            three = [logit + sign * push * (each == at) for each, logit in enumerate(state.logits)]
            losses.append(Scores(tuple(three), 0, state.target, state.heat, state.doubled).loss)  # type: ignore[arg-type]
        assert state.gradient[at] == pytest.approx((losses[0] - losses[1]) / (2 * push), abs=1e-4)


def test_an_experiment_is_guessed_before_it_is_done_once() -> None:
    state = softmax.experiment(Scores(), "shift")
    assert (state.pending, state.shifted) == ("shift", False)
    state = softmax.experiment(state, "shift")
    assert (state.pending, state.shifted, state.told) == ("", True, "shift")
    assert not softmax.experiment(state, "shift").shifted
    assert softmax.experiment(softmax.experiment(Scores(), "shift"), "heat").pending == "heat"
    assert softmax.move(softmax.experiment(Scores(), "heat"), 0.5).pending == ""


def test_temperatures_keep_the_order() -> None:
    state = twice(Scores(), "heat")
    assert state.temperature == 2
    assert state.scored[0] < Scores().scored[0]
    state = softmax.experiment(state, "heat")
    assert state.temperature == 0.5
    assert state.scored[0] > Scores().scored[0]
    assert softmax.experiment(state, "heat").temperature == 1


def test_logits_end_at_ten() -> None:
    state = Scores()
    for _ in range(100):
        state = softmax.move(state, 0.5)
    assert state.logits == (10, 1, 0)
    assert SoftmaxDemo.read({"logits": [11, 0, 0]}) == Scores()


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_all_of_it_by_keys(own_home: Path, language: str) -> None:
    """Logits, the right class, and each experiment guessed first."""
    app = demo_app(own_home, "softmax", language=language)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert_kept(app, f"demo-softmax-{language}")
        state = await play(pilot, "right", "down", "left", "left", "t", "k", "comma")
        assert (state.logits, state.target) == ((3.4, 0, 0), 1)
        state = await play(pilot, "a")
        assert not state.shifted
        state = await play(pilot, "a", "m", "m")
        assert (state.shifted, state.temperature) == (True, 2)
        assert "103.4" in shown(app)
        state = await play(pilot, "r", "x", "x")
        assert state.doubled
        assert "1.461" in shown(app)
        assert_kept(app, f"demo-softmax-twice-{language}")


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_with_room(own_home: Path, theme: str) -> None:
    """160x45."""
    app = demo_app(own_home, "softmax", theme=theme)
    async with app.run_test(size=ROOMY) as pilot:
        await settled(pilot)
        assert_kept(app, f"demo-softmax-{theme}-160x45")


async def test_in_ascii(own_home: Path) -> None:
    """Where a terminal draws ambiguous characters two cells wide, none of them is drawn."""
    app = demo_app(own_home, "softmax", measured="two")
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert shown(app).isascii()
