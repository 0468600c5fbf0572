"""The learning rate over a run."""

from __future__ import annotations

import math


def rate_at(update: int, updates: int, lr: float, schedule: str) -> float:
    """Return the learning rate of an update, counted from 1; every schedule begins at `lr`.

    Args:
        schedule: "constant", "linear" (to 0), "cosine" (to 0 along half a wave) or "step" (a tenth from the
            middle on, a hundredth in the last quarter).
    """
    done = (update - 1) / updates
    match schedule:
        case "linear":
            return lr * (1 - done)
        case "cosine":
            return lr * 0.5 * (1 + math.cos(math.pi * done))
        case "step":
            return lr * (1 if done < 0.5 else 0.1 if done < 0.75 else 0.01)
    return lr
