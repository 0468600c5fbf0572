"""The schedule plotter: its numbers, and how it is played."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.app_on import shown
from tests.tui.demos.playing import NARROW, ROOMY, demo_app, play, settled
from tests.tui.grid import assert_kept
from tui.demos import schedule
from tui.demos.schedule import BOUNDS, FIELDS, LADDERS, PRESETS, Field, Plan
from tui.widgets.demos.schedule import ScheduleDemo


def typed(state: Plan, text: str) -> Plan:
    """Return the state after a number was typed and taken."""
    for sign in text:
        state = schedule.type_on(state, sign)
    return schedule.enter(state)


def test_the_article_s_run_ends_inside_its_warm_up() -> None:
    plan = PRESETS[0]
    assert plan.updates == 189
    assert list(plan.reached) == pytest.approx([189, 1.88e-5])
    assert plan.falls_short
    assert plan.rate(1) == 0


def test_from_2657_examples_on_the_peak_is_reached() -> None:
    assert Plan(examples=2656).falls_short
    assert Plan(examples=2657).reached == (501, 5e-5)
    assert [examples for examples in (2656, 2657, 2658, 2672) if Plan(examples=examples).barely] == [2657]


@given(st.integers(1, 100_000), st.integers(1, 256), st.integers(1, 10), st.integers(0, 2000))
def test_no_update_has_a_higher_rate_than_the_mark(examples: int, batch: int, epochs: int, warmup: int) -> None:
    plan = Plan(examples=examples, batch=batch, epochs=epochs, warmup=warmup)
    update, rate = plan.reached
    assert 1 <= update <= plan.updates
    assert rate <= plan.peak
    assert max(value or 0 for value in plan.rates(200)) <= rate + 1e-18
    assert plan.falls_short == (rate < plan.peak)


@pytest.mark.parametrize("field", FIELDS)
def test_every_rung_can_be_climbed_and_left(field: Field) -> None:
    low, high = BOUNDS[field]
    assert all(low <= rung <= high for rung in LADDERS[field])
    state = Plan(field=field)
    for _ in LADDERS[field]:
        state = schedule.step(state, -1)
    climbed = [getattr(state, field)]
    for _ in LADDERS[field][1:]:
        state = schedule.step(state, 1)
        climbed.append(getattr(state, field))
    assert climbed == list(LADDERS[field])
    assert schedule.step(state, 1) == state


@pytest.mark.parametrize(
    ("field", "text", "trouble"),
    [
        ("examples", "2657", ""),
        ("examples", "0", "bounds"),
        ("examples", "1.5", "bounds"),
        ("warmup", "0.1", ""),
        ("warmup", "1.5", "bounds"),
        ("warmup", "-1", "bounds"),
        ("peak", "3e-4", ""),
        ("peak", "2", "bounds"),
        ("peak", "e", "number"),
    ],
)
def test_a_number_is_taken_or_refused_with_a_reason(field: Field, text: str, trouble: str) -> None:
    state = typed(Plan(field=field), text)
    assert state.trouble == trouble
    assert getattr(state, field) == (float(text) if not trouble else getattr(Plan(), field))
    assert ScheduleDemo.read(ScheduleDemo.keep(state)) == state


def test_presets_go_round() -> None:
    state = Plan(examples=7)
    seen = []
    for _ in range(len(PRESETS) + 1):
        state = schedule.next_preset(state)
        seen.append(state)
    assert seen == [*PRESETS, PRESETS[0]]


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_all_of_it_by_keys(own_home: Path, language: str) -> None:
    """The article's run, the least number of examples typed, another warm-up, presets."""
    app = demo_app(own_home, "schedule", language=language)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert "1.88e-5" in shown(app)
        assert_kept(app, f"demo-schedule-{language}")
        state = await play(pilot, *"2657")
        assert state.examples == 1000
        state = await play(pilot, "enter")
        assert state.barely
        assert_kept(app, f"demo-schedule-barely-{language}")
        state = await play(pilot, "down", "down", "down", "left", "up", "right")
        assert (state.warmup, state.epochs) == (200, 4)
        state = await play(pilot, "j", "j", *"1", "e", "minus", *"4", "enter", "4", "escape")
        assert (state.peak, state.typed) == (1e-4, "")
        assert (await play(pilot, "p")).examples == 1000


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_with_room(own_home: Path, theme: str) -> None:
    """160x45, with 25,000 examples."""
    app = demo_app(own_home, "schedule", theme=theme)
    async with app.run_test(size=ROOMY) as pilot:
        await settled(pilot)
        await play(pilot, "p")
        assert_kept(app, f"demo-schedule-{theme}-160x45")


async def test_in_ascii(own_home: Path) -> None:
    """Where a terminal draws ambiguous characters two cells wide, none of them is drawn."""
    app = demo_app(own_home, "schedule", measured="two")
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert shown(app).isascii()
