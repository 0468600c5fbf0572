"""The contours of a surface in characters: a dot wherever a line of equal height passes."""

from __future__ import annotations

import math
from functools import lru_cache

from tui.demos.race import MAPS, Point, Surface, SurfaceName
from tui.widgets.small_curve import DOTS

LEVELS = 9
"""Bands of height between the lowest and the highest point in sight; their edges are the contours."""


class Frame:
    """Where points of a surface lie in so many cells."""

    def __init__(self, surface: SurfaceName, columns: int, rows: int) -> None:
        self.map = MAPS[surface]
        self.columns = columns
        self.rows = rows

    def cell(self, point: Point) -> tuple[int, int] | None:
        """Return the column and the row of a point, None where it is not in sight."""
        (x0, x1), (y0, y1) = self.map.x, self.map.y
        column = math.floor((point[0] - x0) / (x1 - x0) * self.columns)
        row = math.floor((y1 - point[1]) / (y1 - y0) * self.rows)
        return (column, row) if 0 <= column < self.columns and 0 <= row < self.rows else None


@lru_cache(maxsize=32)
def contours(surface: SurfaceName, columns: int, rows: int, *, ascii_only: bool) -> tuple[str, ...]:
    """Return the contours over so many cells, the top row first."""
    across, down = (columns, rows) if ascii_only else (2 * columns, 4 * rows)
    bands = _bands(MAPS[surface], across, down)
    edges = [
        [
            bands[y][x] != bands[y][min(x + 1, across - 1)] or bands[y][x] != bands[min(y + 1, down - 1)][x]
            for x in range(across)
        ]
        for y in range(down)
    ]
    if ascii_only:
        return tuple("".join("." if edge else " " for edge in row) for row in edges)
    return tuple("".join(chr(0x2800 | _bits(edges, column, row)) for column in range(columns)) for row in range(rows))


def _bits(edges: list[list[bool]], column: int, row: int) -> int:
    """Return the dots of one cell."""
    return sum(DOTS[y][x] for y in range(4) for x in range(2) if edges[4 * row + y][2 * column + x])


def _bands(surface: Surface, across: int, down: int) -> list[list[int]]:
    """Return the band of each place; bands are narrow where the surface is steep, as on a map."""
    (x0, x1), (y0, y1) = surface.x, surface.y
    xs = [x0 + (at + 0.5) * (x1 - x0) / across for at in range(across)]
    ys = [y1 - (at + 0.5) * (y1 - y0) / down for at in range(down)]
    heights = [[surface.height(x, y) for x in xs] for y in ys]
    lowest, highest = min(map(min, heights)), max(map(max, heights))
    return [[int(LEVELS * math.sqrt((height - lowest) / (highest - lowest))) for height in row] for row in heights]
