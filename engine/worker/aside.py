"""Work that may hang, done in a thread aside while the worker keeps listening to the learner."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

LOOK_SECONDS = 0.05
"""How often the worker looks up meanwhile."""


def aside(work: Callable[[threading.Event], T], meanwhile: Callable[[], None]) -> T:
    """Return what `work` returns, or raise what it raises; `meanwhile` is called until then, and at the end.

    Args:
        work: Is given an event that says it should leave; a thread that hangs is left behind.
        meanwhile: May raise, which ends the wait.
    """
    leave = threading.Event()
    results: list[T] = []
    failures: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work(leave))
        except BaseException as error:  # raised again below, in the thread that waits
            failures.append(error)

    thread = threading.Thread(target=run, daemon=True, name="aside")
    thread.start()
    try:
        while thread.is_alive():
            thread.join(LOOK_SECONDS)
            meanwhile()
    except BaseException:
        leave.set()
        thread.join(LOOK_SECONDS)
        raise
    if failures:
        raise failures[0]
    return results[0]
