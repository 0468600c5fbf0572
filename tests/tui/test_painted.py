"""What the terminal shows is what the screen holds, whatever moved on the way there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyte
import pytest
from textual._compositor import CompositorUpdate

from tests.tui.app_on import app_on
from tests.tui.calm import settled, until
from tui.app import LearncurveApp
from tui.screens.note import TermScreen
from tui.widgets.run_strip import StripLine

SIZE = (80, 24)


class Painted:
    """A terminal in memory that is sent what the app would send."""

    def __init__(self, app: LearncurveApp, monkeypatch: pytest.MonkeyPatch) -> None:
        self.app = app
        self.screen: Any = pyte.Screen(*SIZE)
        self.stream = pyte.Stream(self.screen)
        monkeypatch.setattr(app, "_display", self.display)

    def display(self, _screen: object, update: object) -> None:
        """Draw an update as the app's own `_display` does."""
        if isinstance(update, CompositorUpdate):
            self.stream.feed(update.render_segments(self.app.console).replace("\n", "\r\n"))

    def wrong(self) -> list[tuple[str, str]]:
        """Return the lines that do not show what the screen holds, as (shown, held)."""
        held = [
            "".join(segment.text for segment in strip).rstrip() for strip in self.app.screen._compositor.render_strips()
        ]
        shown = [line.rstrip() for line in self.screen.display]
        return [(one, other) for one, other in zip(shown, held, strict=True) if one != other]


@pytest.mark.parametrize("way", [["lab"], ["settings"], ["glossary"], ["runs"], ["page", "backprop"]])
async def test_every_key_paints_all_that_moved(own_home: Path, monkeypatch: pytest.MonkeyPatch, way: list[str]) -> None:
    """A form scrolls with the focus while the sentence below it changes its height: both are painted."""
    app = app_on(own_home)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        app.open(way)
        await settled(pilot)
        painted = Painted(app, monkeypatch)
        app.screen.refresh()
        await settled(pilot)
        assert not painted.wrong()
        for key in ["down"] * 14 + ["pageup", "pagedown", "up", "up", "pageup", "pageup"]:
            await pilot.press(key)
            await settled(pilot)
            assert not painted.wrong(), key


async def test_a_line_that_comes_below_a_scrolled_form_leaves_nothing_stale(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run starts while the focus is far down: the form is two rows shorter and has moved."""
    app = app_on(own_home)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        app.open(["lab"])
        await settled(pilot)
        painted = Painted(app, monkeypatch)
        app.screen.refresh()
        await pilot.press(*["down"] * 12)
        await settled(pilot)
        for line in (StripLine("mlp-7f3a", "", "loading", "w Watch"), None):
            app.screen.strip = line  # type: ignore[attr-defined]
            await settled(pilot)
            assert not painted.wrong()
            await pilot.press("up", "down")
            await settled(pilot)
            assert not painted.wrong()


@pytest.mark.parametrize(
    ("way", "keys", "below", "window"),
    [
        (["page", "losses"], ["tab", "enter"], "One number for many mistakes", "esc Back"),
        (["page", "losses"], [*["tab"] * 4, "enter"], "Numbers: mean squared error", "esc Back"),
    ],
    ids=["above", "below"],
)
async def test_what_a_window_is_about_stays_in_sight(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, way: list[str], keys: list[str], below: str, window: str
) -> None:
    """The sentence that uses a term is read beside what the term means; of the window nothing is left behind."""
    app = app_on(own_home)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        app.open(way)
        await settled(pilot)
        painted = Painted(app, monkeypatch)
        app.screen.refresh()
        under = app.screen

        def both() -> bool:
            return all(any(words in line for line in painted.screen.display) for words in (below, window))

        await pilot.press(*keys)
        await until(pilot, lambda: app.screen is not under)
        assert isinstance(app.screen, TermScreen)
        await until(pilot, both, "the window hides what it is about")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is under)
        await until(pilot, lambda: not painted.wrong(), "something of the window is left")
