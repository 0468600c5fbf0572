"""Dots in braille: two a cell wide, four high, one style a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tui.widgets.chart.line import Floats

    Cells = NDArray[np.uint8]
    Flags = NDArray[np.bool_]

BRAILLE = 0x2800
"""The code point of the cell without dots."""

PLACES = ((0, 0, 0), (1, 0, 1), (2, 0, 2), (0, 1, 3), (1, 1, 4), (2, 1, 5), (3, 0, 6), (3, 1, 7))
"""Row, column and bit of each dot in Unicode's order: its history put the fourth row last."""


class Canvas:
    """Cells with dots, painted one line after the other.

    Where two lines share a cell, the later one gives the style. Joining lines add up their dots, so that a
    crossing looks like one; anything else gives way to the later line, whose stroke then stands clear.
    """

    def __init__(self, columns: int, rows: int) -> None:
        import numpy as np

        self.columns = columns
        self.rows = rows
        self.bits: Cells = np.zeros((rows, columns), np.uint8)
        self.styles: Cells = np.zeros((rows, columns), np.uint8)
        self._joins: Flags = np.zeros((rows, columns), np.bool_)

    @property
    def dot_columns(self) -> int:
        """Columns of dots."""
        return 2 * self.columns

    @property
    def dot_rows(self) -> int:
        """Rows of dots."""
        return 4 * self.rows

    def levels(self, heights: Floats) -> Floats:
        """Return the rows of dots, from the top, of heights between 0 and 1; clipped to the canvas."""
        import numpy as np

        return np.rint((1 - heights) * (self.dot_rows - 1)).clip(0, self.dot_rows - 1)

    def paint(self, tops: Floats, bottoms: Floats, style: int, *, joins: bool, dotted: bool = False) -> None:
        """Paint a line from `tops` to `bottoms` (rows of dots, NaN for nothing) in each column."""
        import numpy as np

        rows = np.arange(self.dot_rows)[:, None]
        dots = (rows >= tops) & (rows <= bottoms)
        if dotted:
            dots &= (np.arange(self.dot_columns) + 2 * rows) % 4 < 2
        self.stamp(packed(dots), style, joins=joins)

    def stamp(self, bits: Cells, style: int, *, joins: bool = False) -> None:
        """Paint the dots of whole cells."""
        import numpy as np

        touched = bits > 0
        if joins:
            bits = np.where(self._joins, self.bits | bits, bits)
        self.bits[touched] = bits[touched]
        self.styles[touched] = style
        self._joins[touched] = joins


def packed(dots: Flags) -> Cells:
    """Return the eight dots of each cell as the low byte of its braille code point."""
    import numpy as np

    bits: Cells = dots.view(np.uint8)
    cells = np.zeros((dots.shape[0] // 4, dots.shape[1] // 2), np.uint8)
    for row, column, place in PLACES:
        cells |= bits[row::4, column::2] << place
    return cells


def connected(tops: Floats, bottoms: Floats, broken: Flags) -> tuple[Floats, Floats]:
    """Return the intervals of each column, made to meet those of their neighbours.

    Args:
        tops: Upper ends in rows of dots, NaN where a column is empty.
        bottoms: Lower ends.
        broken: Columns over which no line is drawn, since a sample there is no number.
    """
    import numpy as np

    places = np.flatnonzero(~np.isnan(tops))
    if not len(places):
        return tops, bottoms
    columns = np.arange(places[0], places[-1] + 1)
    middles = (tops[places] + bottoms[places]) / 2
    between = np.rint(np.interp(columns, places, middles))
    stretch = slice(places[0], places[-1] + 1)
    empty = np.isnan(tops[stretch])
    breaks = np.cumsum(broken[stretch])
    following = np.searchsorted(places, columns)
    previous = np.maximum(following - 1, 0)
    torn = breaks[places[following] - places[0]] > breaks[places[previous] - places[0]]
    between = np.where(torn, np.nan, between)
    tops, bottoms = tops.copy(), bottoms.copy()
    tops[stretch] = np.where(empty, between, tops[stretch])
    bottoms[stretch] = np.where(empty, between, bottoms[stretch])
    return _bridged(tops, bottoms)


def _bridged(tops: Floats, bottoms: Floats) -> tuple[Floats, Floats]:
    """Return the intervals, each drawn out half the way to a neighbour that lies above or below it."""
    import numpy as np

    with np.errstate(invalid="ignore"):
        falls = tops[1:] > bottoms[:-1] + 1
        rises = bottoms[1:] < tops[:-1] - 1
    down = np.floor((bottoms[:-1] + tops[1:]) / 2)
    up = np.floor((tops[:-1] + bottoms[1:]) / 2)
    new_tops, new_bottoms = tops.copy(), bottoms.copy()
    new_bottoms[:-1][falls] = down[falls]
    new_tops[1:][falls] = np.minimum(new_tops[1:][falls], down[falls] + 1)
    new_tops[:-1][rises] = np.minimum(new_tops[:-1][rises], up[rises] + 1)
    new_bottoms[1:][rises] = np.maximum(new_bottoms[1:][rises], up[rises])
    return new_tops, new_bottoms
