"""Homes to journey in, and the runs that live there."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from content.memory.record import open_record
from engine.errors import RunError
from engine.reading.follow import Follower
from engine.reading.progress import Progress
from engine.runs import control
from engine.runs.folder import RunFolder
from engine.runs.lock import holder
from engine.runs.state import State
from engine.runs.store import Runs

T = TypeVar("T")
PATIENCE_SECONDS = 150.0
START_SECONDS = 300.0
"""So long a worker may take to import torch on a machine that is busy."""

LOOK_SECONDS = 0.02


def greeted(home: Path, language: str = "en", **choices: object) -> Path:
    """Return the home, its learner past the first start, who has made some choices about the interface."""
    home.mkdir(parents=True, exist_ok=True)
    record = open_record(home / "record.sqlite").record
    record.keep_setting("interface", {"language": language, "greeted": True, **choices})
    record.close()
    return home


def eventually(found: Callable[[], T], seconds: float = PATIENCE_SECONDS) -> T:
    """Return what is found as soon as it is anything.

    Raises:
        AssertionError: It is not within `seconds`.
    """
    end = time.monotonic() + seconds
    while not (value := found()):
        if time.monotonic() > end:
            raise AssertionError(f"not so within {seconds} s: {value!r}")
        time.sleep(LOOK_SECONDS)
    return value


def only_run(home: Path) -> RunFolder:
    """Return the home's only run."""
    (folder,) = Runs(home).all()
    return folder


def progress(folder: RunFolder) -> Progress:
    """Return all that the run has said."""
    follower = Follower(folder)
    follower.poll(10.0)
    return follower.progress


def state(folder: RunFolder) -> State:
    """Return how the run is doing."""
    follower = Follower(folder)
    follower.poll(10.0)
    return follower.state(time.time())


def update(folder: RunFolder) -> int:
    """Return the run's newest update."""
    return progress(folder).update


def worker(folder: RunFolder) -> int:
    """Return the process that trains the run, 0 where there is none."""
    return holder(folder.lock_file) or 0


def end_runs(home: Path) -> None:
    """Leave no worker behind: one that has not taken its lock yet ends by itself, since it is to stop."""
    for folder in Runs(home).all():
        try:
            control.stop(folder)
        except RunError as problem:
            print(problem)
        pid = worker(folder)
        if pid not in (0, os.getpid()):
            os.kill(pid, signal.SIGKILL)
