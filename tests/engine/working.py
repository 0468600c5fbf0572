"""Workers in tests: a run made, tried in this process or in one of its own, and what it said."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest

from engine.events import Evaluated, Event, Updated, decode
from engine.recipes import KINDS, recipe
from engine.runs.folder import RunFolder
from engine.runs.launch import command, environment
from engine.runs.result import Result
from engine.runs.store import Runs
from engine.worker.attempt import Train, attempt
from engine.worker.session import Session

SMALL = {"layers": 1, "hidden": 16, "heads": 2}
QUICK: dict[str, dict[str, Any]] = {
    "mlp": {"pace": "full", "batch": 1000, "epochs": 2, "hidden": "16"},
    "bert": {
        **SMALL,
        "start": "scratch",
        "vocabulary": 100,
        "epochs": 2,
        "train_batch": 6,
        "max_length": 16,
        "lr": 1e-2,
    },
    "pretrain": {**SMALL, "vocabulary": 200, "updates": 12, "evaluate_every": 5, "train_batch": 16, "warmup": 2},
}
"""Runs that take a moment: 16 updates of an MLP, 16 of a BERT, 12 of pre-training."""
PATIENCE_SECONDS = 300.0
"""What a worker may take for anything on a crowded machine, where importing torch alone takes a minute."""

E = TypeVar("E")


def make_run(home: Path, kind: str = "mlp", /, **wishes: Any) -> RunFolder:
    """Return a new run, quick unless `wishes` say otherwise."""
    token = f"{time.monotonic_ns():x}"
    return Runs(home).create(recipe(KINDS[kind], {**QUICK[kind], **wishes}), datetime.now(UTC), token)


def write_texts(path: Path, each: int = 20) -> Path:
    """Write a data set of short texts with three labels that words tell apart, and return its path."""
    words = {"animal": ("cat", "dog", "bird"), "food": ("bread", "soup", "cake"), "place": ("city", "hill", "lake")}
    rows = [
        f'"a {("small", "large", "old")[number % 3]} {names[number % 3]} number {number}",{label}'
        for number in range(each)
        for label, names in words.items()
    ]
    path.write_text("text,label\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def try_run(folder: RunFolder, train: Train | None = None) -> Result:
    """Attempt the run in this process."""
    return attempt(folder, threading.Event(), train)


def try_until(folder: RunFolder, update: int, monkeypatch: pytest.MonkeyPatch) -> Result:
    """Attempt the run in this process, stopped as by a signal once `update` is done."""
    stopping = threading.Event()
    updated = Session.updated

    def counted(session: Session, loss: float, rate: float, norm: float) -> None:
        updated(session, loss, rate, norm)
        session._unwatched_until = 0.0
        if session.update == update:
            stopping.set()

    with monkeypatch.context() as patch:
        patch.setattr(Session, "updated", counted)
        return attempt(folder, stopping)


def start_worker(folder: RunFolder, **options: Any) -> subprocess.Popen[bytes]:
    """Start a real worker for the run, as the program does; the caller waits for it."""
    import os

    console = folder.console_file.open("ab")
    with console:
        return subprocess.Popen(
            command(folder),
            cwd=folder.home,
            env={**environment(1, os.environ), **options.pop("env", {})},
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **options,
        )


def until(condition: Callable[[], E], what: str, seconds: float = PATIENCE_SECONDS) -> E:
    """Return what `condition` returns as soon as it is true.

    Raises:
        AssertionError: It stayed false for too long.
    """
    waiting = threading.Event()
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, f"{what}: not within {seconds} s"
        waiting.wait(0.02)
    return value


def events_of(folder: RunFolder) -> list[Event]:
    """Return every event of the run so far; a torn last line is left out."""
    if not folder.events_file.exists():
        return []
    *lines, _ = folder.events_file.read_bytes().split(b"\n")
    return [decode(line) for line in lines if line]


def of(kind: type[E], events: Sequence[Event]) -> list[E]:
    """Return the events of a type."""
    return [event for event in events if isinstance(event, kind)]


def losses_of(events: Sequence[Event]) -> dict[int, float]:
    """Return the loss of every update; a later attempt's replaces an earlier one's."""
    losses: dict[int, float] = {}
    for block in of(Updated, events):
        losses |= {block.first + place: loss for place, loss in enumerate(block.losses)}
    return losses


def evaluations_of(events: Sequence[Event]) -> dict[int, Evaluated]:
    """Return the evaluation of every epoch, the last where there are several."""
    return {evaluated.epoch: evaluated for evaluated in of(Evaluated, events)}
