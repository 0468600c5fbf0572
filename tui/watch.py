"""The runs that the app follows, whichever screen is shown."""

from __future__ import annotations

import time
from collections.abc import Callable

from engine.errors import RunError
from engine.reading.follow import Follower
from engine.runs.folder import RunFolder
from engine.runs.state import State
from engine.runs.store import Runs

ALIVE: tuple[State, ...] = ("queued", "starting", "running", "paused", "stalled")
"""States of a run that has a worker."""

SCAN_SECONDS = 1.0


class Watch:
    """Polls the folders of living runs; screens pull what they show from its followers.

    A run started from another terminal is found by a scan of the folder once a second.
    """

    def __init__(self, runs: Runs, clock: Callable[[], float] = time.time) -> None:
        self.runs = runs
        self.clock = clock
        self._followers: dict[str, Follower] = {}
        self._states: dict[str, State] = {}
        self._settled: set[str] = set()
        self._scanned = 0.0

    def follow(self, folder: RunFolder) -> Follower:
        """Return the one follower of a run, made when it is first asked for."""
        follower = self._followers.get(folder.id)
        if follower is None:
            follower = self._followers[folder.id] = Follower(folder)
        self._settled.discard(folder.id)
        return follower

    def forget(self, run_id: str) -> None:
        """Drop what is known of a run that was deleted."""
        self._followers.pop(run_id, None)
        self._states.pop(run_id, None)

    def state(self, run_id: str) -> State | None:
        """Return a followed run's state as of the last poll."""
        return self._states.get(run_id)

    def poll(self) -> tuple[set[str], list[tuple[Follower, State]]]:
        """Read what the followed runs wrote since the last poll.

        Returns:
            Ids of the runs that changed, and the runs that ended since the last poll with their new state.
        """
        now = self.clock()
        if now - self._scanned >= SCAN_SECONDS or now < self._scanned:
            self._scan(now)
        changed: set[str] = set()
        ended: list[tuple[Follower, State]] = []
        for run_id, follower in list(self._followers.items()):
            if run_id in self._settled:
                continue
            before = self._states.get(run_id)
            news = follower.poll()
            state = follower.state(now)
            if news or state != before:
                changed.add(run_id)
            if before in ALIVE and state not in ALIVE:
                ended.append((follower, state))
            self._states[run_id] = state
            if state not in ALIVE and not news:
                self._settled.add(run_id)
        return changed, ended

    def living(self) -> list[Follower]:
        """Return the followers of runs that have a worker, newest first."""
        alive = [run_id for run_id, state in self._states.items() if state in ALIVE]
        return [self._followers[run_id] for run_id in sorted(alive, reverse=True) if run_id in self._followers]

    def _scan(self, now: float) -> None:
        self._scanned = now
        for folder in self.runs.all():
            known = self._followers.get(folder.id)
            if known is not None and folder.id not in self._settled:
                continue
            if folder.result_file.exists() and not self.runs.alive(folder):
                continue
            if known is not None:
                if known.state(now) in ALIVE:
                    self._settled.discard(folder.id)
                continue
            try:
                follower = Follower(folder)
            except RunError:
                continue  # a broken folder is shown, with its sentence, in the list of runs
            if follower.state(now) in ALIVE:
                self._followers[folder.id] = follower
