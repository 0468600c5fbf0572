"""The optimiser race: its numbers, and how it is played."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.app_on import shown
from tests.tui.demos.playing import NARROW, ROOMY, demo_app, play, settled
from tests.tui.grid import assert_kept
from tui.demos import race
from tui.demos.race import MAPS, MOST, RUNNERS, SURFACES, Race, Rates, Runner, SurfaceName
from tui.widgets.demos.contour import Frame, contours
from tui.widgets.demos.race import rate

places = st.tuples(st.floats(-4, 4), st.floats(-2, 2))


@pytest.mark.parametrize("surface", SURFACES)
@given(place=places)
def test_slopes_are_what_pushing_measures(surface: SurfaceName, place: tuple[float, float]) -> None:
    height, push = MAPS[surface].height, 1e-6
    (x, y), slope = place, MAPS[surface].slope(*place)
    assert slope[0] == pytest.approx((height(x + push, y) - height(x - push, y)) / (2 * push), rel=1e-4, abs=1e-3)
    assert slope[1] == pytest.approx((height(x, y + push) - height(x, y - push)) / (2 * push), rel=1e-4, abs=1e-3)


@pytest.mark.parametrize("surface", SURFACES)
def test_the_lowest_points_are_flat_and_in_sight(surface: SurfaceName) -> None:
    for point in MAPS[surface].minima:
        assert math.hypot(*MAPS[surface].slope(*point)) < 1e-6
        assert Frame(surface, 78, 12).cell(point) is not None
    assert Frame(surface, 78, 12).cell(MAPS[surface].start) is not None


def test_gradient_descent_never_comes_down_from_0_08_on() -> None:
    def after(lr: float) -> Race:
        return Race(rates=Rates(gd=lr), steps=MOST)

    assert after(0.079).fate("gd") == "arrived"
    assert after(0.08).loss("gd") == pytest.approx(12.5)
    assert after(0.081).fate("gd") == "exploded"
    assert [race.edge_found(lr) for lr in (0.079, 0.08, 0.081)] == ["low", "right", "high"]


def test_a_step_multiplies_by_1_less_lr_times_curvature() -> None:
    for step, (x, y) in enumerate(race.trail("bowl", "gd", 0.05)[:20]):
        assert x == pytest.approx(-4 * 0.95**step)
        assert y == pytest.approx((-0.25) ** step)


def test_momentum_and_adam_take_the_steps_of_the_page() -> None:
    """v = mu * v + g; Adam's first step is lr long whatever the slope, its bias corrected."""
    first, second = race.trail("bowl", "momentum", 0.01)[1:3]
    assert first == pytest.approx((-4 + 0.04, 1 - 0.25))
    assert second[1] == pytest.approx(0.75 - 0.01 * (0.9 * 25 + 25 * 0.75))
    assert race.trail("bowl", "adam", 0.1)[1] == pytest.approx((-3.9, 0.9))


@given(st.sampled_from(SURFACES), st.sampled_from(RUNNERS), st.floats(race.LOWEST, race.HIGHEST))
def test_every_race_ends(surface: SurfaceName, runner: Runner, lr: float) -> None:
    points = race.trail(surface, runner, lr)
    assert len(points) <= MOST + 1
    assert all(math.isfinite(value) for point in points for value in point)
    state = Race(surface=surface, rates=Rates(lr, lr, lr), steps=MOST)
    assert state.fate(runner) in ("exploded", "arrived", "moving")
    assert (len(points) < MOST + 1) <= (state.fate(runner) == "exploded")


def test_adam_leaves_the_saddle_first_and_momentum_alone_reaches_the_deep_well() -> None:
    assert race.go(Race(surface="saddle"), 10).winners is None
    assert race.go(Race(surface="saddle"), 60).winners == ("adam",)
    assert race.go(Race(surface="wells"), 99).winners is None
    assert race.go(Race(surface="wells"), 100).winners == ("momentum",)


def test_a_bet_is_made_before_the_start_and_forgotten_with_it() -> None:
    state = Race(surface="saddle", chosen="gd")
    assert race.claim(race.go(state, 1)).claim == ""
    state = race.go(race.claim(state), 60)
    assert (state.claim, race.restart(state).claim) == ("gd", "")
    assert race.next_surface(state) == Race(surface="wells", chosen="gd")


def test_rates_move_in_two_digits() -> None:
    state = Race(rates=Rates(gd=0.079))
    written = []
    for _ in range(3):
        written.append(rate(state.rates.gd))
        state = race.tune(state, 1)
    assert written == ["0.079", "0.080", "0.081"]
    assert [race.nudged(0.099, 1), race.nudged(0.1, -1), race.nudged(0.1, 1)] == [0.1, 0.099, 0.11]
    for _ in range(20):
        state = race.leap(state, 1)
    assert state.rates.gd == race.HIGHEST
    assert race.tune(state, 1).rates.gd == race.HIGHEST
    for _ in range(20):
        state = race.leap(state, -1)
    assert race.tune(state, -1).rates.gd == race.LOWEST


def test_the_last_one_stays_in_the_race() -> None:
    state = race.leave_out(race.leave_out(Race()))
    assert (state.shown, state.chosen) == (("adam",), "adam")
    assert race.leave_out(state) == state
    assert race.pick(state, "gd").shown == ("gd", "adam")


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("ascii_only", [False, True])
def test_contours_fill_their_cells(surface: SurfaceName, ascii_only: bool) -> None:
    drawn = contours(surface, 60, 10, ascii_only=ascii_only)
    assert [len(row) for row in drawn] == [60] * 10
    assert "".join(drawn).isascii() == ascii_only
    inked = sum(sign not in " \u2800" for sign in "".join(drawn))
    assert 60 < inked < 600


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_all_of_it_by_keys(own_home: Path, language: str) -> None:
    """The edge in the bowl, a bet that is lost on the saddle, one that is won in the wells."""
    app = demo_app(own_home, "race", language=language)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        state = await play(pilot, "enter", "space", "z", "up", "up", "c")
        assert (state.rates.gd, state.steps, state.edge) == (0.1, 10, 0.1)
        assert "-1.5" in shown(app)
        state = await play(pilot, "down", *["right"] * 30, "c")
        assert state.edge == 0.08
        assert_kept(app, f"demo-race-edge-{language}")
        state = await play(pilot, "s", "g", "down", "down", "c", *["enter"] * 4)
        assert (state.surface, state.claim, state.winners) == ("saddle", "gd", ("adam",))
        assert_kept(app, f"demo-race-saddle-{language}")
        state = await play(pilot, "s", "m", "c", *["enter"] * 10)
        assert (state.surface, state.claim, state.winners) == ("wells", "momentum", ("momentum",))
        assert_kept(app, f"demo-race-wells-{language}")
        state = await play(pilot, "b", "a", "o")
        assert (state.steps, state.shown) == (0, ("gd", "momentum"))


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_with_room(own_home: Path, theme: str) -> None:
    """160x45, twenty steps down the bowl."""
    app = demo_app(own_home, "race", theme=theme)
    async with app.run_test(size=ROOMY) as pilot:
        await settled(pilot)
        await play(pilot, "enter", "enter")
        assert_kept(app, f"demo-race-{theme}-160x45")


async def test_in_ascii(own_home: Path) -> None:
    """Where a terminal draws ambiguous characters two cells wide, none of them is drawn."""
    app = demo_app(own_home, "race", measured="two")
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await play(pilot, "enter")
        assert shown(app).isascii()
