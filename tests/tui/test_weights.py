"""Receptive fields: positive and negative weights are told apart in every kind of terminal."""

from __future__ import annotations

import numpy as np
import pytest

from tests.tui.board_app import BoardApp, rows, settled
from tui.glyphs import ASCII
from tui.widgets.weights import STEPS, Weights
from tui.words import Words


def units(count: int) -> np.ndarray:
    """Return units whose upper half is positive and whose lower half is negative."""
    weights = np.full((count, 28, 28), 0.5, np.float32)
    weights[:, 14:] = -0.25
    return weights


def shown(count: int, **options: object) -> Weights:
    widget = Weights(Words(), **options)  # type: ignore[arg-type]
    widget.set_reactive(Weights.units, units(count))
    return widget


async def test_levels_run_from_negative_over_zero_to_positive() -> None:
    """Each unit is scaled to its own largest weight."""
    widget = shown(1)
    async with BoardApp(widget).run_test(size=(80, 24)):
        for side in (28, 14):
            levels = widget.levels(0, side)
            assert levels.shape == (side, side)
            assert set(levels[: side // 2].ravel().tolist()) == {2 * STEPS}
            assert set(levels[side // 2 :].ravel().tolist()) == {STEPS - STEPS // 2}
        widget.units = np.zeros((1, 28, 28))
        assert set(widget.levels(0, 28).ravel().tolist()) == {STEPS}
        widget.units = np.full((1, 28, 28), np.nan)
        assert set(widget.levels(0, 28).ravel().tolist()) == {STEPS}


async def test_without_colour_negative_is_darker_than_zero_and_positive_brighter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Grey must tell what red and blue told."""
    monkeypatch.setenv("NO_COLOR", "1")
    widget = shown(1)
    async with BoardApp(widget).run_test(size=(80, 24)):
        brightness = [colour.brightness for colour in widget.colours()]
        assert brightness == sorted(brightness)
        assert brightness[-1] - brightness[0] > 0.9


async def test_in_ascii_the_sign_of_a_weight_is_a_sign() -> None:
    """Plus above, minus below."""
    widget = shown(1, glyphs=ASCII)
    async with BoardApp(widget).run_test(size=(40, 24)):
        seen = rows(widget)
        side = widget.tiling(40, 23).side
        assert all(row.isascii() for row in seen)
        assert (side, {row[:side] for row in seen[:3]}) == (14, {"#" * 14})
        assert {row[:side] for row in seen[4:7]} == {"-" * 14}
        foot = next(row for row in seen if "against" in row)
        assert foot.index("-  speaks against") < foot.index("+  speaks for")


async def test_small_rooms_get_small_pictures_and_a_key_changes_the_size() -> None:
    """An overview of many units first, one closer by choice."""
    widget = shown(128)
    async with BoardApp(widget).run_test(size=(80, 24)) as pilot:
        await pilot.press("tab")
        assert widget.tiling(80, 23).side == 14
        assert "units 1 to 10 of 128" in " ".join(rows(widget))
        await pilot.press("s")
        await settled(pilot)
        assert widget.tiling(80, 23).side == 28
        assert "units 1 to 2 of 128" in " ".join(rows(widget))
        await pilot.press("pagedown")
        await settled(pilot)
        assert "units 3 to 4 of 128" in " ".join(rows(widget))
        await pilot.press("end")
        await settled(pilot)
        assert "units 127 to 128 of 128" in " ".join(rows(widget))


async def test_the_page_is_kept_when_the_weights_of_the_next_epoch_arrive() -> None:
    """Whoever watches a unit grow keeps it in sight."""
    widget = shown(128)
    async with BoardApp(widget).run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "pagedown", "pagedown")
        widget.units = units(128) * 2
        await settled(pilot)
        assert "units 21 to 30 of 128" in " ".join(rows(widget))
        assert "20  max 1" in " ".join(rows(widget))


async def test_without_weights_a_sentence_stands_there() -> None:
    """Before the first epoch."""
    widget = Weights(Words("zh"))
    async with BoardApp(widget).run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "s", "pagedown")
        assert Words("zh")("weights.none") in rows(widget)[0]
        assert widget.describe() == Words("zh")("weights.none")


def test_text_says_each_units_extremes_and_where_it_looks() -> None:
    """For a screen reader."""
    weights = units(2)
    weights[1, 20, 7] = -3
    lines = _described(weights)
    assert lines[1].split() == ["0", "-0.2500", "0.5000", "0,", "0"]
    assert lines[2].split() == ["1", "-3.000", "0.5000", "20,", "7"]


def _described(weights: np.ndarray) -> list[str]:
    widget = Weights(Words())
    widget.set_reactive(Weights.units, weights)
    return widget.describe().split("\n")
