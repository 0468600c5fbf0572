"""The stream of a run's events: whole lines, appended in few writes, and never in the way of training."""

from __future__ import annotations

import errno
import os
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from engine.events import Dropped, Event, Updated, encode

BLOCK = 60
"""Most updates in one line."""
WRITE_SECONDS = 0.05
"""Least time between two writes: at most 20 a second."""
RETRY_SECONDS = 1.0
"""Least time between two writes once the disk has refused one."""
KEPT_BYTES = 1 << 20
"""Lines kept in memory while the disk is full; what comes on top of them is dropped and counted."""
Write = Callable[[int, bytes], int]
"""`os.write`, or what a test puts in its place: it writes a part or all, or raises OSError."""
Observer = Callable[[Event], None]
"""Is told every event in order, one at a time, while training waits: it is quick, and raises nothing."""


class Stream:
    """Appends events to `events.jsonl`. Any thread may call it.

    A line that the disk took only a part of is finished by the next write, so that readers, who hold back
    what follows the last newline, see whole lines only.
    """

    def __init__(self, path: Path, *, write: Write = os.write, clock: Callable[[], float] = time.monotonic) -> None:
        self._write = write
        self._clock = clock
        self._lock = threading.Lock()
        self._descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
        self._lines: deque[bytes] = deque()
        self._kept = 0
        self._dropped = 0
        self._due = 0.0
        self._first = 0
        self._block: list[tuple[float, float, float]] = []
        self._observers: list[Observer] = []
        self.writes = 0
        self.failure: OSError | None = None
        """Why the last write failed; None once one has succeeded."""
        if self._is_torn():
            self._append(b"\n")

    def observe(self, observer: Observer) -> None:
        """Tell somebody else of every event from now on."""
        with self._lock:
            self._observers.append(observer)

    def update(self, number: int, loss: float, rate: float, norm: float, now: float) -> None:
        """Add one update to the open block, and write if at `now` of the clock it is time."""
        with self._lock:
            if not self._block:
                self._first = number
            self._block.append((loss, rate, norm))
            if len(self._block) >= BLOCK:
                self._close_block()
            if now >= self._due:
                self._flush()

    def emit(self, event: Event, *, now: bool = False) -> None:
        """Add an event behind the updates so far; `now` writes it without waiting for its time."""
        with self._lock:
            self._close_block()
            self._say(event)
            if now or self._clock() >= self._due:
                self._flush()

    def flush(self, *, now: bool = False) -> None:
        """Write what waits, if it is time or has to be `now`."""
        with self._lock:
            if (self._block or self._lines) and (now or self._clock() >= self._due):
                self._flush()

    def show(self, event: Event) -> None:
        """Tell the observers alone of an event that another process is about to write."""
        with self._lock:
            for observer in self._observers:
                observer(event)

    def mend(self) -> None:
        """End the line that another writer of the file, now dead, left torn."""
        with self._lock:
            if self._is_torn():
                self._append(b"\n")

    def close(self) -> None:
        """Write what waits and let the file go."""
        self.flush(now=True)
        os.close(self._descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _is_torn(self) -> bool:
        size = os.fstat(self._descriptor).st_size
        return size > 0 and os.pread(self._descriptor, 1, size - 1) != b"\n"

    def _close_block(self) -> None:
        if not self._block:
            return
        losses, rates, norms = zip(*self._block, strict=True)
        self._block.clear()
        if rates.count(rates[0]) == len(rates):
            rates = rates[:1]
        self._say(Updated(time=time.time(), first=self._first, losses=losses, rates=rates, norms=norms))

    def _say(self, event: Event) -> None:
        self._append(encode(event))
        for observer in self._observers:
            observer(event)

    def _append(self, line: bytes) -> None:
        if self.failure and self._kept + len(line) > KEPT_BYTES:
            self._dropped += 1
            return
        self._lines.append(line)
        self._kept += len(line)

    def _flush(self) -> None:
        self._close_block()
        while self._lines:
            batch = b"".join(self._lines)
            try:
                written = self._write(self._descriptor, batch)
                if not written:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            except OSError as error:
                self.failure = error
                self._due = self._clock() + RETRY_SECONDS
                return
            self.writes += 1
            self._take(written)
            if written == len(batch):
                self.failure = None
            if self._dropped and not self._lines:
                self._append(encode(Dropped(time=time.time(), events=self._dropped)))
                self._dropped = 0
        self._due = self._clock() + WRITE_SECONDS

    def _take(self, written: int) -> None:
        """Forget the first `written` bytes of the lines that wait."""
        self._kept -= written
        while written:
            line = self._lines.popleft()
            if len(line) > written:
                self._lines.appendleft(line[written:])
                return
            written -= len(line)
