"""How large the cells of a confusion matrix are, and which of them are in sight."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from rich.cells import cell_len

WIDEST_NAME = 12
RECALL_CELLS = 8
"""Room for a gap and the share of a class that was recognised."""


class Plan(msgspec.Struct, frozen=True):
    """Where the cells of the matrix are on the screen."""

    left: int
    """Cells before the first column: the names of the rows."""
    width: int
    """Of a cell."""
    height: int
    rows: range
    """Truths in sight."""
    columns: range
    """Guesses in sight."""
    numbers: bool
    """Cells are wide enough for their numbers."""
    recall: bool
    """The share of right ones stands behind each row."""

    def place(self, truth: int, guess: int) -> tuple[int, int]:
        """Return the column and the row where a cell begins; row 0 has the names."""
        return (
            self.left + (guess - self.columns.start) * self.width,
            1 + (truth - self.rows.start) * self.height,
        )

    def at(self, x: int, y: int) -> tuple[int, int] | None:
        """Return the (truth, guess) of the cell that is drawn at a place."""
        truth = self.rows.start + (y - 1) // self.height
        guess = self.columns.start + (x - self.left) // self.width
        return (truth, guess) if y > 0 and truth in self.rows and guess in self.columns else None


def plan(
    names: Sequence[str], largest: int, corner: str, cursor: tuple[int, int] | None, columns: int, rows: int
) -> Plan:
    """Return the roomiest layout that shows all classes, else one that shows those around the cursor.

    Args:
        names: Of the classes.
        largest: The largest number in the matrix.
        corner: Words above the names of the rows.
        columns, rows: Cells of the screen; the last row is left to the sentence.
    """
    count = len(names)
    left = min(WIDEST_NAME, max(map(cell_len, (*names, corner)), default=0)) + 1
    digits = len(str(largest))
    room = columns - left
    named = min(WIDEST_NAME, max(map(cell_len, names), default=0)) + 1
    widths = [width for width in (named, digits + 3, digits + 2, digits + 1, 2) if width * count <= room]
    widths = [width for width in widths if width >= digits + 3] or widths
    width = widths[0] if widths else 2
    visible = max(1, min(count, room // width))
    free = rows - 2
    height = 2 if 2 * count <= free else 1
    lines = max(1, min(count, free // height))
    truth, guess = cursor or (0, 0)
    return Plan(
        left,
        width,
        height,
        _around(truth, lines, count),
        _around(guess, visible, count),
        width > digits,
        room - visible * width >= RECALL_CELLS,
    )


def _around(place: int, visible: int, count: int) -> range:
    start = min(max(0, place - visible // 2), count - visible)
    return range(start, start + visible)
