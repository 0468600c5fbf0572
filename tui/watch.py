"""The runs that the app follows, whichever screen is shown."""

from __future__ import annotations

import time
from collections.abc import Callable

from engine.errors import RunError
from engine.reading.follow import Follower
from engine.runs.folder import RunFolder
from engine.runs.state import ALIVE, State
from engine.runs.store import Runs

SCAN_SECONDS = 1.0
SLICE_SECONDS = 0.04
"""How long one poll may read, all runs together: no key waits longer than that."""


class Watch:
    """Polls the folders of living runs; screens pull what they show from its followers.

    A run that has ended is settled: it is not polled again until it lives again. A run started or resumed
    from another terminal is found by a scan of the folder once a second.
    """

    def __init__(self, runs: Runs, clock: Callable[[], float] = time.time) -> None:
        self.runs = runs
        self.clock = clock
        self._followers: dict[str, Follower] = {}
        self._states: dict[str, State] = {}
        self._settled: set[str] = set()
        self._scanned = 0.0

    def follow(self, folder: RunFolder) -> Follower:
        """Return the one follower of a run, made when it is first asked for, and read on from now."""
        follower = self._followers.get(folder.id)
        if follower is None:
            follower = self._followers[folder.id] = Follower(folder)
        self._settled.discard(folder.id)
        return follower

    def forget(self, run_id: str) -> None:
        """Drop what is known of a run that was deleted."""
        self._followers.pop(run_id, None)
        self._states.pop(run_id, None)
        self._settled.discard(run_id)

    def state(self, run_id: str) -> State | None:
        """Return a followed run's state as of the last poll."""
        return self._states.get(run_id)

    def poll(self) -> tuple[set[str], list[tuple[Follower, State]]]:
        """Read what the followed runs wrote since the last poll.

        Returns:
            Ids of the runs that changed, and the runs that ended since the last poll with their new state.
        """
        now = self.clock()
        if not 0 <= now - self._scanned < SCAN_SECONDS:
            self._scan(now)
        changed: set[str] = set()
        ended: list[tuple[Follower, State]] = []
        unsettled = [run_id for run_id in self._followers if run_id not in self._settled]
        for run_id in unsettled:
            follower, before = self._followers[run_id], self._states.get(run_id)
            news = follower.poll(SLICE_SECONDS / len(unsettled))
            state = _state(follower, now)
            if news or state != before:
                changed.add(run_id)
            if before in ALIVE and state not in ALIVE and follower.caught_up:
                ended.append((follower, state))
            if follower.caught_up or state in ALIVE:
                self._states[run_id] = state
            if state not in ALIVE and follower.caught_up and not news:
                self._settled.add(run_id)
        return changed, ended

    def living(self) -> list[Follower]:
        """Return the followers of runs that have a worker, newest first."""
        alive = sorted((run_id for run_id, state in self._states.items() if state in ALIVE), reverse=True)
        return [self._followers[run_id] for run_id in alive]

    def _scan(self, now: float) -> None:
        """Find runs that live though nobody here follows them, or follows them still."""
        self._scanned = now
        for folder in self.runs.all():
            known = self._followers.get(folder.id)
            if known is not None and folder.id not in self._settled:
                continue
            follower = known or _follower(folder)
            # A resumed run's state is that of its former end until its new events are read: its lock is surer.
            if follower is not None and (self.runs.alive(folder) or _state(follower, now) in ALIVE):
                self._followers[folder.id] = follower
                self._settled.discard(folder.id)


def _state(follower: Follower, now: float) -> State:
    """Return a run's state; one whose result cannot be read counts as failed, the list says why."""
    try:
        return follower.state(now)
    except RunError:
        return "failed"


def _follower(folder: RunFolder) -> Follower | None:
    """Return a follower of the run, None where the folder is broken: the list of runs says why."""
    try:
        return Follower(folder)
    except RunError:
        return None
