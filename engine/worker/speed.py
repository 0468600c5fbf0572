"""How fast a run goes, how fast it could, and how long it will take."""

from __future__ import annotations

import math
from collections import deque

import msgspec

WINDOWS = 30
"""How many measurements are remembered; one is taken a beat."""


class Estimate(msgspec.Struct, frozen=True):
    """What a beat says of speed. Unknown is 0 for speeds and NaN for times."""

    updates_per_second: float = 0.0
    max_updates_per_second: float = 0.0
    seconds_left: float = math.nan
    seconds_left_low: float = math.nan
    seconds_left_high: float = math.nan


class Speed:
    """Counts what the training loop does; `estimate` makes figures of it.

    Attributes:
        updates: Updates done in this attempt.
        busy_seconds: Time spent on them, waiting left out.
        evaluations: Evaluations done.
        evaluation_seconds: Time spent on them.
    """

    def __init__(self) -> None:
        self.updates = 0
        self.busy_seconds = 0.0
        self.evaluations = 0
        self.evaluation_seconds = 0.0
        self._costs: deque[float] = deque(maxlen=WINDOWS)
        self._counted = (0, 0.0)
        self._marks: deque[tuple[float, int]] = deque(maxlen=4)

    def estimate(self, now: float, *, resting: bool, updates_left: int, evaluations_left: int, pace: float) -> Estimate:
        """Return speeds and times as of `now` (seconds of a monotonic clock), and remember a measurement.

        Low and high are where four fifths of the measured costs of an update would lead to.

        Args:
            resting: Whether the run is paused: then the speed that it reaches is 0.
            pace: Updates a second that are wanted, 0 for as many as possible.
        """
        updates, busy = self.updates, self.busy_seconds
        before, busy_before = self._counted
        if updates > before:
            self._costs.append((busy - busy_before) / (updates - before))
            self._counted = (updates, busy)
        if resting:
            self._marks.clear()
        self._marks.append((now, updates))
        began, first = self._marks[0]
        achieved = (updates - first) / (now - began) if now > began else 0.0
        if not self._costs:
            return Estimate(updates_per_second=achieved)
        evaluating = evaluations_left * self.evaluation_seconds / max(1, self.evaluations)
        paced = updates_left / pace if pace else 0.0
        costs = sorted(self._costs)
        low, middle, high = (max(updates_left * _quantile(costs, p) + evaluating, paced) for p in (0.1, 0.5, 0.9))
        typical = _quantile(costs, 0.5)
        return Estimate(
            updates_per_second=achieved,
            max_updates_per_second=1 / typical if typical else 0.0,
            seconds_left=middle,
            seconds_left_low=low,
            seconds_left_high=high,
        )


def _quantile(ordered: list[float], part: float) -> float:
    """Return the value below which `part` of the values lie, between neighbours in proportion."""
    place = part * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
