"""The side that asks: one question at a time to one run, and a light process where no worker can answer.

`asks/lock` is held by the light process, `asks/status.json` says what it is doing, and `asks/leave` asks it to go.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from engine.errors import EngineError
from engine.runs.asks import Answer, Ask, Note, answered, arrays_file, make_folder, put, withdraw
from engine.runs.folder import RunFolder
from engine.runs.launch import environment, start
from engine.runs.lock import LockUnsupportedError, holder
from engine.runs.replacing import replace_file
from engine.runs.state import State

LAUNCH_SECONDS = 10.0
"""A light process that was started so long ago and holds no lock has died, or left."""

LOOK_SECONDS = 0.25
"""Least time between two looks at whether a light process lives."""

OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "TQDM_DISABLE": "1"}
"""Whatever is asked lies on this disk: nothing may wait for a network; and nobody sees bars in a log."""


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """What the light process is doing.

    Attributes:
        doing: "torch", "transformers", "model", "ready", "left" or "failed".
        since: Seconds since 1970.
        problem: Why it failed.
    """

    doing: str
    since: float
    problem: Note | None = None


class Asker:
    """Asks one run's model, whoever answers.

    Attributes:
        token: Of the newest ask that was not answered yet, "" for none.
        latest: Of the newest answer, whose arrays are kept until the next one.
        problem: Why nobody can answer; None where somebody can, or may.
    """

    def __init__(
        self,
        folder: RunFolder,
        *,
        clock: Callable[[], float] = time.time,
        launch: Callable[[RunFolder], object] | None = None,
    ) -> None:
        """`launch`: starts the light process; for tests."""
        self.folder = folder
        self.token = ""
        self.latest = ""
        self.problem: Note | None = None
        self._clock = clock
        self._launch = launch or launch_answerer
        self._asked = 0.0
        self._waits_since = 0.0
        self._launched = 0.0
        self._looked = 0.0

    def ask(self, ask: Ask) -> None:
        """Ask; an ask before this one that was not answered yet is withdrawn.

        Raises:
            RunError: The run's folder cannot be written.
        """
        now = self._clock()
        if self.token:
            withdraw(self.folder, self.token)
        else:
            self._waits_since = now
        self.token = put(self.folder, ask)
        self._asked = now

    @property
    def age(self) -> float:
        """Seconds since the ask that waits, 0 where none does."""
        return max(0.0, self._clock() - self._asked) if self.token else 0.0

    @property
    def waited(self) -> float:
        """Seconds since an ask waits, be it this one or one that it replaced; 0 where none does."""
        return max(0.0, self._clock() - self._waits_since) if self.token else 0.0

    def poll(self, state: State, *, planned: bool) -> Answer | None:
        """Return the answer once it is there; see to it meanwhile that somebody answers.

        Args:
            planned: Whether the run's worker has its model already.

        Raises:
            RunError: The answer cannot be read, or no light process can be started.
        """
        if not self.token:
            return None
        answer = answered(self.folder, self.token)
        if answer is not None:
            self.problem = None
            self._replace_latest()
            return answer
        now = self._clock()
        if worker_answers(state, planned=planned):
            self.problem = None
        elif not 0 <= now - self._looked < LOOK_SECONDS:
            self._looked = now
            self._see_to_it(state, now)
        return None

    @property
    def arrays(self) -> Path:
        """Where the arrays of the newest answer are."""
        return arrays_file(self.folder, self.latest)

    def status(self) -> Status | None:
        """Return what the light process that was started last is doing, None where there was none, or is not known."""
        status = read_status(self.folder)
        return status if status is not None and status.since >= self._launched else None

    def leave(self) -> None:
        """Take back what was asked, and let the light process go."""
        for token in (self.token, self.latest):
            if token:
                withdraw(self.folder, token)
        self.token = self.latest = ""
        if self._launched or _lives(self.folder):
            dismiss(self.folder)

    def _replace_latest(self) -> None:
        if self.latest:
            withdraw(self.folder, self.latest)
        self.token, self.latest = "", self.token

    def _see_to_it(self, state: State, now: float) -> None:
        if _lives(self.folder):
            self.problem = None
            return
        status = self.status() if self._launched else None
        if status is not None and status.doing == "failed":
            self.problem = status.problem
            return
        if state == "starting" or not has_model(self.folder):
            self.problem = LOADS if state in ("starting", "queued", "running") else NO_MODEL
            return
        gone = status is not None and status.doing == "left"
        if self._launched and not gone and 0 <= now - self._launched < LAUNCH_SECONDS:
            return
        self.problem = None
        self._launched = now
        make_folder(self.folder)
        (self.folder.asks / "leave").unlink(missing_ok=True)
        self._launch(self.folder)


NO_MODEL = Note(
    code="ask-no-model",
    sentence="This run has saved no model yet: resume it, or train again, and ask then.",
)
LOADS = Note(
    code="ask-loads",
    sentence="This run is still loading: its model answers as soon as it trains.",
)


def worker_answers(state: State, *, planned: bool) -> bool:
    """Return whether the run's own worker answers."""
    return planned and state in ("running", "paused", "stalled")


def has_model(folder: RunFolder) -> bool:
    """Return whether there is a model to load: the final one, or a checkpoint."""
    return (folder.path / "model").is_dir() or any(folder.checkpoints.glob("[0-9]*"))


def launch_answerer(folder: RunFolder) -> int:
    """Start the light process for a run, detached from this one, and return its id.

    Raises:
        RunError: It cannot be started.
    """
    command = [sys.executable, "-P", "-m", "engine.worker.answer", str(folder.path.absolute())]
    return start(command, folder, environment(1, os.environ) | OFFLINE, folder.asks / "answer.log")


def dismiss(folder: RunFolder) -> None:
    """Ask a light process to go, also one that has just been started."""
    if folder.asks.is_dir():
        replace_file(folder.asks / "leave", b"")


def say(folder: RunFolder, doing: str, problem: Note | None = None) -> None:
    """Say what this light process is doing."""
    status = Status(doing=doing, since=time.time(), problem=problem)
    replace_file(folder.asks / "status.json", msgspec.json.encode(status))


def read_status(folder: RunFolder) -> Status | None:
    """Return what a light process said last, None where none ever did."""
    try:
        return msgspec.json.decode((folder.asks / "status.json").read_bytes(), type=Status)
    except (OSError, UnicodeDecodeError, msgspec.DecodeError):
        return None


def note(error: EngineError) -> Note:
    """Return an error as a note."""
    return Note(code=error.code, sentence=error.sentence, details=error.details)


def _lives(folder: RunFolder) -> bool:
    """Return whether a light process lives; where locks cannot be asked, whether one said so lately."""
    try:
        return holder(folder.asks / "lock") is not None
    except LockUnsupportedError:
        status = read_status(folder)
        return status is not None and status.doing not in ("left", "failed") and time.time() - status.since < 60
