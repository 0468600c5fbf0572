"""The line above a plot: its title and, while there is a cursor, exact values."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from rich.cells import cell_len

from tui.widgets.canvas.grid import Grid
from tui.widgets.chart import ink
from tui.widgets.chart.line import Reading
from tui.widgets.chart.numbers import exact

BETWEEN = "  "


class Piece(msgspec.Struct, frozen=True):
    """A word of the readout."""

    text: str
    style: int
    rank: int = 0
    """Pieces of the highest rank go first where room is short."""


def readout(x: float, readings: Sequence[Reading]) -> tuple[Piece, ...]:
    """Return the pieces of a readout: `train 0.3821 0.3102..0.5214  valid 0.4012 @500`."""
    pieces: list[Piece] = []
    for reading in readings:
        style = ink.LABEL if reading.style.endswith("-raw") else ink.number(reading.style)
        if reading.value is None and reading.low is None and not reading.nonfinite:
            continue
        if reading.name:
            pieces.append(Piece((BETWEEN if pieces else "") + reading.name, style, 2))
        if reading.value is not None:
            pieces.append(Piece(f" {exact(reading.value)}", style))
            if reading.x != x:
                pieces.append(Piece(f" @{reading.x:,.0f}", ink.LABEL, 1))
        if reading.low is not None and reading.high is not None and reading.low < reading.high:
            pieces.append(Piece(f" {exact(reading.low)}..{exact(reading.high)}", ink.LABEL, 3))
        if reading.nonfinite:
            pieces.append(Piece(f" {reading.nonfinite}!", ink.ALARM, 1))
    return tuple(pieces)


def write_header(grid: Grid, start: int, title: str, pieces: Sequence[Piece]) -> None:
    """Write the readout at the right end, and the title from `start` on where there is still room for all of it."""
    room = grid.columns - start
    shown = list(pieces)
    while shown and sum(cell_len(piece.text) for piece in shown) > room:
        highest = max(piece.rank for piece in shown)
        last = max(index for index, piece in enumerate(shown) if piece.rank == highest)
        del shown[last]
    column = grid.columns - sum(cell_len(piece.text) for piece in shown)
    if not shown or start + cell_len(title) + len(BETWEEN) <= column:
        grid.write(start, 0, title, ink.TITLE)
    for piece in shown:
        column = grid.write(column, 0, piece.text, piece.style)
