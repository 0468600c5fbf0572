"""No demo starts a process in these tests, unless a test gives it one."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.runs.telling import Told


class StillCounting:
    """Counts for ever."""

    now = Told(doing="loading", what="torch")

    def __init__(self, home: Path) -> None:
        pass

    def poll(self) -> None:
        return None


@pytest.fixture(autouse=True)
def no_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Models are neither counted nor asked."""
    monkeypatch.setattr("tui.supplies.ladder.Counting", StillCounting)
    monkeypatch.setattr("engine.runs.asker.launch_answerer", lambda folder: None)
