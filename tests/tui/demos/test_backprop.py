"""The backprop stepper: its numbers, and how it is played."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.app_on import shown
from tests.tui.demos.playing import NARROW, ROOMY, demo_app, play, settled
from tests.tui.grid import assert_kept
from tui.demos import backprop as walk
from tui.demos.backprop import ORDER, Network, Quantity, Stepper
from tui.widgets.demos.backprop import BackpropDemo
from tui.words import Words

KNOWN: dict[Quantity, float] = {"h": 1, "o": 3, "L": 4, "do": 4, "dw2": 4, "dh": 12, "dw1": 24}
"""Computed by PyTorch, and in the head."""

numbers = st.floats(-20, 20).map(lambda number: round(number, 2))


def said(state: Stepper, *texts: str) -> Stepper:
    """Return the state after some answers."""
    for text in texts:
        for sign in text:
            state = walk.type_on(state, sign)
        state = walk.enter(state)
    return state


def test_the_values_are_those_of_the_page() -> None:
    assert {quantity: Network().find(quantity) for quantity in ORDER} == KNOWN


def test_each_value_is_asked_for_before_it_is_known() -> None:
    state = Stepper()
    for at, quantity in enumerate(ORDER):
        assert state.asked == quantity
        assert not state.known(quantity)
        state = said(state, f"{KNOWN[quantity]:g}")
        assert state.right(quantity) is True
        assert len(state.said) == at + 1
    assert state.asked is None


async def test_what_is_no_number_is_told_with_the_keys_that_act(own_home: Path) -> None:
    """A value that is asked for can be shown; a number that is being set can be left as it is."""
    app = demo_app(own_home, "backprop")
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await play(pilot, "-", "enter")
        assert "s shows the value" in shown(app)
        await play(pilot, "e", "-", "enter")
        assert "s shows the value" not in shown(app)
        assert "esc leaves it as it is" in " ".join(shown(app).split()), shown(app)


async def test_the_loss_at_the_edge_has_its_mark_and_all_its_digits(own_home: Path) -> None:
    """It stands in the last column of the picture."""
    app = demo_app(own_home, "backprop")
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await play(pilot, *"1", "enter", *"3", "enter", *"5", "enter")
        assert re.search(r"1 ✓ +3 ✓ +4 ✗", shown(app))
        await play(pilot, "s", "s", "s", "s", "u", "s", "s", "s")
        assert re.search(r" 0\.2907", shown(app))


def test_the_update_moves_both_weights_at_once() -> None:
    state = Stepper()
    assert walk.update(said(state, "1", "3")).network == Network()
    for _ in ORDER:
        state = walk.show(state)
    state = walk.update(state)
    assert [state.network.w1, state.network.w2] == pytest.approx([0.26, 2.96])
    assert state.network.find("L") == pytest.approx(0.291, abs=0.0005)
    assert state.before == Network()
    assert state.asked == "h"


@given(x=numbers, w1=numbers, w2=numbers, y=numbers)
def test_slopes_are_what_pushing_measures(x: float, w1: float, w2: float, y: float) -> None:
    net = Network(x=x, w1=w1, w2=w2, y=y)
    if abs(net.z) < 0.01:
        return  # at the corner of the ReLU there is no slope
    push = 1e-6
    for weight, slope in (("w1", "dw1"), ("w2", "dw2")):
        at = {"w1": w1, "w2": w2}
        more, less = ({**at, weight: at[weight] + sign * push} for sign in (1, -1))
        rise = Network(x=x, y=y, **more).find("L") - Network(x=x, y=y, **less).find("L")
        assert net.find(slope) == pytest.approx(rise / (2 * push), rel=1e-3, abs=0.02)  # type: ignore[arg-type]


def test_a_closed_gate_teaches_the_first_weight_nothing() -> None:
    net = Network(w1=-0.15)
    assert (net.find("h"), net.find("dw1"), net.find("dw2")) == (0, 0, 0)
    assert net.find("dh") == -6
    assert walk.slip(net, "dw1", -12) == "closed-gate"
    assert walk.slip(net, "h", -0.3) == "no-relu"


@pytest.mark.parametrize(
    ("quantity", "wrong", "name"),
    [
        ("h", 2.5, "added"),
        ("o", 4, "added"),
        ("L", 2, "not-squared"),
        ("L", -2, "not-squared"),
        ("do", 2, "no-two"),
        ("do", -4, "sign"),
        ("dw2", 12, "own-weight"),
        ("dw2", 0.04, "step"),
        ("dh", 4, "other-branch"),
        ("dw1", 12, "only-arrived"),
        ("dw1", 6, "own-weight"),
        ("dw1", 7, ""),
        ("dw1", 24, ""),
    ],
)
def test_known_slips_are_recognised(quantity: Quantity, wrong: float, name: str) -> None:
    assert walk.slip(Network(), quantity, wrong) == name


def test_an_answer_in_three_digits_is_right() -> None:
    net = Network(w1=0.26, w2=2.96)
    assert walk.agrees(1.54, net.find("o"))
    assert not walk.agrees(1.5, net.find("o"))
    assert walk.agrees(0.0, 0.0)


def test_what_is_no_number_is_told_and_changes_nothing() -> None:
    for wrong in ("", "-", ".", "1.2.3", "1001"):
        state = said(Stepper(), wrong)
        assert (state.trouble, state.said) == ("number", ())
    assert walk.type_on(said(Stepper(), "-"), "1").trouble == ""


def test_a_changed_number_begins_the_walk_anew() -> None:
    state = said(walk.edit(said(Stepper(), "1")), "-3")
    assert (state.network.x, state.said, state.editing) == (-3, (), "x")
    assert walk.stop_editing(state).asked == "h"
    assert walk.edit(Stepper(), -1).editing == "lr"


def test_a_rate_that_throws_a_weight_away_is_refused() -> None:
    state = Stepper(Network(lr=900))
    for _ in ORDER:
        state = walk.show(state)
    assert walk.update(state).trouble == "large"
    assert walk.update(state).network == state.network


def test_the_text_says_what_was_right_and_what_was_not() -> None:
    text = BackpropDemo.told(said(Stepper(), "1", "4"), Words("en"))
    assert "Right: 1. h = ReLU(0.5 * 2) = 1." in text
    assert "It is not 4. You added; the node multiplies. o = 3 * 1 = 3." in text
    assert "not a number" in BackpropDemo.told(said(Stepper(), "-"), Words("en"))


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_all_of_it_by_keys(own_home: Path, language: str) -> None:
    """Every value typed, one of them wrong, then the step; every sentence in the learner's language."""
    app = demo_app(own_home, "backprop", language=language)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert_kept(app, f"demo-backprop-{language}")
        state = await play(pilot, "1", "enter", "5", "backspace", "4", "enter")
        assert state.said == (1, 4)
        assert_kept(app, f"demo-backprop-wrong-{language}")
        state = await play(pilot, *"4", "enter", *"4", "space", *"4", "enter", *"12", "enter", "s", "u")
        assert state.network.w1 == pytest.approx(0.26)
        assert "0.2907" in shown(app)
        state = await play(pilot, "e", "e", "minus", "full_stop", "1", "5", "enter", "escape", "s")
        assert (state.network.w1, state.said) == (-0.15, (None,))
        assert app.screen.place() == ["demo", "backprop"]  # type: ignore[attr-defined]  # of a screen of ours
        assert await play(pilot, "r") == Stepper()


async def test_an_input_method_s_digits_are_digits(own_home: Path) -> None:
    """`１５` is 15."""
    app = demo_app(own_home, "backprop", language="zh")
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert (await play(pilot, "１", "５")).typed == "15"


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_with_room(own_home: Path, theme: str) -> None:
    """160x45, all values known."""
    app = demo_app(own_home, "backprop", theme=theme)
    async with app.run_test(size=ROOMY) as pilot:
        await settled(pilot)
        await play(pilot, *"sssssss")
        assert_kept(app, f"demo-backprop-{theme}-160x45")


async def test_in_ascii(own_home: Path) -> None:
    """Where a terminal draws ambiguous characters two cells wide, none of them is drawn."""
    app = demo_app(own_home, "backprop", measured="two")
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await play(pilot, "1", "enter", "7", "enter")
        assert shown(app).isascii()
