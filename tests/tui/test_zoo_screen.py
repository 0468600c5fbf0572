"""The model zoo on the screen."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from engine.errors import RunError
from engine.reading.zoo import NAMES, Zoo
from engine.runs.telling import Told
from tests.known_zoo import known_zoo, put_zoo
from tests.tui.app_on import app_on, shown
from tests.tui.calm import until
from tests.tui.grid import assert_kept
from tui.app import LearncurveApp
from tui.screens import zoo as screen
from tui.screens.zoo import ZooRows, ZooScreen
from tui.widgets.zoo.detail import shares
from tui.widgets.zoo.figures import count, operations, percent, size

NARROW, ROOMY = (80, 24), (160, 45)
FREE = 19_200_000_000


class NoCounting:
    """Stands where no process may be started."""

    def __init__(self, home: Path) -> None:
        raise AssertionError("a process was started")


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with 19.2 GB to spare, on which nothing is started."""
    monkeypatch.setattr(screen, "available_bytes", lambda: FREE)
    monkeypatch.setattr(screen, "Counting", NoCounting)


def zoo_app(home: Path, *, model: str = "", **more: Any) -> LearncurveApp:
    """Return the app with the zoo open, counted before."""
    put_zoo(home)
    return app_on(home, first=[["zoo", model] if model else ["zoo"]], **more)


async def settled(pilot: Pilot[str]) -> ZooScreen:
    """Let every message that waits be handled."""
    await pilot.pause()
    assert isinstance(pilot.app.screen, ZooScreen)
    return pilot.app.screen


async def told(pilot: Pilot[str], text: str) -> None:
    """Wait until the screen shows a text: a model is shown in detail once the arrows rest.

    Raises:
        AssertionError: It never did.
    """
    app = cast("LearncurveApp", pilot.app)
    await until(pilot, lambda: text in shown(app), f"not shown: {text}")


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_the_ladder(own_home: Path, language: str) -> None:
    """80x24, in both languages, at the first model that cannot be trained here."""
    app = zoo_app(own_home, model="gpt2-xl", language=language)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert_kept(app, f"zoo-{language}")


async def test_the_ladder_with_room_in_the_light(own_home: Path) -> None:
    """All rungs, every digit, and how it is reckoned."""
    app = zoo_app(own_home, model="llama2-70b")
    app.record.keep_setting("interface", {"language": "en", "greeted": True, "theme": "light"})
    app = zoo_app(own_home, model="llama2-70b")
    async with app.run_test(size=ROOMY) as pilot:
        await settled(pilot)
        assert_kept(app, "zoo-light-160x45")


async def test_the_ladder_in_ascii(own_home: Path) -> None:
    """Where a terminal draws ambiguous characters two cells wide, none of them is drawn."""
    app = zoo_app(own_home, model="t5-11b", measured="two")
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert shown(app).isascii()


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_every_model_fits_into_the_smallest_terminal(own_home: Path, language: str) -> None:
    """No sentence of any of them is cut, and the arithmetic is always in the last line."""
    app = zoo_app(own_home, language=language)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        for name, model in zip(NAMES, known_zoo().models, strict=True):
            await told(pilot, f"{model.parameters:,}")
            lines = shown(app).splitlines()
            assert "…" not in "\n".join(lines[14:]), name
            assert "FLOP" in lines[-2], name
            await pilot.press("down")
            await settled(pilot)


async def test_a_model_takes_one_row_in_the_smallest_window(own_home: Path) -> None:
    """Columns give way, the last one is what training needs."""
    app = zoo_app(own_home)
    async with app.run_test(size=(60, 20)) as pilot:
        await settled(pilot)
        rows = app.screen.query_one(ZooRows)
        assert rows.virtual_size.height == rows.option_count
        assert "training" in shown(app)


async def test_signs_say_what_fits(own_home: Path) -> None:
    """Weights alone, or training; by what is free on this machine."""
    app = zoo_app(own_home)
    async with app.run_test(size=ROOMY) as pilot:
        await settled(pilot)
        lines = shown(app).splitlines()
        for name, signs in (("GPT-2 large", "✓✓✓✓"), ("GPT-2 XL", "✓✓✓✗"), ("Llama 2 7B", "✗✓✓✗"), ("BLOOM", "✗✗✗✗")):
            (line,) = [line for line in lines if line.startswith(f" {name} ")]
            assert [sign for sign in line if sign in "✓✗"] == list(signs), name


async def test_text_and_back(own_home: Path) -> None:
    """Enter or T opens everything as text; escape comes back to the ladder, then leaves."""
    app = zoo_app(own_home, model="bert-base")
    async with app.run_test(size=NARROW) as pilot:
        zoo = await settled(pilot)
        for key in ("enter", "T"):
            await pilot.press(key)
            await settled(pilot)
            assert "109,482,240" in zoo.query_one("#zoo-text").text  # type: ignore[attr-defined]  # of Scroll
            assert "feed-forward" in shown(app)
            assert not zoo.query_one("#zoo-rows").display
            await pilot.press("escape")
            await settled(pilot)
            assert zoo.query_one("#zoo-rows").has_focus
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen.id == "home"


