"""What every test of screens gets: a pilot that waits until the app is calm."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from tests.tui import calm


@pytest.fixture(autouse=True)
def patient_pilot(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a pilot's keys and pauses end when nothing waits in the app any more."""
    monkeypatch.setattr("textual.app.wait_for_idle", calm.idle)
    monkeypatch.setattr(Pilot, "pause", calm.pause)
