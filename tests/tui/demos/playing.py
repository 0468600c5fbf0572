"""The app with a demo open, for tests that play with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from tests.tui.app_on import app_on
from tui.app import LearncurveApp
from tui.screens.demo import DemoScreen
from tui.widgets.demos.catalogue import key_of

NARROW, ROOMY = (80, 24), (160, 45)


def demo_app(home: Path, name: str, *, theme: str = "dark", **more: Any) -> LearncurveApp:
    """Return the app with a demo open."""
    if theme != "dark":
        app_on(home).record.keep_setting("interface", {"language": "en", "greeted": True, "theme": theme})
    return app_on(home, first=[["demo", name]], **more)


async def settled(pilot: Pilot[str]) -> None:
    """Let every message that waits be handled."""
    await pilot.pause()


async def play(pilot: Pilot[str], *keys: str) -> Any:
    """Press keys; return the demo's state."""
    await pilot.press(*keys)
    await settled(pilot)
    screen = next(each for each in pilot.app.screen_stack if isinstance(each, DemoScreen))
    return screen.query_one("#demo-picture").state  # type: ignore[attr-defined]  # of a demo


def kept_state(app: LearncurveApp, name: str) -> Any:
    """Return what the record keeps of a demo."""
    return app.record.setting(key_of(name))
