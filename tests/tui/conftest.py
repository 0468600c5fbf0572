"""What every test of screens gets: an app that no busy machine can hurry."""

from __future__ import annotations

import pytest
from textual.notifications import Notification
from textual.pilot import Pilot

from engine.runs import state
from tests.tui import calm


@pytest.fixture(autouse=True)
def patient_pilot(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a pilot's keys and pauses end when nothing waits in the app any more."""
    monkeypatch.setattr("textual.app.wait_for_idle", calm.idle)
    monkeypatch.setattr(Pilot, "pause", calm.pause)


@pytest.fixture(autouse=True)
def slow_clocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a scripted run be silent for long before it counts as stalled, and a notice stay until it is taken back."""
    for phase in state.QUIET_SECONDS:
        monkeypatch.setitem(state.QUIET_SECONDS, phase, 50.0)
    monkeypatch.setattr(state, "FRESH_SECONDS", 50.0)
    monkeypatch.setattr(Notification, "time_left", property(lambda _: 3600.0))
