"""The supervisor of a run in several processes on this machine: it starts them, and ends them all if one dies.

It is the run's ordinary worker, so it holds the run's lock and slot; it loads no torch. The first process, the
leader, writes the events, obeys the learner and saves; it tells its result through a pipe, and then the others,
who wait for it, are ended.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from engine.errors import RunError
from engine.events import Attempted
from engine.runs.place import Place
from engine.runs.result import Result
from engine.worker.heart import Heart
from engine.worker.loss_of_group import is_consequence, resumes_from
from engine.worker.orders import Orders
from engine.worker.session import Session, Stopped
from engine.worker.turn import wait_for_slot

POLL_SECONDS = 0.05
GRACE_SECONDS = 4.0
"""So long after another process has failed the leader may tell the same of itself: its sentence is the better one."""
TOLD_BYTES = 1 << 16
"""What a pipe holds; a result is far smaller."""


def supervise(session: Session, attempted: Attempted, stopping: threading.Event) -> Result:
    """Train the session's run in as many processes as its recipe says, and return what came of it.

    Raises:
        OSError: A process cannot be started.
    """
    with ExitStack() as stack:
        try:
            with Heart(session):
                stack.enter_context(wait_for_slot(session))
        except Stopped:
            return session.result("stopped")
        with Group(session, attempted) as group:
            result = group.watch(stopping)
        session.stream.mend()
        return result


class Member:
    """One process of the group as its supervisor sees it."""

    def __init__(self, session: Session, place: Place, attempted: Attempted) -> None:
        self.place = place
        self._pipe, telling = os.pipe()
        os.set_blocking(self._pipe, False)
        orders = Orders(str(session.folder.path), place.meeting, os.getpid(), telling, attempted)
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "engine.worker.rank", msgspec.json.encode(orders).decode()],
                env={**os.environ, **place.variables(), **_loopback()},
                stdin=subprocess.DEVNULL,
                pass_fds=(telling,),
            )
        finally:
            os.close(telling)

    @property
    def told(self) -> Result | None:
        """What it told of itself, None if it has told nothing yet."""
        if self._told is None:
            try:
                text = os.read(self._pipe, TOLD_BYTES)
            except BlockingIOError:
                return None
            if text:
                self._told = msgspec.json.decode(text, type=Result)
        return self._told

    _told: Result | None = None

    def kill(self) -> None:
        """End the process, and wait until it has ended."""
        self.process.kill()
        self.process.wait()
        os.close(self._pipe)


class Group:
    """The processes of a run; when it is left, none of them lives on."""

    def __init__(self, session: Session, attempted: Attempted) -> None:
        self._session = session
        self._attempted = attempted
        self._world = int(session.recipe.knobs["processes"])
        self._members: list[Member] = []
        self._room = tempfile.TemporaryDirectory(prefix="learncurve-", ignore_cleanup_errors=True)

    def __enter__(self) -> Self:
        meeting = str(Path(self._room.name) / "meeting")
        try:
            for rank in range(self._world):
                place = Place(rank=rank, world=self._world, local_rank=rank, local_world=self._world, meeting=meeting)
                self._members.append(Member(self._session, place, self._attempted))
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def watch(self, stopping: threading.Event) -> Result:
        """Return what the leader tells in the end, or what befell one of the processes."""
        leader = self._members[0]
        passed_on = False
        while True:
            if leader.told:
                return leader.told
            fallen = self._fallen()
            if fallen:
                return self._told_in_grace(fallen) or self._result_of(fallen, stopping)
            if stopping.is_set() and not passed_on:
                leader.process.terminate()
                passed_on = True
            time.sleep(POLL_SECONDS)

    def _fallen(self) -> Member | None:
        """Return a process that ended and should not have; where several did, one that was killed."""
        fallen = [
            member
            for member in self._members
            if member.process.poll() is not None and not (member.told and member.told.state == "finished")
        ]
        return min(fallen, key=lambda member: member.process.returncode, default=None)

    def _told_in_grace(self, fallen: Member) -> Result | None:
        """Return the leader's own result, if it comes to one while another process has failed with a sentence."""
        leader = self._members[0]
        deadline = time.monotonic() + GRACE_SECONDS
        while fallen.told and not leader.told and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)
        return leader.told if leader.told and not is_consequence(leader.told) else None

    def _result_of(self, fallen: Member, stopping: threading.Event) -> Result:
        facts = resumes_from(self._session)
        state, error = "failed", _sentence(fallen, facts.update)
        if stopping.is_set() and fallen.place.rank == 0 and fallen.process.returncode == -signal.SIGTERM:
            state, error = "stopped", RunError("")  # it was told to stop before it could listen
        return Result(
            state=state,
            reason=error.sentence,
            code=error.code,
            details=error.details,
            update=facts.update,
            epochs=max(0, facts.evaluated),
            train_loss=facts.train_loss,
            val_loss=facts.val_loss,
            val_accuracy=facts.val_accuracy,
            seconds=facts.seconds,
        )

    def _end(self) -> None:
        for member in self._members:
            member.process.kill()  # all at once, lest one that is left says that it lost the others
        for member in self._members:
            member.kill()
        self._room.cleanup()


def _sentence(fallen: Member, update: int) -> RunError:
    """Return what the learner reads of a process that ended before its time."""
    name, status = fallen.place.name, fallen.process.returncode
    named = {"process": fallen.place.rank + 1, "processes": fallen.place.world, "update": update}
    end = f"the whole group was ended. Resume goes on from update {update}."
    if fallen.told:
        why = fallen.told.reason
        return RunError(f"{name} failed: {why} So {end}", code="process-failed", why=why, **named)
    if status < 0:
        return RunError(f"{name} was killed (signal {-status}); {end}", code="process-killed", signal=-status, **named)
    return RunError(f"{name} ended with status {status}; {end}", code="process-ended", status=status, **named)


def _loopback() -> dict[str, str]:
    """Return the setting that keeps what the processes say to each other on this machine."""
    names = {name for _, name in socket.if_nameindex()}
    loopback = next((name for name in ("lo", "lo0") if name in names), "")
    return {"GLOO_SOCKET_IFNAME": loopback} if loopback and "GLOO_SOCKET_IFNAME" not in os.environ else {}
