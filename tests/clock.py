"""A clock for tests: it stands until it is told to move."""

from __future__ import annotations

from datetime import UTC, datetime

MOMENT = datetime(2026, 11, 23, 14, 15, 2, tzinfo=UTC)


class Clock:
    """A clock that stands until it is told to move; call it for the time."""

    def __init__(self, now: float = MOMENT.timestamp()) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds
