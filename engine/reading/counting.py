"""The process that builds and counts the models of the zoo, seen from outside: nothing ever waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from engine.errors import RunError
from engine.reading.zoo import Zoo, cache_file, kept
from engine.runs.telling import Telling, Told

MODULE = ["-m", "engine.worker.zoo"]


class Counting:
    """Started at once, and asked from time to time."""

    def __init__(self, home: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Start it.

        Raises:
            RunError: It cannot be started, or a package is not installed.
        """
        self._home = home
        self._clock = clock
        self._began = clock()
        try:
            self._process = Telling(MODULE, cache_file(home))
        except OSError as error:
            raise _failed(error.strerror or str(error)) from error

    @property
    def now(self) -> Told:
        """What it was doing when it was last asked."""
        return self._process.now

    @property
    def seconds(self) -> float:
        """How long it has been at it."""
        return self._clock() - self._began

    def poll(self) -> Zoo | None:
        """Return what it has counted, None while it is at it.

        Raises:
            RunError: It gave up, or died.
        """
        if self._process.poll() is None:
            return None
        zoo = kept(self._home)
        if zoo is None:
            raise _failed(self._process.why())
        return zoo

    def wait(self) -> Zoo:
        """Return what it has counted once it has.

        Raises:
            RunError: It gave up, or died.
        """
        while (zoo := self.poll()) is None:
            time.sleep(0.05)
        return zoo


def _failed(why: str) -> RunError:
    return RunError(f"The models could not be counted: {why}", code="zoo-failed", why=why)
