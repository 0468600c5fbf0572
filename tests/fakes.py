"""Runs that follow a script, in place of a training process: for tests of whoever watches runs.

Their curves are a formula, not a model: nothing here is shown to a learner as a run.
"""

from __future__ import annotations

import math
import os
import socket
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.events import (
    Acknowledged,
    Attempted,
    Beat,
    Ended,
    Evaluated,
    Event,
    Loading,
    Misread,
    Planned,
    Queued,
    Saved,
    Tested,
    Updated,
    encode,
)
from engine.recipes import KINDS, Recipe, recipe
from engine.runs.folder import RunFolder
from engine.runs.lock import Lock, hold
from engine.runs.result import Result
from engine.runs.store import Runs
from tests.clock import MOMENT, Clock
from tests.fake_figures import arrays, confusion

CHANCE = math.log(10)
LIVING = ("queued", "starting", "running", "paused", "stalled")


class ScriptedRun:
    """A run folder whose worker is this object: it holds the lock and writes events when told to.

    Attributes:
        folder: The run.
        spike_at: An update whose loss is 9.
        nan_from: From this update on the loss is NaN.
    """

    def __init__(
        self,
        home: Path,
        *,
        updates: int = 1250,
        epochs: int = 10,
        wishes: Mapping[str, Any] | None = None,
        title: str = "",
        moment: datetime = MOMENT,
        token: str = "7f3a",
        clock: Clock | None = None,
        rate: float = 80.0,
        spike_at: int = 0,
        nan_from: int = 0,
        with_arrays: bool = True,
    ) -> None:
        asked = self._recipe(updates, epochs, wishes or {}, title)
        self.folder = Runs(home).create(asked, moment, token)
        self.clock = clock or Clock(moment.timestamp())
        self.rate = rate
        self.update = 0
        self.attempts = 0
        self.spike_at, self.nan_from = spike_at, nan_from
        self._asked = asked
        self._updates, self._epochs, self._each = updates, epochs, max(1, updates // epochs)
        self._with_arrays = with_arrays
        self._lock: Lock | None = None

    def _recipe(self, updates: int, epochs: int, wishes: Mapping[str, Any], title: str) -> Recipe:
        return recipe(KINDS["mlp"], {"epochs": epochs, **wishes}, title=title, program="test")

    def write(self, *events: Event) -> None:
        """Append events, in one write."""
        self.write_bytes(b"".join(encode(event) for event in events))

    def write_bytes(self, data: bytes) -> None:
        """Append whatever is given."""
        descriptor = os.open(self.folder.events_file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(descriptor, data)
        finally:
            os.close(descriptor)

    def attempt(self, first_update: int | None = None) -> None:
        """Take the lock and begin, after what was done or at `first_update`."""
        self._lock = hold(self.folder.lock_file)
        self.folder.withdraw_result()
        self.attempts += 1
        first = self.update + 1 if first_update is None else first_update
        self.update = first - 1
        host = socket.gethostname()
        self.write(Attempted(time=self.clock(), number=self.attempts, first_update=first, host=host, pid=os.getpid()))

    def queue(self, ahead: int = 1) -> None:
        """Wait for others."""
        self.write(Queued(time=self.clock(), ahead=ahead))

    def load(self, what: str = "torch") -> None:
        """Load something slow."""
        self.write(Loading(time=self.clock(), what=what))

    def plan(self) -> None:
        """Say what is going to happen, and measure the untrained model."""
        self.write(self._planned(), *self._looks(0))
        if self.update == 0:
            self.write(self._evaluated(0))

    def train(self, count: int) -> None:
        """Do `count` updates, evaluating after each whole epoch."""
        events: list[Event] = []
        end = min(self.update + count, self._updates)
        while self.update < end:
            stop = min(end, self.update + 60, (self.update // self._each + 1) * self._each)
            numbers = range(self.update + 1, stop + 1)
            self.clock.advance(len(numbers) / self.rate)
            losses = tuple(self.loss(number) for number in numbers)
            norms = tuple(0.5 + 0.4 * abs(math.sin(number * 0.7)) for number in numbers)
            rates = self._rates(numbers)
            events.append(Updated(time=self.clock(), first=self.update + 1, losses=losses, rates=rates, norms=norms))
            self.update = stop
            events += self._looks(stop)
            if stop % self._each == 0:
                events.append(self._evaluated(stop // self._each))
        self.write(*events, self._beat())

    def loss(self, update: int) -> float:
        """Return the loss of an update by the formula."""
        if update == self.spike_at:
            return 9.0
        return self._smooth(update) * (1 + 0.15 * math.sin(update * 12.9898))

    def save(self) -> None:
        """Say that a checkpoint was written."""
        self.write(Saved(time=self.clock(), update=self.update, name=f"{self.update:09d}", seconds=0.01))

    def acknowledge(self, state: str, pace: float = 80.0, until_update: int = 0) -> None:
        """Obey: "running" or "paused" from this update on."""
        self.write(
            Acknowledged(time=self.clock(), state=state, pace=pace, until_update=until_update, update=self.update)
        )

    def beat(self) -> None:
        """Give a sign of life."""
        self.write(self._beat())

    def end(self, state: str = "finished", reason: str = "", code: str = "") -> None:
        """Write the last events and the result, and let the lock go."""
        epochs = self.update // self._each
        newest = self._evaluated(epochs)
        figures = (newest.val_loss, newest.val_accuracy, newest.confusion)
        tested = Tested(time=self.clock(), loss=figures[0], accuracy=figures[1], confusion=figures[2], f1=newest.val_f1)
        finished = state == "finished"
        if finished:
            self.write(tested)
        self.write(Ended(time=self.clock(), state=state, reason=reason, code=code, update=self.update))
        self.folder.write_result(
            Result(
                state=state,
                reason=reason,
                code=code,
                update=self.update,
                epochs=epochs,
                train_loss=newest.train_loss,
                val_loss=newest.val_loss,
                val_accuracy=newest.val_accuracy,
                test_loss=tested.loss if finished else None,
                test_accuracy=tested.accuracy if finished else None,
                seconds=self.update / self.rate,
            )
        )
        self.kill()

    def kill(self) -> None:
        """Let the lock go without a word, as kill -9 would."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _planned(self) -> Planned:
        return Planned(
            time=self.clock(),
            updates=self._updates,
            epochs=self._epochs,
            updates_per_epoch=self._each,
            parameters=101_770,
            examples={"train": 8000, "validation": 1000, "test": 1000},
            classes=[str(digit) for digit in range(10)],
            threads=1,
            device="cpu",
            versions={"python": "3.11", "torch": "2.6"},
            shape="-".join(["784", *str(self._asked.knobs["hidden"]).split(","), "10"]),
            chance_loss=CHANCE,
            source="worker/mlp.py",
        )

    def _rates(self, numbers: range) -> tuple[float, ...]:
        return (float(self._asked.knobs["lr"]),)

    def _looks(self, update: int) -> list[Event]:
        """Return what is looked at beside the losses, after an update or before the first."""
        return []

    def _smooth(self, update: float) -> float:
        if self.nan_from and update >= self.nan_from:
            return math.nan
        return 0.25 + (CHANCE - 0.25) * math.exp(-6 * update / self._updates)

    def _beat(self) -> Beat:
        left = (self._updates - self.update) / self.rate
        return Beat(
            time=self.clock(),
            update=self.update,
            updates_per_second=self.rate,
            max_updates_per_second=1180.0,
            memory_bytes=512_000_000,
            seconds_left=left,
            seconds_left_low=left * 0.9,
            seconds_left_high=left * 1.2,
        )

    def _evaluated(self, epoch: int) -> Evaluated:
        update = epoch * self._each
        loss = self._smooth(update)
        accuracy = 0.1 if math.isnan(loss) else round(1 - 0.9 * min(1.0, loss / CHANCE), 3)
        name = f"epoch-{epoch:04d}.safetensors" if self._with_arrays else ""
        if name:
            (self.folder.arrays / name).write_bytes(arrays())
        return Evaluated(
            time=self.clock(),
            epoch=epoch,
            update=update,
            train_loss=loss,
            train_accuracy=accuracy,
            val_loss=loss * 1.05,
            val_accuracy=accuracy,
            confusion=confusion(round(100 * accuracy)),
            worst=[Misread(index=row, truth=4, guess=9, probability=0.99 - row / 100) for row in range(6)],
            arrays=name,
            seconds=0.02,
        )


def scripted_run(
    home: Path, *, state: str = "finished", done: int | None = None, of: type[ScriptedRun] = ScriptedRun, **script: Any
) -> RunFolder:
    """Return the folder of a run that came so far.

    Args:
        state: What the run is to be in. One that is alive holds its lock in this process until the process
            ends; its events are of now. "stalled" has been silent for a minute.
        done: Updates done; by default all of a finished run, none of a queued or starting one, else half.
        of: Which script it follows.
        script: As for the script.
    """
    updates = int(script.get("updates", 1250))
    if done is None:
        done = {"finished": updates, "queued": 0, "starting": 0}.get(state, updates // 2)
    rate = float(script.get("rate", 80.0))
    if state in LIVING and "clock" not in script:
        script["clock"] = Clock(time.time() - done / rate - (60 if state == "stalled" else 0))
    run = of(home, **script)
    run.attempt()
    if state == "queued":
        run.queue()
        return run.folder
    run.load()
    if state == "starting":
        return run.folder
    run.plan()
    run.acknowledge("running", pace=rate)
    run.train(done)
    if state == "paused":
        run.acknowledge("paused", pace=rate)
    elif state == "crashed":
        run.kill()
    elif state == "failed":
        run.end("failed", reason="The disk is full.", code="disk-full")
    elif state not in LIVING:
        run.end(state)
    return run.folder
