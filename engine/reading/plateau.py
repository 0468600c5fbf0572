"""Where a loss has left a level for good: the plateau of pre-training."""

from __future__ import annotations

from engine.reading.series import Series

WINDOW = 50
"""Updates whose mean loss is looked at: a single batch may be an easy one."""

BELOW = 0.2
"""So far below the plateau, in nats, a model has certainly begun to use the context."""


def broke(losses: Series, plateau: float) -> int | None:
    """Return the update at which the mean of the last updates fell clearly below a plateau; None while it has not."""
    import numpy as np

    values = np.asarray(losses.values(), np.float64)
    if len(values) < WINDOW:
        return None
    finite = np.isfinite(values)
    sums = np.cumsum(np.where(finite, values, 0.0))
    counts = np.cumsum(finite)
    sums = sums[WINDOW - 1 :] - np.concatenate(([0.0], sums[:-WINDOW]))
    counts = counts[WINDOW - 1 :] - np.concatenate(([0], counts[:-WINDOW]))
    below = np.flatnonzero((counts > 0) & (sums < (plateau - BELOW) * counts))
    return losses.first + WINDOW - 1 + int(below[0]) if len(below) else None
