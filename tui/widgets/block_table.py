"""Tables as rows, their columns aligned by cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from content.course import blocks
from content.course.spans import Spans, plain
from tui.text.span import Line, Span
from tui.text.wrap import wrap
from tui.widgets.block_frame import line_cells
from tui.widgets.block_prose import prose
from tui.widgets.block_sheet import Look, Targets

GAP = 3
NARROWEST = 6

_NUMBER = re.compile(r"[-−+]?[\d.,]+\s?%?")

Cell = list[Span]


def table(block: blocks.Table, width: int, look: Look, targets: Targets) -> list[Line]:
    """Return a table; cells that are too wide are wrapped in their columns."""
    header = [prose(cell, look, targets, "strong") for cell in block.header]
    body = [[prose(cell, look, targets) for cell in row] for row in block.rows]
    aligns = [_align(align, [row[index] for row in block.rows]) for index, align in enumerate(block.aligns)]
    widths = fitted([_natural(column, look) for column in zip(header, *body, strict=True)], width)
    rows = _band(header, widths, aligns, look)
    rows.append((Span((look.glyphs.h * (sum(widths) + GAP * (len(widths) - 1))), "frame"),))
    for cells_of_row in body:
        rows.extend(_band(cells_of_row, widths, aligns, look))
    return rows


def fitted(natural: Sequence[int], width: int) -> list[int]:
    """Return the width of each column, the widest ones cut down until all fit."""
    widths = list(natural)
    room = width - GAP * (len(widths) - 1)
    while sum(widths) > room and max(widths) > NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _align(align: str, column: Sequence[Spans]) -> str:
    """Return how a column is aligned: numbers stand at the right where the author wished nothing else."""
    numbers = bool(column) and all(_NUMBER.fullmatch(plain(cell)) for cell in column)
    return "right" if align == "left" and numbers else align


def _natural(column: Sequence[Cell], look: Look) -> int:
    return max(max((line_cells(tuple(cell), look) for cell in column), default=1), 1)


def _band(row: Sequence[Cell], widths: Sequence[int], aligns: Sequence[str], look: Look) -> list[Line]:
    """Return the rows of one row of the table."""
    columns = [wrap(cell, width, look.ambiguous_width) for cell, width in zip(row, widths, strict=True)]
    height = max((len(column) for column in columns), default=1) or 1
    band: list[Line] = []
    for index in range(height):
        line: list[Span] = []
        for column, width, align in zip(columns, widths, aligns, strict=True):
            if line:
                line.append(Span(" " * GAP))
            line.extend(_aligned(column[index] if index < len(column) else (), width, align, look))
        band.append(tuple(line))
    return band


def _aligned(line: Line, width: int, align: str, look: Look) -> Line:
    free = max(width - line_cells(line, look), 0)
    left = {"right": free, "center": free // 2}.get(align, 0)
    return (Span(" " * left), *line, Span(" " * (free - left)))
