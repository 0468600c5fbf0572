"""A drawing in cells: pieces are put anywhere, and come out as lines that a page or a screen paints."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from tui.text.cells import cells, clusters
from tui.text.span import Line, Span, plain
from tui.text.wrap import wrap
from tui.widgets.block_sheet import Look

Cell = tuple[str, str]
"""A letter and its style."""

SEEN = ("cursor", "heat")
"""How the names of styles begin in which a blank is seen."""

TAIL = ""
"""Stands in the second cell of a wide letter."""


class Sketch:
    """Cells of a rectangle, each a letter in a style; what lies outside is left out."""

    def __init__(self, columns: int, rows: int, look: Look) -> None:
        self.columns = columns
        self.rows = rows
        self.look = look
        self._cells: list[list[Cell]] = [[(" ", "")] * columns for _ in range(rows)]

    def put(self, column: int, row: int, text: str, style: str = "") -> int:
        """Draw text from a cell on; return the column after it."""
        for letter, width in clusters(self.look.drawn(text)):
            if 0 <= row < self.rows and column >= 0 and column + width <= self.columns and width:
                self._cells[row][column : column + width] = [(letter, style), *[(TAIL, style)] * (width - 1)]
            column += width
        return column

    def put_centred(self, middle: int, row: int, text: str, style: str = "") -> int:
        """Draw text around a column; return the column after it."""
        return self.put(max(0, middle - cells(text) // 2), row, text, style)

    def put_before(self, end: int, row: int, text: str, style: str = "") -> None:
        """Draw text that ends before a column."""
        self.put(max(0, end - cells(text)), row, text, style)

    def tell(self, row: int, text: str, style: str = "", *, column: int = 0) -> int:
        """Write a sentence into as many rows as it needs; return the row after it."""
        for line in wrapped(text, self.columns - column, self.look):
            self.put(column, row, line, style)
            row += 1
        return row

    def lines(self) -> list[Line]:
        """Return the rows, in as few spans as can be: each costs some 40 bytes on its way to the terminal."""
        return [
            tuple(
                Span("".join(letter for letter, _ in same), style)
                for style, same in groupby(_joined(row), key=lambda cell: cell[1])
            )
            for row in self._cells
        ]


def _joined(row: list[Cell]) -> Iterator[Cell]:
    """Yield the cells of a row; a blank takes the style before it, where nobody would see a difference."""
    before = ""
    for letter, style in row:
        if letter == " " and not style and not any(name.startswith(SEEN) for name in before.split()):
            yield letter, before
        else:
            before = style
            yield letter, style


def wrapped(text: str, columns: int, look: Look) -> list[str]:
    """Return a sentence in the lines that it needs, none for none."""
    if not text:
        return []
    return [plain(line) for line in wrap([Span(look.prose(text))], max(10, columns), look.ambiguous_width)]
