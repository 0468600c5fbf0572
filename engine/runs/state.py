"""How a run is doing, derived from its lock, its events and its result: the dead tell nothing themselves.

| lock | result | the run is |
|---|---|---|
| held | any | what its newest event says; stalled where the heartbeat is old |
| free | there | finished, stopped or failed, as the result says |
| free | none, an attempt began | crashed |
| free | none, no attempt yet | starting in its first 10 s, then crashed |

On a network file system a free lock proves nothing about another host: there the heartbeat decides.
"""

from __future__ import annotations

import socket
from typing import Literal, cast

from engine.errors import RunError
from engine.reading.progress import Progress
from engine.runs.filesystem import is_network
from engine.runs.folder import RunFolder
from engine.runs.lock import LockUnsupportedError, holder

State = Literal["queued", "starting", "running", "paused", "stalled", "finished", "stopped", "failed", "crashed"]

ALIVE: frozenset[State] = frozenset({"queued", "starting", "running", "paused", "stalled"})
"""States in which a worker is there, or is about to be."""

FRESH_SECONDS = 10.0
"""So long a folder without any event waits for its worker."""

QUIET_SECONDS = {"running": 5.0, "paused": 10.0, "queued": 10.0}
"""Silence after which a phase counts as stalled; beats come every second or two."""

QUIET_START_SECONDS = 60.0
"""The same while starting: an import or a read may hold everything up."""

REMOTE_CRASH_SECONDS = 60.0
"""Silence after which a worker on another host, whose lock cannot be seen, counts as crashed."""


def state(folder: RunFolder, progress: Progress, now: float, quiet_seconds: float | None = None) -> State:
    """Return how the run is doing.

    Args:
        now: Seconds since 1970.
        quiet_seconds: How long ago the newest event came; None compares its time with `now`, which is wrong
            if the clock was set in between, or if the worker's host has another time.
    """
    quiet = max(0.0, now - progress.heard) if quiet_seconds is None else quiet_seconds
    try:
        held, certain = holder(folder.lock_file) is not None, True
    except LockUnsupportedError:
        held, certain = False, False
    if held:
        return _living(progress, quiet)
    over = _over(folder, progress)
    if over:
        return cast(State, over)
    if progress.attempt is None:
        return "starting" if abs(now - _made(folder)) < FRESH_SECONDS else "crashed"
    elsewhere = progress.attempt.host != socket.gethostname()
    if (elsewhere or not certain) and is_network(folder.path) and progress.ended is None:
        return _living(progress, quiet) if quiet < REMOTE_CRASH_SECONDS else "crashed"
    return "crashed"


def _over(folder: RunFolder, progress: Progress) -> str:
    """Return how the run ended by itself, "" if it did not; a result that cannot be read has its event."""
    try:
        result = folder.result()
    except RunError:
        return progress.ended.state if progress.ended else ""
    return result.state if result else ""


def _living(progress: Progress, quiet: float) -> State:
    if progress.heard and quiet > QUIET_SECONDS.get(progress.phase, QUIET_START_SECONDS):
        return "stalled"
    return cast(State, progress.phase or "starting")


def _made(folder: RunFolder) -> float:
    try:
        return folder.recipe_file.stat().st_mtime
    except OSError:
        return 0.0
