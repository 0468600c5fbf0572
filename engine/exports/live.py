"""A run's events as TensorBoard's while they happen: what the article's `logging_dir` meant.

Transformers 5 has no such argument any more; its own callback reads the variable TENSORBOARD_LOGGING_DIR. Ours is
the same for every kind of run, under the tags that Trainer uses.

The file is beside the run's stream, in RUN/tensorboard, one more for every attempt. A resumed attempt begins
with TensorBoard's own mark that makes readers drop what it does again.
"""

from __future__ import annotations

import logging
import math
import os
from collections.abc import Callable
from pathlib import Path

from engine.events import Attempted, Ended, Evaluated, Event, Planned, Probed, Tested, Updated
from engine.exports import board, summaries
from engine.exports.tensorboard import file_name, require_tensorboard
from engine.exports.times import between
from engine.exports.updates import LOSS, NORM, RATE, cast
from engine.recipes import Recipe
from engine.runs.folder import RunFolder

log = logging.getLogger(__name__)

FOLDER = "tensorboard"
Write = Callable[[int, bytes], int]
"""`os.write`, or what a test puts in its place."""


class Mirror:
    """Writes each event as it comes. One thread at a time may call it.

    What is written is whole events, at once: a killed worker leaves a file that reads to its end. Where the
    disk is full, the events of that moment are left out, which is said once, and training goes on.
    """

    def __init__(self, folder: RunFolder, recipe: Recipe, attempted: Attempted, *, write: Write = os.write) -> None:
        """Begin the file of an attempt.

        Raises:
            RunError: TensorBoard is not installed.
            OSError: The file cannot be made.
        """
        require_tensorboard()
        import numpy  # noqa: F401 - now, rather than while the first updates wait

        self._write = write
        self._now = attempted.time
        self._update = attempted.first_update - 1
        self._classes: list[str] = []
        self._failed = False
        place = folder.path / FOLDER
        place.mkdir(exist_ok=True)
        self.file: Path = place / file_name(attempted.time, f"{folder.id}.{attempted.number:04d}")
        self._descriptor = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        self._size = 0
        head = summaries.opened(attempted.time)
        if attempted.number > 1:
            head += summaries.restarted(attempted.time, attempted.first_update)
        else:
            head += board.recipe(attempted.time, folder.id, recipe)
        self._append(head)

    def __call__(self, event: Event) -> None:
        """Write what TensorBoard shows of an event; after the last one the file is closed."""
        if self._descriptor < 0:
            return
        self._append(self._said(event))
        self._now = event.time
        if isinstance(event, Ended):
            os.close(self._descriptor)
            self._descriptor = -1

    def _said(self, event: Event) -> bytes:
        match event:
            case Updated():
                return self._updated(event)
            case Planned():
                self._classes = event.classes
                return board.planned(event)
            case Evaluated():
                return board.evaluated(event, self._classes)
            case Probed():
                return board.probed(event)
            case Tested():
                return board.tested(event, self._update, self._classes)
            case Ended(state="finished"):  # any other end may be resumed, and TensorBoard believes the first
                return summaries.ended(event.time, event.state)
        return b""

    def _updated(self, block: Updated) -> bytes:
        import numpy as np

        count = len(block.losses)
        if not count:
            return b""
        self._update = block.first + count - 1
        figures = {LOSS: np.array(block.losses)}
        for tag, values in ((RATE, block.rates), (NORM, block.norms)):
            if len(values) in (1, count) and not all(map(math.isnan, values)):
                figures[tag] = np.full(count, values)
        times = np.array(between(self._now, block.time, count))
        return b"".join(cast(block.first, times, figures))

    def _append(self, data: bytes) -> None:
        if not data:
            return
        try:
            if self._write(self._descriptor, data) == len(data):
                self._size += len(data)
                return
            why = "the disk took only a part"
        except OSError as error:
            why = error.strerror or str(error)
        if not self._failed:
            self._failed = True
            log.warning("tensorboard: %s; some events are left out of %s", why, self.file)
        os.ftruncate(self._descriptor, self._size)
        os.lseek(self._descriptor, self._size, os.SEEK_SET)
