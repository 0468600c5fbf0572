"""How a question stands in the window: how wide its column is, what scrolls, what is set apart."""

from __future__ import annotations

import msgspec

COLUMN = 90
"""The widest that a question gets."""

FRAME = 3
"""Rows of the title line and the key bar."""

STRIP = 2
"""Rows of the run strip."""


TALL = 34
TOP = 3
"""From TALL rows on so many empty lines stand above a question."""

LEAST = 3
"""A part that scrolls never has fewer rows."""


class Room(msgspec.Struct, frozen=True):
    """How the rows of a window are spent.

    Attributes:
        airy: Rows of the board are parted by empty lines.
        top: Empty lines above the question.
        body: Rows of the scrolling part.
        gap: Empty lines above the confidence.
        below: Rows of what is worked out below.
    """

    airy: bool
    top: int
    body: int
    gap: int
    below: int


def column(width: int) -> int:
    """Return the cells of the question's column in a window."""
    return min(COLUMN, width)


def room(height: int, *, strip: bool, ask: int, dense: int, airy: int, foot: int, below: int) -> Room:
    """Return how to spend the rows of a window; what stands where depends on nothing that an answer changes.

    Args:
        ask: Rows of the question itself; one empty line follows it.
        dense, airy: Rows of the scrolling part, without and with empty lines between its rows.
        foot: Rows of confidence and notes.
        below: Rows of what is worked out below, with an empty line above.
    """
    free = height - FRAME - (STRIP if strip else 0) - ask - 1 - foot - below
    wanted = TOP if height >= TALL else 1
    for spread, body in ((True, airy), (False, dense)):
        if free - body >= 2:
            return Room(spread, max(1, min(wanted, free - body - 1)), body, 1, below)
    if below:
        return Room(False, 0, dense, 1, max(LEAST, below + free - dense - 1))
    gap = 1 if free > dense else 0
    return Room(False, 0, min(dense, max(LEAST, free - gap)), gap, 0)
