"""Which of a run's evaluations is the best, and what a checkpoint says after one."""

from __future__ import annotations

import math

from msgspec.structs import replace

from engine.events import Evaluated
from engine.worker.checkpoints import Facts


def is_best(event: Evaluated, facts: Facts, by: str) -> bool:
    """Return whether an evaluation is better than all before it.

    Args:
        facts: What is known from before it.
        by: "val_loss", or "val_accuracy": of equal accuracies the one with the smaller loss.
    """
    loss, accuracy = facts.best_val_loss, facts.best_val_accuracy
    if loss is None:
        return not math.isnan(event.val_loss)
    if by == "val_accuracy" and accuracy is not None and event.val_accuracy != accuracy:
        return event.val_accuracy > accuracy
    return event.val_loss < loss


def facts_after(event: Evaluated, facts: Facts, *, best: bool) -> Facts:
    """Return the facts once an evaluation was made, the best one so far or not."""
    after = replace(
        facts,
        evaluated=event.epoch,
        train_loss=event.train_loss,
        val_loss=event.val_loss,
        val_accuracy=event.val_accuracy,
    )
    if not best:
        return after
    return replace(after, best_val_loss=event.val_loss, best_val_accuracy=event.val_accuracy)
