"""The process that builds and counts the models of the zoo, seen from outside: nothing ever waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from engine.errors import RunError
from engine.reading.zoo import Zoo, cache_file, kept
from engine.runs.awaited import Awaited
from engine.runs.telling import Telling

MODULE = ["-m", "engine.worker.zoo"]


class Counting(Awaited[Zoo]):
    """Started at once."""

    def __init__(self, home: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Start it.

        Raises:
            RunError: It cannot be started, or a package is not installed.
        """
        super().__init__(clock)
        self._home = home
        try:
            self._process = Telling(MODULE, cache_file(home))
        except OSError as error:
            raise _failed(error.strerror or str(error)) from error

    def made(self) -> Zoo:
        zoo = kept(self._home)
        if zoo is None:
            raise _failed(self._process.why())
        return zoo


def _failed(why: str) -> RunError:
    return RunError(f"The models could not be counted: {why}", code="zoo-failed", why=why)
