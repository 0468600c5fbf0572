"""Following a run: its stream is read as it grows, in slices that never hold the screen up."""

from __future__ import annotations

import time
from collections.abc import Callable
from io import FileIO
from typing import get_args

import msgspec

from engine.events import Attempted, Event, decode
from engine.reading.progress import Progress
from engine.runs.folder import RunFolder
from engine.runs.state import State, state

CHUNK_BYTES = 1 << 17
MAX_LINE_BYTES = 1 << 26
"""A line longer than this is skipped as broken; no event comes near it."""


class Follower:
    """Reads one run. Any number of followers may read the same run, in this process or in others.

    Attributes:
        recipe: What was asked of the run.
        progress: What the run has said so far.
        bad_lines: Lines that could not be read. A torn line before a new attempt is not counted: that is
            how a killed worker leaves the stream, and the updates in it are done again.
        unknown_lines: Events of types that only a newer program knows.
        restarts: How often the stream was found replaced or cut short, and was read anew.
        caught_up: Whether everything that was there at the last poll has been read. While it is False, poll
            again at once instead of waiting for the next tick.
    """

    def __init__(
        self,
        folder: RunFolder,
        *,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        keep_events: bool = False,
    ) -> None:
        """Begin before the first event; `keep_events` collects them for `take_events`.

        Raises:
            RunError: There is no such run, or its recipe is broken or of a newer program.
        """
        self.folder = folder
        self.recipe = folder.recipe()
        self._events: list[Event] | None = [] if keep_events else None
        self.restarts = 0
        self._clock = clock
        self._wall = wall
        self._begin()

    def _begin(self) -> None:
        self.progress = Progress()
        self.bad_lines = 0
        self.unknown_lines = 0
        self.caught_up = False
        self._file: tuple[int, int] | None = None
        self._offset = 0
        self._seen_size = 0
        self._torn = False
        self._live = False
        self._heard_at = 0.0

    def take_events(self) -> list[Event]:
        """Return the events since the last call, in order; none where they are not kept."""
        if self._events is None:
            return []
        taken, self._events = self._events, []
        return taken

    def state(self, now: float) -> State:
        """Return how the run is doing; `now` is in seconds since 1970."""
        return state(self.folder, self.progress, now, self._clock() - self._heard_at if self._live else 0.0)

    def poll(self, budget_seconds: float = 0.045) -> bool:
        """Read what is new, for at most about `budget_seconds`; return whether anything changed."""
        try:
            status = self.folder.events_file.stat()
        except OSError:
            self.caught_up = True
            return False
        file = (status.st_dev, status.st_ino)
        if self._file not in (None, file) or status.st_size < self._seen_size:
            self.restarts += 1
            self._begin()
        self._file = file
        if status.st_size == self._seen_size:
            self.caught_up = True
            return False
        changed = self._read(status.st_size, self._clock() + budget_seconds)
        if changed and self._live:
            self._heard_at = self._clock()
        elif self.caught_up and not self._live:
            self._live = True
            self._heard_at = self._clock() - max(0.0, self._wall() - self.progress.heard)
        return changed

    def _read(self, size: int, deadline: float) -> bool:
        begun = self._offset
        try:
            with self.folder.events_file.open("rb", buffering=0) as file:
                while lines := self._whole_lines(file, size):
                    self._take(lines.split(b"\n"))
                    self._offset += len(lines)
                    if self._clock() >= deadline:
                        break
                self._seen_size = self._offset if lines else size
        except OSError:  # deleted meanwhile, or the network is away: the next poll will see
            self.caught_up = True
            return self._offset != begun
        self.caught_up = self._seen_size >= size
        return self._offset != begun

    def _whole_lines(self, file: FileIO, size: int) -> bytes:
        """Return what comes next up to a newline; nothing while the last line is still being written."""
        length = CHUNK_BYTES
        while True:
            file.seek(self._offset)
            chunk = file.read(min(length, size - self._offset))
            end = chunk.rfind(b"\n") + 1
            if end or length >= MAX_LINE_BYTES:
                return chunk[:end] or chunk
            if self._offset + length >= size:
                return b""
            length *= 2

    def _take(self, lines: list[bytes]) -> None:
        progress = self.progress
        for line in lines:
            if not line:
                continue
            try:
                event = decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                self._count(line)
                continue
            if self._torn:
                self.bad_lines -= isinstance(event, Attempted)
                self._torn = False
            progress = progress.after(event)
            if self._events is not None:
                self._events.append(event)
        self.progress = progress

    def _count(self, line: bytes) -> None:
        try:
            name = msgspec.json.decode(line, type=_Named).event
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            name = ""
        if name and name not in _KNOWN:
            self.unknown_lines += 1
        else:
            self.bad_lines += 1
            self._torn = True


class _Named(msgspec.Struct):
    event: str


_KNOWN = {kind.__struct_config__.tag for kind in get_args(Event)}
