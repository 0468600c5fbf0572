"""The heartbeat: a thread that says "still alive" while the rest of the worker is busy or waits."""

from __future__ import annotations

import logging
import threading
from types import TracebackType
from typing import Self

from engine.worker.session import Session

log = logging.getLogger(__name__)

WAKE_SECONDS = 0.3
BEATS_AFTER = {"running": 3, "starting": 3}
"""Wakings between two beats; in every other state it is every sixth."""


class Heart:
    """Beats as long as it is entered. It also writes events that wait while training does something long."""

    def __init__(self, session: Session, wake_seconds: float = WAKE_SECONDS) -> None:
        self._session = session
        self._wake_seconds = wake_seconds
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name="heart")
        self._failure = ""

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        waited = 0
        while not self._ended.wait(self._wake_seconds):
            waited += 1
            if waited >= BEATS_AFTER.get(self._session.state, 6):
                waited = 0
                self._session.stream.emit(self._session.beat())
            self._session.stream.flush()
            self._say_failure()

    def _say_failure(self) -> None:
        """Print once that events cannot be written, and once that they can again."""
        error = self._session.stream.failure
        failure = str(error.strerror) if error else ""
        if failure != self._failure:
            self._failure = failure
            log.warning("events: %s", f"{failure}; training goes on" if failure else "written again")
