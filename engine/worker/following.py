"""What ties Trainer to a session: its callbacks become events, and the learner's wishes reach its loop."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from engine.worker.process import give_back
from engine.worker.session import Session

STOP_SECONDS = 0.2
"""An evaluation that takes longer than this can be stopped in the middle; it is done anew when the run resumes."""
KEPT_SECONDS = 5.0
"""So long memory that is free may be kept from the system."""
GIVING_SHARE = 0.005
"""Most of the time that giving it back may take: on a busy machine it is kept for longer."""


class Following(TrainerCallback):
    """Follows one run of Trainer.

    A turn is waited for after each update, where Trainer itself would save: once its loss is logged, or, if the
    update ends an epoch, once that is evaluated. So whatever is saved there is what Trainer resumes from exactly.
    """

    def __init__(
        self,
        session: Session,
        *,
        updates: int,
        evaluates_after: Callable[[int], bool],
        evaluated: Callable[[dict[str, float]], None],
        look: Callable[[int], None],
        begins: Callable[[], None],
    ) -> None:
        """Say what is done with what Trainer measures.

        Args:
            updates: Of the whole run.
            evaluates_after: Whether an evaluation follows an update.
            evaluated: Takes the metrics of an evaluation.
            look: Called after an update, to look at what the model makes of the probe sentences.
            begins: Called before anything is evaluated or trained.
        """
        self._session = session
        self._updates = updates
        self._evaluates_after = evaluates_after
        self._evaluated = evaluated
        self._look = look
        self._begins = begins
        self._evaluating_since: float | None = None
        self._gives_back_at = time.monotonic() + KEPT_SECONDS

    def on_train_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        self._begins()
        if not args.eval_on_start:
            self._session.wait_for_turn()

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any) -> None:
        if args.eval_strategy == "steps" and state.global_step == self._updates:
            control.should_evaluate = True  # the last update, where it is no multiple of eval_steps

    def on_log(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, logs: Any = None, **kwargs: Any
    ) -> None:
        if not logs or "loss" not in logs:
            return
        self._session.updated(logs["loss"], logs["learning_rate"], logs["grad_norm"])
        state.log_history.clear()  # every loss is in the stream; a long run's checkpoints would grow with it
        if not self._evaluates_after(state.global_step):
            self._look(state.global_step)
            self._wait_for_turn(state.global_step)

    def on_prediction_step(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        now = time.monotonic()
        if self._evaluating_since is None:
            self._evaluating_since = now
        elif now - self._evaluating_since > STOP_SECONDS:
            self._session.check()
            if self._session.serve is not None:
                self._session.serve()  # nobody who asks waits for a long evaluation to end

    def on_evaluate(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, metrics: Any = None, **kwargs: Any
    ) -> None:
        self._evaluating_since = None
        state.log_history.clear()
        self._evaluated(metrics)
        self._wait_for_turn(state.global_step)

    def _wait_for_turn(self, update: int) -> None:
        now = time.monotonic()
        if now >= self._gives_back_at:
            give_back()
            ended = time.monotonic()
            self._gives_back_at = ended + max(KEPT_SECONDS, (ended - now) / GIVING_SHARE)
        if update < self._updates:
            self._session.wait_for_turn()
