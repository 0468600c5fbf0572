"""A session on a table: no model, no torch, and a clock that only sleeping moves."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from typing import Any

from engine.events import Planned
from engine.runs.folder import RunFolder
from engine.worker.checkpoints import Checkpoints
from engine.worker.keeper import TensorKeeper
from engine.worker.session import Session
from engine.worker.stream import Stream
from tests.engine.working import events_of


class Time:
    """A clock that only sleeping moves; what is due at a moment happens then."""

    def __init__(self) -> None:
        self.now = 100.0
        self.due: list[tuple[float, Callable[[], None]]] = []
        self.longest = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.longest = max(self.longest, seconds)
        self.pass_by(max(seconds, 1e-6))

    def pass_by(self, seconds: float) -> None:
        self.now += seconds
        for moment, action in [entry for entry in self.due if entry[0] <= self.now]:
            self.due.remove((moment, action))
            action()

    def at(self, moment: float, action: Callable[[], None]) -> None:
        self.due.append((moment, action))


class Bench:
    """A session on a table: no model, a clock of its own, updates that take 1 ms."""

    def __init__(self, folder: RunFolder, *, updates: int = 1000, checkpoints: Checkpoints | None = None) -> None:
        self.time = Time()
        self.folder = folder
        self.stream = Stream(folder.events_file, clock=self.time)
        self.stopping = threading.Event()
        self.session = Session(
            folder, folder.recipe(), self.stream, self.stopping, clock=self.time, sleep=self.time.sleep
        )
        self.updates = updates
        self.began: dict[int, float] = {}
        keeper = TensorKeeper(checkpoints or Checkpoints(folder.checkpoints), dict)
        self.session.plan(planned(updates), keeper, None)

    def train(self) -> None:
        """Do the updates that are left."""
        while self.session.update < self.updates:
            self.session.wait_for_turn()
            self.began[self.session.update + 1] = self.time.now
            self.time.pass_by(0.001)
            self.session.updated(2.0, 0.01, 0.5)

    def events(self) -> list[Any]:
        self.stream.flush(now=True)
        return list(events_of(self.folder))


def planned(updates: int) -> Planned:
    return Planned(
        time=0.0,
        updates=updates,
        epochs=1,
        updates_per_epoch=updates,
        parameters=1,
        examples={},
        classes=[],
        threads=1,
        device="cpu",
        versions={},
        shape="784-128-10",
        chance_loss=math.log(10),
        source="worker/mlp.py",
    )
