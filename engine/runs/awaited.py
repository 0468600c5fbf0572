"""A process that makes one thing, seen from outside: asked from time to time, and nothing ever waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, TypeVar

from engine.runs.telling import Telling, Told

Made = TypeVar("Made")

ASK_SECONDS = 0.05


class Awaited(Generic[Made]):
    """Subclasses start the process, and take up what it has made."""

    _process: Telling

    def __init__(self, clock: Callable[[], float]) -> None:
        """Begin to count the time."""
        self._clock = clock
        self._began = clock()

    @property
    def now(self) -> Told:
        """What it was doing when it was last asked."""
        return self._process.now

    @property
    def seconds(self) -> float:
        """How long it has been at it."""
        return self._clock() - self._began

    def poll(self) -> Made | None:
        """Return what it has made, None while it is at it.

        Raises:
            RunError: It gave up, or died.
        """
        return None if self._process.poll() is None else self.made()

    def made(self) -> Made:
        """Return what it has made, now that it has ended.

        Raises:
            RunError: It gave up, or died.
        """
        raise NotImplementedError

    def wait(self) -> Made:
        """Return what it has made once it has.

        Raises:
            RunError: It gave up, or died.
        """
        while (made := self.poll()) is None:
            time.sleep(ASK_SECONDS)
        return made
