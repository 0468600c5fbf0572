"""Small square pictures side by side, in half blocks, by the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import msgspec
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.geometry import clamp
from textual.reactive import var

from tui.glyphs import RICH, Glyphs
from tui.widgets.canvas.board import Board
from tui.widgets.canvas.grid import Grid
from tui.widgets.canvas.tint import colourless

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Levels = NDArray[np.intp]
    Pixels = NDArray[np.float64]

HALF_BLOCK = ord("▀")
SIDE = 28
"""Pixels of a picture's side in MNIST and its relatives."""

GAP = 2
"""Cells between two tiles of a row."""

CAPTION, INK, FIRST = 1, 2, 3
"""Numbers in the palette: captions, signs of a ramp, then every pair of an upper and a lower colour."""


class Tiling(msgspec.Struct, frozen=True):
    """How many tiles of which side (in pixels, two above each other in a cell) a widget has room for."""

    side: int
    across: int
    down: int
    captions: bool

    @property
    def count(self) -> int:
        """Tiles on a page."""
        return self.across * self.down

    @property
    def pitch(self) -> tuple[int, int]:
        """Cells from one tile to the next, across and down."""
        return self.side + GAP, self.side // 2 + self.captions

    def place(self, position: int) -> tuple[int, int]:
        """Return the column and the row of a tile."""
        across, down = self.pitch
        return position % self.across * across, position // self.across * down


class TileBoard(Board, can_focus=True):
    """Shows as many tiles as there is room for, and the rest by the page.

    A tile is made of levels, whole numbers below `len(colours())`. A terminal that draws half blocks two cells
    wide, or knows no colour, gets a sign of `RAMP` for two pixels instead.

    Attributes:
        page: The page in sight, from 0.
        glyphs: Signs to draw with.
    """

    RAMP: ClassVar[str] = ""
    """A sign for each level."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,pageup", "turn(-1)", "tiles.previous", show=False, id="tiles.previous"),
        Binding("right,pagedown", "turn(1)", "tiles.next", show=False, id="tiles.next"),
        Binding("home", "turn(-9999)", "tiles.first", show=False, id="tiles.first"),
        Binding("end", "turn(9999)", "tiles.last", show=False, id="tiles.last"),
    ]

    page: var[int] = var(0)
    glyphs: var[Glyphs] = var(RICH)

    def __init__(self, glyphs: Glyphs = RICH, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(TileBoard.glyphs, glyphs)

    def count(self) -> int:
        """Return the number of tiles."""
        raise NotImplementedError

    def levels(self, tile: int, side: int) -> Levels:
        """Return a tile's levels, shape (side, side)."""
        raise NotImplementedError

    def caption(self, tile: int) -> str:
        """Return what stands below a tile."""
        raise NotImplementedError

    def colours(self) -> list[Color]:
        """Return the colour of each level."""
        raise NotImplementedError

    def caption_style(self) -> Style:
        """Return the style of captions."""
        raise NotImplementedError

    def tiling(self, columns: int, rows: int) -> Tiling:
        """Return the layout for a size; `rows` is without the foot."""
        raise NotImplementedError

    def foot(self, first: int, last: int, count: int) -> str:
        """Return the last line; tiles `first` to `last`, counted from 1, are in sight."""
        raise NotImplementedError

    def palette(self) -> list[Style]:
        """Return captions, the ink of signs, and the pairs of colours."""
        colours = [colour.rich_color for colour in self.colours()]
        pairs = [Style(color=upper, bgcolor=lower) for upper in colours for lower in colours]
        return [self.rich_style, self.caption_style(), self.rich_style, *pairs]

    def draw(self, columns: int, rows: int) -> Grid:
        """Return the page in a size."""
        grid = Grid(columns, rows)
        count = self.count()
        tiling = self.tiling(columns, rows - 1)
        if not count:
            grid.write(0, 0, self.foot(0, 0, 0), CAPTION)
        if not tiling.count:  # no room for a single one: what is said of them fits everywhere
            for row in range(min(rows, count)):
                grid.write(0, row, self.caption(row), CAPTION)
        if not count or not tiling.count:
            return grid
        first = min(self.page, (count - 1) // tiling.count) * tiling.count
        last = min(first + tiling.count, count)
        for tile in range(first, last):
            column, row = tiling.place(tile - first)
            self._paint(grid, column, row, self.levels(tile, tiling.side))
            if tiling.captions:
                grid.write(column, row + tiling.side // 2, self.caption(tile), CAPTION, column + tiling.side)
        lines = -(-(last - first) // tiling.across)
        self.write_foot(grid, min(rows - 1, lines * tiling.pitch[1] + 1), self.foot(first + 1, last, count))
        return grid

    def write_foot(self, grid: Grid, row: int, text: str) -> None:
        """Write the last line into its row."""
        grid.write(0, row, text, CAPTION)

    def _paint(self, grid: Grid, column: int, row: int, levels: Levels) -> None:
        import numpy as np

        upper, lower = levels[0::2], levels[1::2]
        cells = slice(row, row + upper.shape[0]), slice(column, column + upper.shape[1])
        if self.glyphs.ascii or colourless(self):
            ramp = np.array([ord(sign) for sign in self.RAMP], np.uint32)
            grid.codes[cells] = ramp[(upper + lower + 1) // 2]
            grid.styles[cells] = INK
        else:
            grid.codes[cells] = np.where(upper == lower, ord(" "), HALF_BLOCK)
            grid.styles[cells] = FIRST + upper * len(self.RAMP) + lower

    def _again(self) -> None:
        self.redraw()

    watch_page = watch_glyphs = _again

    def action_turn(self, pages: int) -> None:
        """Turn so many pages on."""
        tiling = self.tiling(self.size.width, self.size.height - 1)
        if tiling.count and self.count():
            self.page = clamp(self.page + pages, 0, (self.count() - 1) // tiling.count)


def squared(pixels: Pixels) -> Pixels:
    """Return a picture of any size with a side of 28: cut off, or with a margin of zeros."""
    import numpy as np

    square = np.zeros((SIDE, SIDE))
    part = np.atleast_2d(pixels)[:SIDE, :SIDE]
    square[: part.shape[0], : part.shape[1]] = part
    return square


def fitting(columns: int, rows: int, side: int, *, captions: bool = True) -> Tiling:
    """Return how many tiles of a side fit."""
    down = rows // (side // 2 + captions)
    return Tiling(side, (columns + GAP) // (side + GAP), down, captions)
