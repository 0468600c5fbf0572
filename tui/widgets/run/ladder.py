"""The paces that `-` and `=` go through."""

from __future__ import annotations

PACES = (1.0, 2.0, 5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 320.0, 640.0)
"""Updates a second; above them comes full speed, which is 0."""

FULL = 0.0


def faster(pace: float) -> float:
    """Return the next pace above `pace`; full speed above the last one."""
    if pace == FULL:
        return FULL
    return next((rung for rung in PACES if rung > pace * (1 + 1e-9)), FULL)


def slower(pace: float) -> float:
    """Return the next pace below `pace`; the lowest one stays."""
    if pace == FULL:
        return PACES[-1]
    return next((rung for rung in reversed(PACES) if rung < pace * (1 - 1e-9)), min(pace, PACES[0]))
