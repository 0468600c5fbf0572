"""What the learner asked of a run last, and whether the worker has acknowledged it: two states, never one."""

from __future__ import annotations

from typing import Literal

import msgspec

from engine.reading.progress import Progress
from engine.runs.control import Wanted, wanted
from engine.runs.folder import RunFolder

Topic = Literal["pause", "go-on", "step", "pace", "stop"]


class Wish(msgspec.Struct, frozen=True):
    """A wish.

    Attributes:
        pace: Updates a second that were asked for, 0 for full speed.
        update: Update from which on the worker obeys; None while it has not said so.
    """

    topic: Topic
    pace: float
    update: int | None


class Wishes:
    """Follows the file `wanted` of one run, whoever writes it: this terminal or another one."""

    def __init__(self, folder: RunFolder) -> None:
        self._folder = folder
        self._mark: tuple[int, int] | None = None
        self._topic: Topic | None = None
        self.wanted = Wanted()
        self.look()
        self._topic = "pause" if self.wanted.state == "paused" else "pace"

    def look(self) -> bool:
        """Read the newest wish; return whether it is another one."""
        try:
            status = self._folder.wanted_file.stat()
            mark = (status.st_mtime_ns, status.st_ino)
        except OSError:
            mark = (0, 0)
        if mark == self._mark:
            return False
        self._mark = mark
        before, self.wanted = self.wanted, wanted(self._folder)
        if before == self.wanted:
            return False
        self._topic = changed(before, self.wanted)
        return True

    def newest(self, progress: Progress) -> Wish | None:
        """Return the newest wish as it stands."""
        if self._topic is None:
            return None
        return Wish(self._topic, self.wanted.pace, obeyed(self.wanted, progress))


def changed(before: Wanted, after: Wanted) -> Topic:
    """Return what the second wish is about, seen from the first."""
    if after.state == "stopped":
        return "stop"
    if after.until_update and after.until_update != before.until_update:
        return "step"
    if after.state != before.state or after.until_update != before.until_update:
        return "pause" if after.state == "paused" else "go-on"
    return "pace"


def obeyed(wish: Wanted, progress: Progress) -> int | None:
    """Return the update from which on the worker does as it is told, None while it has not said so."""
    if wish.state == "stopped":
        return progress.ended.update if progress.ended else None
    said = progress.acknowledged
    if said is None or said.pace != wish.pace:
        return None
    if wish.state == "paused":
        return said.update if said.state == "paused" else None
    if wish.until_update:
        return wish.until_update if progress.update >= wish.until_update else None
    return said.update if said.state == "running" and not said.until_update else None
