"""When each update happened: a block of updates is written at its end, and says that time alone."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence

from engine.events import Attempted, Event, Updated
from engine.reading.progress import MAX_GAP


def between(before: float, after: float, count: int) -> Sequence[float]:
    """Return `count` times of equal distance, the last of which is `after`; all of them where `before` is later."""
    step = max(0.0, after - before) / count
    return [after - step * left for left in range(count - 1, -1, -1)]


class Times:
    """The time of each update, cut where readers of a run cut; NaN for updates whose events were lost.

    Attributes:
        now: Time of the newest event.
    """

    def __init__(self) -> None:
        self.updates = array("d")
        self.now = math.nan

    def take(self, event: Event) -> None:
        """Take notice of the next event."""
        match event:
            case Updated():
                self._extend(event)
            case Attempted():
                del self.updates[max(0, event.first_update - 1) :]
        self.now = event.time

    def _extend(self, block: Updated) -> None:
        done = block.first - 1
        gap = done - len(self.updates)
        if done < 0 or gap > MAX_GAP:
            return
        del self.updates[done:]
        self.updates.extend([math.nan] * max(gap, 0))
        before = block.time if math.isnan(self.now) else self.now
        self.updates.extend(between(before, block.time, len(block.losses)) if block.losses else ())
