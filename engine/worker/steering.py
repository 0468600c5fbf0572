"""What the learner wants of the run, and the pace of its updates."""

from __future__ import annotations

import math
import os

from engine.runs.control import Wanted, wanted
from engine.runs.folder import RunFolder

CATCH_UP_SECONDS = 0.25
"""How far behind its pace a run may be and still catch up; beyond that it starts counting anew."""


class Steering:
    """Follows the file `wanted`.

    Attributes:
        wish: The newest wish.
    """

    def __init__(self, folder: RunFolder) -> None:
        self._folder = folder
        self._path = os.fspath(folder.wanted_file)
        self._mark = self._stamp()
        self.wish: Wanted = wanted(folder)

    def look(self) -> None:
        """Read the wish if its file has changed."""
        mark = self._stamp()
        if mark != self._mark:
            self._mark = mark
            self.wish = wanted(self._folder)

    @property
    def pace(self) -> float:
        """Updates a second that are wanted, 0 for as many as possible."""
        pace = self.wish.pace
        return pace if math.isfinite(pace) and pace > 0 else 0.0

    def state(self, update: int) -> str:
        """Return "running", "paused" or "stopped": what the wish means once `update` is done."""
        wish = self.wish
        if wish.state in ("paused", "stopped"):
            return wish.state
        return "paused" if 0 < wish.until_update <= update else "running"

    def _stamp(self) -> tuple[int, int, int]:
        try:
            status = os.stat(self._path)
        except OSError:
            return (0, 0, 0)
        return status.st_mtime_ns, status.st_ino, status.st_size


class Pacing:
    """When each update may begin, by absolute deadlines, so that no error adds up.

    Times are seconds of a monotonic clock.
    """

    def __init__(self) -> None:
        self._pace = 0.0
        self._began = 0.0
        self._count = 0

    def restart(self, pace: float, now: float) -> None:
        """Count from `now` on, `pace` updates a second (0: no limit); the first may begin at once."""
        self._pace = pace
        self._began = now
        self._count = 0

    def seconds_to_wait(self, now: float) -> float:
        """Return how long the next update has to wait; 0 or less if it may begin."""
        if not self._pace:
            return 0.0
        wait = self._began + self._count / self._pace - now
        if wait < -max(CATCH_UP_SECONDS, 1 / self._pace):
            self.restart(self._pace, now)
            return 0.0
        return wait

    def count(self) -> None:
        """An update begins."""
        self._count += 1
