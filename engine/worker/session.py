"""What every kind of run needs while it trains: obedience, pace, heartbeat, checkpoints, figures."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from msgspec.structs import replace

from engine.events import Acknowledged, Beat, Downloading, Evaluated, Loading, Planned, Queued, Tested
from engine.recipes import Recipe
from engine.runs.folder import RunFolder
from engine.runs.place import ALONE, Place
from engine.runs.result import Result
from engine.worker.best import facts_after, is_best
from engine.worker.checkpoints import Checkpoints, Facts
from engine.worker.keeper import Keeper
from engine.worker.process import group_bytes, resident_bytes
from engine.worker.saving import Saving
from engine.worker.speed import Estimate, Speed
from engine.worker.steering import Pacing, Steering
from engine.worker.stopwatch import Stopwatch
from engine.worker.stream import Stream

SLICE_SECONDS = 0.02
"""Longest sleep: within it the worker sees what is wanted of it."""
UNWATCHED_SECONDS = 0.025
"""At full speed, least time between two looks at what is wanted: a look costs more than it seems, since the
numbers of an update have pushed everything else out of the processor's cache."""


class Stopped(Exception):  # noqa: N818 - it happened, and it is no error
    """The learner, or a signal, wants the run to end here."""


class Session:
    """One attempt at a run, as a recipe sees it.

    A recipe says `plan` once, then for each update `wait_for_turn`, its own work, `updated`, and `evaluated`
    after each epoch. Checkpoints are written in between, so that whatever is saved is after a whole update,
    and after the evaluation of every whole epoch.

    Attributes:
        state: "starting", "queued", "running" or "paused".
        update: Updates done.
        facts: What the next checkpoint will say.
        test: What came of the test set, None before the end.
        best_by: "val_loss" or "val_accuracy": by which the best network is chosen; of equal accuracies the one
            with the smaller loss.
        serve: Answers what is asked of the model, between two updates; None where nobody can answer.
        place: Which of how many processes this is, on this machine and in all.
        rank, world: The same in all.
        leads: Whether this process tells and saves.
    """

    best_by = "val_loss"

    def __init__(
        self,
        folder: RunFolder,
        recipe: Recipe,
        stream: Stream,
        stopping: threading.Event,
        *,
        place: Place = ALONE,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.folder = folder
        self.recipe = recipe
        self.place = place
        self.rank, self.world, self.leads = place.rank, place.world, place.rank == 0
        self.stream = stream
        self.state = "starting"
        self.update = 0
        self.facts = Facts(update=0)
        self.speed = Speed()
        self.test: Tested | None = None
        self.checkpoints = Checkpoints(folder.checkpoints)
        self.saving = Saving(stream, clock=clock)
        self.serve: Callable[[], None] | None = None
        self._stopping = stopping
        self._clock = clock
        self._sleep = sleep
        self._steering = Steering(folder)
        self._pacing = Pacing()
        self._plan: Planned | None = None
        self._keeper: Keeper | None = None
        self._turn_began = 0.0
        self._unwatched_until = 0.0
        self._stopwatch = Stopwatch(clock)
        self._obeyed: tuple[str, float, int] | None = None

    def loading(self, what: str) -> None:
        """Say that something slow is being loaded, unless the run is to stop."""
        self.check()
        self.stream.emit(Loading(time=time.time(), what=what), now=True)

    def downloading(self, what: str, done_bytes: int, total_bytes: int) -> None:
        """Say how far a download is, unless the run is to stop."""
        self.check()
        self.stream.emit(
            Downloading(time=time.time(), what=what, done_bytes=done_bytes, total_bytes=total_bytes), now=True
        )

    def queued(self, ahead: int) -> None:
        """Say that the run waits for others."""
        self.state = "queued"
        self.stream.emit(Queued(time=time.time(), ahead=ahead), now=True)

    def started(self) -> None:
        """The wait in the queue is over."""
        self.state = "starting"

    def check(self) -> None:
        """Look at what is wanted.

        Raises:
            Stopped: The run is to stop.
        """
        self._steering.look()
        if self._stopping.is_set() or self._steering.wish.state == "stopped":
            raise Stopped

    def plan(self, planned: Planned, keeper: Keeper, resumed: Facts | None) -> None:
        """Say what the run is going to do.

        Args:
            keeper: Writes the checkpoints.
            resumed: The checkpoint that it goes on from, None at the beginning.
        """
        if resumed:
            self.facts = resumed
            self.update = resumed.update
            self._stopwatch.counted = resumed.seconds
            self.saving.resumed(resumed)
        self._plan = planned
        self._keeper = keeper
        self.meet()
        self._stopwatch.go(self._clock())
        self.stream.emit(planned, now=True)

    def meet(self) -> None:
        """Wait until every process of the group is about to train.

        Raises:
            RunError: They would not begin at the same update.
        """
        if self.world > 1:
            from engine.worker.same_start import require_same_start

            require_same_start(self.update)

    def wait_for_turn(self) -> None:
        """Return when the next update may begin: pauses and pace are kept here, and checkpoints written.

        Raises:
            Stopped: The run is to stop.
        """
        now = self._clock()
        if now < self._unwatched_until:
            self._turn_began = now
            return
        self._obey(now)
        if self.saving.is_due(now):
            self.save()
        while self.state == "paused" or (wait := self._pacing.seconds_to_wait(now)) > 0:
            self.stream.flush()
            self._sleep(SLICE_SECONDS if self.state == "paused" else min(wait, SLICE_SECONDS))
            now = self._clock()
            self._obey(now)
        self._pacing.count()
        if not self._steering.pace and not self._steering.wish.until_update:
            self._unwatched_until = now + UNWATCHED_SECONDS
        self._turn_began = self._clock()

    def updated(self, loss: float, rate: float, norm: float) -> None:
        """One more update is done."""
        now = self._clock()
        self.update += 1
        self.speed.updates += 1
        self.speed.busy_seconds += now - self._turn_began
        self.stream.update(self.update, loss, rate, norm, now)

    def evaluated(self, event: Evaluated) -> None:
        """An epoch was evaluated: say so, and save if saving does not take too much of the time."""
        self.speed.evaluations += 1
        self.speed.evaluation_seconds += event.seconds
        self.stream.emit(event)
        best = is_best(event, self.facts, self.best_by)
        self.facts = facts_after(event, self._facts_now(), best=best)
        if best and event.epoch > 0 and self._keeper:
            self.saving.remember_best(self._keeper, self.facts)
        if event.epoch == 0 or self.saving.has_time(self._clock()):
            self.save()

    def tested(self, event: Tested) -> None:
        """The test set was looked at."""
        self.test = event
        self.stream.emit(event)

    def save(self) -> None:
        """Write a checkpoint, if there is anything to save that is not saved."""
        if self._keeper:
            self.facts = self._facts_now()
            self.saving.save(self._keeper, self.facts)

    def beat(self) -> Beat:
        """Return the sign of life for this moment."""
        estimate = Estimate()
        if self._plan and self.state in ("running", "paused"):
            estimate = self.speed.estimate(
                self._clock(),
                resting=self.state == "paused",
                updates_left=self._plan.updates - self.update,
                evaluations_left=self._plan.epochs - self.facts.evaluated,
                pace=self._steering.pace,
            )
        return Beat(
            time=time.time(),
            update=self.update,
            updates_per_second=estimate.updates_per_second,
            max_updates_per_second=estimate.max_updates_per_second,
            memory_bytes=group_bytes() if self.place.meeting else resident_bytes(),
            seconds_left=estimate.seconds_left,
            seconds_left_low=estimate.seconds_left_low,
            seconds_left_high=estimate.seconds_left_high,
        )

    def result(self, state: str, reason: str = "", code: str = "", details: dict[str, str] | None = None) -> Result:
        """Return what came of the run so far."""
        facts = self._facts_now()
        return Result(
            state=state,
            reason=reason,
            code=code,
            details=details or {},
            update=facts.update,
            epochs=self._plan.whole_epochs(facts.update) if self._plan else 0,
            train_loss=facts.train_loss,
            val_loss=facts.val_loss,
            val_accuracy=facts.val_accuracy,
            test_loss=self.test.loss if self.test else None,
            test_accuracy=self.test.accuracy if self.test else None,
            seconds=facts.seconds,
        )

    def _obey(self, now: float) -> None:
        self._steering.look()
        state = self._steering.state(self.update)
        if self._stopping.is_set() or state == "stopped":
            raise Stopped
        obeyed = (state, self._steering.pace, self._steering.wish.until_update)
        if obeyed != self._obeyed:
            self._obeyed = obeyed
            self._acknowledge(*obeyed, now)
        if self.serve is not None:
            self.serve()

    def _acknowledge(self, state: str, pace: float, until_update: int, now: float) -> None:
        before, self.state = self.state, state
        event = Acknowledged(time=time.time(), state=state, pace=pace, until_update=until_update, update=self.update)
        self.stream.emit(event, now=True)
        self._pacing.restart(pace, now)
        if state == "paused" != before:
            self._stopwatch.rest()
            self.save()
        elif before == "paused" != state:
            self._stopwatch.go(now)

    def _facts_now(self) -> Facts:
        return replace(self.facts, update=self.update, seconds=self._stopwatch.seconds)
