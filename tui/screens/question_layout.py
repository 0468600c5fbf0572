"""How a question stands in the window: how wide its column is, what scrolls, what is set apart."""

from __future__ import annotations

import msgspec

COLUMN = 90
"""The widest that a question gets."""

FRAME = 3
"""Rows of the title line and the key bar."""

STRIP = 2
"""Rows of the run strip."""


class Room(msgspec.Struct, frozen=True):
    """What there is room for.

    Attributes:
        airy: Rows of the board are parted by empty lines.
        top: Empty lines above the question.
        gap: Empty lines above the confidence.
        body: The most rows that the scrolling part may take.
        below: The most rows that the explanations below may take.
    """

    airy: bool
    top: int
    gap: int
    body: int
    below: int


def column(width: int) -> int:
    """Return the cells of the question's column in a window."""
    return min(COLUMN, width)


def room(height: int, *, strip: bool, ask: int, dense: int, airy: int, foot: int, below: int) -> Room:
    """Return how to spend the rows of a window.

    Args:
        ask: Rows of the question itself; one empty line follows it.
        dense, airy: Rows of the scrolling part, without and with empty lines between its rows.
        foot: Rows of confidence and notes.
        below: Rows of explanations below those, with the empty line above them.
    """
    free = height - FRAME - (STRIP if strip else 0) - ask - 1 - foot - below
    if free - airy >= 2:
        rest = free - airy - 1
        return Room(True, max(1, min(5, rest // 3)), 1, airy, below)
    if free - dense >= 2:
        return Room(False, 1, 1, dense, below)
    gap = 1 if free > dense else 0
    if below:
        return Room(False, 0, 1, dense, max(3, free - dense - 1 + below))
    return Room(False, 0, gap, max(3, free - gap), 0)
