"""When checkpoints are written: often enough to lose little, seldom enough to cost little."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from engine.errors import RunError
from engine.events import Saved
from engine.worker.checkpoints import Facts
from engine.worker.keeper import Keeper
from engine.worker.stream import Stream

log = logging.getLogger(__name__)

INTERVAL_SECONDS = 5.0
"""Time between two checkpoints, where saving is quick."""
SHARE = 0.05
"""Most of the time that saving may take: the interval stretches where it is slow."""


class Saving:
    """Lets a recipe's keeper write, and remembers what is to be written of the best network once there is time.

    Attributes:
        failure: Why the last try failed, "" if it did not.
    """

    def __init__(self, stream: Stream, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._cost = 0.0
        self._ended = clock()
        self._saved: tuple[int, int] | None = None
        self._best: Facts | None = None
        self.failure = ""

    def is_due(self, now: float) -> bool:
        """Return whether so much time has passed that a checkpoint is due."""
        return now - self._ended >= max(INTERVAL_SECONDS, self._gap())

    def has_time(self, now: float) -> bool:
        """Return whether a checkpoint now would keep the share of time that saving takes."""
        return now - self._ended >= self._gap()

    def resumed(self, facts: Facts) -> None:
        """Training goes on from a checkpoint: that one need not be written again."""
        self._saved = (facts.update, facts.evaluated)

    def remember_best(self, keeper: Keeper, facts: Facts) -> None:
        """Keep a copy of the network; it is written with the next checkpoint."""
        keeper.remember_best()
        self._best = facts

    def save(self, keeper: Keeper, facts: Facts) -> None:
        """Write a checkpoint, unless this one is written already; where that fails, say so and go on."""
        if self._saved == (facts.update, facts.evaluated) and self._best is None:
            return
        began = self._clock()
        try:
            if self._saved != (facts.update, facts.evaluated):
                self._write(keeper.write, facts)
                self._saved = (facts.update, facts.evaluated)
            if self._best is not None:
                self._write(keeper.write_best, self._best)
                self._best = None
        except RunError as error:
            log.warning("No checkpoint at update %d; training goes on. %s", facts.update, error.sentence)
            self.failure = error.sentence
        else:
            self.failure = ""
        self._ended = self._clock()
        self._cost = self._ended - began

    def _write(self, write: Callable[[Facts], str], facts: Facts) -> None:
        self._stream.flush(now=True)  # what a checkpoint knows is never done again: it must have been told before
        began = self._clock()
        name = write(facts)
        seconds = self._clock() - began
        self._stream.emit(Saved(time=time.time(), update=facts.update, name=name, seconds=seconds))

    def _gap(self) -> float:
        return self._cost * (1 - SHARE) / SHARE
