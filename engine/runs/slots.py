"""The queue: only so many runs train at once on a machine, and those that wait go in the order they came.

In HOME/slots lies a lock file for each slot, and one for each run that waits, named by the time at which it
began to wait. Who waits holds its own file's lock, so the dead are told from the living; the oldest living
may try the slots. Names carry the host: a home on a network serves machines with processors of their own.
"""

from __future__ import annotations

import socket
from pathlib import Path
from types import TracebackType
from typing import Self

from engine.errors import RunError
from engine.runs.lock import Lock, LockUnsupportedError, hold, holder
from engine.runs.replacing import replace_file


class Slots:
    """The slots of a home on this host.

    Attributes:
        count: How many runs may train at once; None reads what `set_count` wrote, else 1.
    """

    def __init__(self, home: Path, count: int | None = None, host: str | None = None) -> None:
        self.folder = home / "slots"
        self.host = "".join(c if c.isalnum() else "_" for c in host or socket.gethostname())
        self._count = count

    @property
    def count(self) -> int:
        """How many runs may train at once."""
        if self._count is not None:
            return self._count
        try:
            return max(1, int((self.folder / "count").read_text()))
        except (OSError, ValueError):
            return 1

    def set_count(self, count: int) -> None:
        """Let so many runs train at once; runs that wait obey at their next poll."""
        self._make()
        replace_file(self.folder / "count", f"{max(1, count)}\n".encode())

    def queue(self, run_id: str, now_nanoseconds: int) -> Turn:
        """Return this run's place in the queue, behind all that wait already.

        Raises:
            RunError: The folder cannot be written.
        """
        self._make()
        return Turn(self, self.folder / f"{self.host}-wait-{now_nanoseconds:020d}-{run_id}")

    def busy(self) -> int:
        """Return how many slots are held."""
        return sum(_is_held(path) for path in self.folder.glob(f"{self.host}-slot-*"))

    def free(self) -> Lock | None:
        """Return a slot, taken for this process, None if all are held.

        Raises:
            RunError: The folder cannot be written.
        """
        self._make()
        for number in range(1, self.count + 1):
            path = self.folder / f"{self.host}-slot-{number}"
            if not _is_held(path):
                try:
                    return hold(path)
                except RunError as error:
                    if error.code != "run-locked":  # another run was quicker: try the next slot
                        raise
        return None

    def waiting(self) -> list[Path]:
        """Return the files of all living runs that wait, oldest first; those of the dead are removed."""
        living = []
        for path in sorted(self.folder.glob(f"{self.host}-wait-*")):
            if _is_held(path):
                living.append(path)
            else:
                path.unlink(missing_ok=True)
        return living

    def _make(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RunError(
                f"{self.folder} cannot be made: {error.strerror}.",
                code="run-unwritable",
                path=self.folder,
                why=error.strerror,
            ) from error


class Turn:
    """A run's place in the queue. A worker polls it about ten times a second, and may leave at any time."""

    def __init__(self, slots: Slots, ticket: Path) -> None:
        self._slots = slots
        self._ticket = ticket
        self._lock: Lock | None = hold(ticket)

    @property
    def ahead(self) -> int:
        """How many runs train or wait before this one."""
        return sum(path < self._ticket for path in self._slots.waiting()) + self._slots.busy()

    def poll(self) -> Lock | None:
        """Return the slot once it is this run's turn, and leave the queue; keep it while the run trains."""
        if any(path < self._ticket for path in self._slots.waiting()):
            return None
        slot = self._slots.free()
        if slot is not None:
            self.leave()
        return slot

    def leave(self) -> None:
        """Give the place up."""
        if self._lock is not None:
            self._ticket.unlink(missing_ok=True)
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()


def _is_held(path: Path) -> bool:
    try:
        return holder(path) is not None
    except LockUnsupportedError:
        return False
