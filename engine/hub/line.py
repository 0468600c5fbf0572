"""A usual line to the network: how long a download takes before anybody knows its rate."""

from __future__ import annotations

LINE = 100.0
"""Megabits a second."""


def usual_seconds(left_bytes: int, megabits_per_second: float = LINE) -> float:
    """Return how long so many bytes take on such a line."""
    return left_bytes * 8 / (megabits_per_second * 1e6)
