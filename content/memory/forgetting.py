"""The forgetting curve: how likely something is still known, days after it was last asked.

Source: FSRS 6, retrievability; the library itself takes 35 ms to import, and home needs nothing but this formula.
"""

from __future__ import annotations

HORIZON_DAYS = 7
"""Recall is predicted so far ahead."""

DECAY = 0.1542
"""The last of FSRS's default parameters."""


def recall(stability: float, days: float, decay: float = DECAY) -> float:
    """Return the probability of recall in 0..1.

    Args:
        stability: Days after which it has fallen to 0.9.
        days: Since the last review; a clock that was set back counts as none.
    """
    factor = 0.9 ** (-1 / decay) - 1
    return float((1 + factor * max(0.0, days) / stability) ** -decay)
