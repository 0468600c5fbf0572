"""How large the cells of an attention map are, and which tokens are in sight."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from rich.cells import cell_len, chop_cells

WIDEST_PIECE = 12
MARK_CELLS = 2
"""Left of the pieces: the mark of the chosen row."""

SUM_CELLS = 7
"""Behind the chosen row: " = 1.00"."""

NUMBER_CELLS = 4
"""From this width on cells hold their weight in hundredths; narrower ones in tenths."""

WIDEST_CELL = 7
MOST_LINES, FEW_LINES = 5, 4
"""Lines of the pieces above the columns: at most, and where rows are short."""

FOOT_ROWS = 2
"""The chosen row in words, and the caption."""


class AttentionPlan(msgspec.Struct, frozen=True):
    """Where the cells are on the screen.

    Attributes:
        left: Cells before the first column.
        width, height: Of a cell.
        head: Rows above the first one.
        rows, columns: Tokens in sight.
    """

    left: int
    width: int
    height: int
    head: int
    rows: range
    columns: range

    def place(self, row: int, column: int) -> tuple[int, int]:
        """Return the column and the row of the screen where a cell begins."""
        return self.left + (column - self.columns.start) * self.width, (
            self.head + (row - self.rows.start) * self.height
        )

    def at(self, x: int, y: int) -> tuple[int, int] | None:
        """Return the (row, column) of the cell at a place; the column of a row's piece is its own."""
        row = self.rows.start + (y - self.head) // self.height
        column = self.columns.start + (x - self.left) // self.width
        if y < self.head or row not in self.rows:
            return None
        return row, column if x >= self.left and column in self.columns else -1


def plan(pieces: Sequence[str], cursor: tuple[int, int], columns: int, rows: int) -> AttentionPlan:
    """Return the roomiest layout that shows all tokens, else one that shows those around the cursor."""
    count = len(pieces)
    left = MARK_CELLS + min(WIDEST_PIECE, max(map(cell_len, pieces), default=1)) + 1
    room = max(2, columns - left - SUM_CELLS)
    width = max(2, min(WIDEST_CELL, room // max(1, count)))
    if width > 2 and width < NUMBER_CELLS and any(cell_len(piece[:1]) > 1 for piece in pieces):
        width = 3
    wanted = max((len(stacked(headed(piece), width)) for piece in pieces), default=1)
    free = rows - FOOT_ROWS
    head = min(wanted, MOST_LINES if count + min(wanted, MOST_LINES) <= free else FEW_LINES, max(1, free - 1))
    height = 2 if 2 * count <= free - head and width >= NUMBER_CELLS else 1
    lines = max(1, min(count, free - head))
    across = max(1, min(count, room // width))
    return AttentionPlan(left, width, height, head, _around(cursor[0], lines, count), _around(cursor[1], across, count))


def headed(piece: str) -> str:
    """Return a piece as it stands above its column: special ones without their brackets."""
    return piece[1:-1] if len(piece) > 2 and piece[0] == "[" and piece[-1] == "]" else piece


def stacked(piece: str, width: int) -> list[str]:
    """Return a piece cut into lines for a narrow column; a Chinese letter may fill its two cells."""
    return chop_cells(piece, max(1, width - 1) if cell_len(piece[:1]) < 2 else max(2, width - 1)) or [""]


def _around(place: int, visible: int, count: int) -> range:
    start = max(0, min(max(0, place - visible // 2), count - visible))
    return range(start, start + visible)
