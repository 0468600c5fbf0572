"""Waiting for one's turn: only so many runs train at once on a machine."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from engine.runs.lock import Lock
from engine.runs.slots import Slots
from engine.worker.session import Session

POLL_SECONDS = 0.1


def wait_for_slot(session: Session, sleep: Callable[[float], None] = time.sleep) -> AbstractContextManager[Lock | None]:
    """Return a slot once it is this run's turn, to be let go when it is over; it goes with this process too.

    In a group the slot is the supervisor's, or the leader's; the others need none.

    Raises:
        Stopped: The run is to stop.
    """
    if session.place.meeting or not session.leads:
        return nullcontext()
    with Slots(session.folder.home).queue(session.folder.id, time.time_ns()) as turn:
        said = -1
        while (slot := turn.poll()) is None:
            ahead = turn.ahead
            if ahead != said:
                session.queued(ahead)
                said = ahead
            sleep(POLL_SECONDS)
            session.check()
        session.started()
        return slot
