"""The learning rate over a run of Trainer: up in a straight line, then down to 0 in another."""

from __future__ import annotations

import math


def warmup_updates(warmup: float, updates: int) -> int:
    """Return how many updates the warm-up takes: `warmup` of them, or that share of all where it is below 1.

    Source: transformers 5, TrainingArguments.get_warmup_steps.
    """
    return int(warmup) if warmup >= 1 else math.ceil(updates * warmup)


def rate_at(update: int, updates: int, lr: float, warmup: float) -> float:
    """Return the rate of an update, counted from 1, as Trainer logs it; the first of a warm-up has rate 0.

    Source: transformers 5, get_linear_schedule_with_warmup.
    """
    done, rising = update - 1, warmup_updates(warmup, updates)
    if done < rising:
        return lr * (done / rising)
    return lr * max(0.0, (updates - done) / max(1, updates - rising))


def peak(updates: int, lr: float, warmup: float) -> tuple[int, float]:
    """Return the update whose rate is the highest, and that rate: less than `lr` where the warm-up outlasts the run."""
    update = max(1, min(updates, warmup_updates(warmup, updates) + 1))
    return update, rate_at(update, updates, lr, warmup)


def outlasts(updates: int, warmup: float) -> bool:
    """Return whether a run of so many updates ends before its warm-up does."""
    return 0 < updates <= warmup_updates(warmup, updates)
