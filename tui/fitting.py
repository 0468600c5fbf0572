"""Fitting the schedule to the learner: what goes to the process that fits, and what is made of its answer."""

from __future__ import annotations

import logging
from functools import partial

import msgspec
from textual import on
from textual.message import Message

from content.errors import StoreError
from content.memory.record import Record
from content.memory.reviews import reviews
from engine.errors import RunError
from engine.fitting.fitting import Fitting
from engine.fitting.reviews import Fit, Reviews
from tui.keeping import KeepingApp
from tui.screens.base import LearnScreen
from tui.words import Words

log = logging.getLogger("learncurve")

LOOK_SECONDS = 0.5


def reviews_of(record: Record) -> Reviews:
    """Return what is to be fitted to."""
    return Reviews(reviews=reviews(record), parameters=record.plan.parameters)


def take_over(record: Record, fit: Fit) -> bool:
    """Schedule with fitted parameters from now on, and return True; False where they are no better.

    Raises:
        StoreError: They could not be kept.
        ValueError: FSRS cannot compute with them.
    """
    if not fit.better:
        return False
    record.keep_plan(msgspec.structs.replace(record.plan, parameters=fit.parameters))
    record.refresh()
    return True


def said_of(fit: Fit, words: Words) -> str:
    """Return what came of a fit, in words."""
    figures = {"before": f"{fit.before:.4f}", "after": f"{fit.after:.4f}", "reviews": f"{fit.reviews:,}"}
    return words("fitting.better" if fit.better else "fitting.no-better", **figures)


class FittingApp(KeepingApp):
    """Fits in the background; the learner reads on and is told at the end."""

    fitting: Fitting | None = None

    class Fitted(Message):
        """The process has found parameters, and they were taken over where they are better."""

        def __init__(self, fit: Fit) -> None:
            super().__init__()
            self.fit = fit

    def action_fit(self) -> None:
        """Fit the schedule to the learner's own reviews; once it is begun, say how far it is."""
        if self.fitting is not None:
            self.notify(self.words("fitting.doing", what=self.fitting.now.what or "-"), timeout=6, markup=False)
            return
        try:
            self.fitting = Fitting(reviews_of(self.record))
        except (RunError, StoreError) as problem:
            self.notify(self.words.error(problem), severity="warning", timeout=15, markup=False)
            return
        self._fit_timer = self.set_interval(LOOK_SECONDS, self._look_at_fit)
        self.notify(self.words("fitting.began"), timeout=10, markup=False)

    def _look_at_fit(self) -> None:
        assert self.fitting is not None
        try:
            fit = self.fitting.poll()
        except RunError as problem:
            self._end_fit()
            log.warning("the schedule cannot be fitted: %s", problem.sentence)
            self.notify(self.words.error(problem), severity="error", timeout=15, markup=False)
            return
        if fit is not None:
            self._end_fit()
            self.run_worker(partial(self._take_over, fit), thread=True, group="care", exit_on_error=False)

    def _take_over(self, fit: Fit) -> None:
        try:
            take_over(self.record, fit)
        except StoreError as problem:
            self.post_message(self.Troubled(problem))
        else:
            self.post_message(self.Fitted(fit))

    @on(Fitted)
    def schedule_fitted(self, event: Fitted) -> None:
        """Say what it was good for."""
        event.stop()
        self.notify(said_of(event.fit, self.words), timeout=20, markup=False)
        if isinstance(self.screen, LearnScreen):
            self.screen.choices_changed()

    def _end_fit(self) -> None:
        self._fit_timer.stop()
        self.fitting = None

    def stop_fitting(self) -> None:
        """End the process, and forget what it has found so far."""
        if self.fitting is not None:
            self.fitting.stop()
            self._end_fit()
