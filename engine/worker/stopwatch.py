"""How long a run has trained, over all its attempts, pauses left out."""

from __future__ import annotations

from collections.abc import Callable


class Stopwatch:
    """Counts seconds while it goes.

    Attributes:
        counted: Seconds until it last began to go.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.counted = 0.0
        self._clock = clock
        self._going_since: float | None = None

    def go(self, now: float) -> None:
        """Count from `now` on."""
        self._going_since = now

    def rest(self) -> None:
        """Count no longer."""
        self.counted = self.seconds
        self._going_since = None

    @property
    def seconds(self) -> float:
        """Seconds so far."""
        going = 0.0 if self._going_since is None else self._clock() - self._going_since
        return self.counted + going