async def test_a_click_goes_to_a_model(own_home: Path) -> None:
    """And stays at the ladder."""
    app = zoo_app(own_home)
    async with app.run_test(size=NARROW) as pilot:
        zoo = await settled(pilot)
        await pilot.click("#zoo-rows", offset=(4, 3))
        assert (await settled(pilot)).chosen == "resnet50"
        assert zoo.query_one("#zoo-rows").display
        await told(pilot, "25,557,032")


async def test_the_ladder_scrolls_by_half_a_page(own_home: Path) -> None:
    """A scroll paints every row, so that there are few of them; what is chosen is always seen."""
    app = zoo_app(own_home)
    async with app.run_test(size=NARROW) as pilot:
        rows = (await settled(pilot)).query_one("#zoo-rows", ZooRows)
        places = []
        for key in ["down"] * (len(NAMES) - 1) + ["up"] * (len(NAMES) - 1):
            await pilot.press(key)
            top, at = rows.scroll_offset.y, rows.highlighted
            assert at is not None
            assert top <= at < top + rows.size.height
            places.append(top)
        assert places[0] == places[-1] == 0
        assert sum(before != after for before, after in pairwise(places)) == 4


async def test_the_place_is_kept(own_home: Path) -> None:
    """A dropped line loses neither the screen nor the model."""
    app = zoo_app(own_home)
    async with app.run_test(size=NARROW) as pilot:
        zoo = await settled(pilot)
        await pilot.press("end")
        await settled(pilot)
        zoo._keep("llama3.1-405b")
    again = app_on(own_home)
    async with again.run_test(size=NARROW) as pilot:
        assert (await settled(pilot)).chosen == "llama3.1-405b"


async def test_it_is_found_at_home_and_by_its_name(own_home: Path) -> None:
    """A key at home; a row of the palette."""
    put_zoo(own_home)
    app = app_on(own_home)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        await pilot.press("z")
        await settled(pilot)
        await pilot.press("escape", "ctrl+p", *"zoo", "enter")
        await settled(pilot)


class Counted:
    """A process that a test moves on."""

    now = Told()
    seconds = 2.6
    zoo: Zoo | None = None
    problem: RunError | None = None

    def __init__(self, home: Path) -> None:
        type(self).started = getattr(type(self), "started", 0) + 1  # type: ignore[attr-defined]  # made here

    def poll(self) -> Zoo | None:
        """Return what the test has put there."""
        if self.problem is not None:
            raise self.problem
        return self.zoo


async def test_what_is_loading_is_said_until_the_models_are_there(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the seconds; keys that would do nothing are not offered."""

    class Moved(Counted):
        pass

    monkeypatch.setattr(screen, "Counting", Moved)
    app = app_on(own_home, first=[["zoo"]])
    async with app.run_test(size=NARROW) as pilot:
        zoo = await settled(pilot)
        Moved.now = Told(doing="loading", what="transformers")
        zoo._look()
        await settled(pilot)
        assert "loading transformers, 3 s" in shown(app)
        assert "As text" not in shown(app)
        Moved.zoo = known_zoo()
        zoo._look()
        await settled(pilot)
        assert "102k" in shown(app)
        assert zoo.query_one("#zoo-rows").has_focus


async def test_a_failure_is_a_sentence_and_a_key_tries_again(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as memory that is not there even for the imports."""

    class Failing(Counted):
        problem = RunError("The models could not be counted: no room", code="zoo-failed", why="no room")

    monkeypatch.setattr(screen, "Counting", Failing)
    app = app_on(own_home, first=[["zoo"]], language="zh")
    async with app.run_test(size=NARROW) as pilot:
        zoo = await settled(pilot)
        zoo._look()
        await settled(pilot)
        assert "没能清点模型（no room）。按 r 重试。" in shown(app)
        Failing.problem = None  # type: ignore[assignment]  # as of Counted
        await pilot.press("r")
        await settled(pilot)
        assert Failing.started == 2  # type: ignore[attr-defined]  # counted above
        assert "no room" not in shown(app)


@given(st.lists(st.integers(1, 10**12), min_size=1, max_size=6), st.integers(6, 160))
def test_a_stacked_bar_fills_its_width_and_leaves_no_part_out(amounts: list[int], cells: int) -> None:
    """However small a part is."""
    found = shares(amounts, cells)
    assert sum(found) == cells
    assert min(found) >= 1
    for share, amount in zip(found, amounts, strict=True):
        assert abs(share - cells * amount / sum(amounts)) < len(amounts)


def test_figures_have_three_digits_and_a_unit() -> None:
    """At the edges, too."""
    assert [count(number) for number in (7, 999, 101_770, 999_499, 999_500, 174_604_259_328)] == [
        *("7", "999", "102k", "999k", "1.00M", "175B"),
    ]
    assert [size(number) for number in (999, 407_080, 6_230_444_800, 2_793_668_149_248)] == [
        *("999 B", "407 kB", "6.23 GB", "2.79 TB"),
    ]
    assert operations(99_949) == "99.9 kFLOP"
    assert operations(99_950) == "100 kFLOP"
    assert [percent(part, 10_000) for part in (0, 1, 6_314)] == ["0.0%", "<0.1%", "63.1%"]
