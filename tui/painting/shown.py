"""What the terminal shows, cell by cell, so that only what differs is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.color import ColorSystem
from rich.console import Console
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.strip import Strip

from tui.painting.look import Cell, cells_of
from tui.painting.pen import Pen

Row = list[Cell | None]
"""None where it is not known what a cell shows."""


class Shown:
    """Turns what Textual painted into what has to be written.

    Textual writes a changed span together with all before it in its widget, and a widget that is painted
    anew whole, even if one digit differs. A painting of the whole screen is written whole here too: that is
    how a screen heals over which another program has written.
    """

    def __init__(self) -> None:
        self._rows: dict[int, Row] = {}

    def write(self, update: ChopsUpdate | LayoutUpdate, console: Console) -> str:
        """Return what the terminal is to be told so that it shows the update; "" where it does so already."""
        pen = Pen()
        if isinstance(update, LayoutUpdate):
            self._rows.clear()
        for y, start, end, at, strip in _pieces(update):
            self._write(pen, y, start, end, at, strip, console)
        return pen.end()

    def _write(self, pen: Pen, y: int, start: int, end: int, at: int, strip: Strip, console: Console) -> None:
        """Write those cells from `start` to `end` that differ; `strip` begins `at` a column."""
        row = self._rows.setdefault(y, [])
        row += [None] * (at + strip.cell_length - len(row))
        made = cells_of(strip, console._color_system or ColorSystem.TRUECOLOR)
        if made is None:
            pen.go(start, y)
            pen.put_raw(strip.crop(start - at, end - at).render(console))
            row[start:end] = [None] * (end - start)
            return
        for first, last in _differing(row, made, at, start, end):
            pen.go(first, y, row)
            pen.put(made[first - at : last - at])
            if first and _is_tail(row[first]):
                row[first - 1] = None
            if last < len(row) and _is_tail(row[last]):
                row[last] = None
            row[first:last] = made[first - at : last - at]


Piece = tuple[int, int, int, int, Strip]


def _pieces(update: ChopsUpdate | LayoutUpdate) -> Iterator[Piece]:
    """Yield the row and the columns that were painted, and the strip they are part of with its column."""
    if isinstance(update, LayoutUpdate):
        for y, strips in enumerate(update.strips, update.region.y):
            at = update.region.x
            for strip in strips:
                yield y, at, at + strip.cell_length, at, strip
                at += strip.cell_length
        return
    for y, start, end in update.spans:
        yield from _chopped(y, start, end, update.chops[y], update.chop_ends[y])


def _chopped(y: int, start: int, end: int, chops: Mapping[int, Strip | None], ends: Iterable[int]) -> Iterator[Piece]:
    for chop_end, (at, strip) in zip(ends, chops.items(), strict=True):
        first, last = max(start, at), min(end, chop_end)
        if strip is not None and first < last:
            yield y, first, last, at, strip


def _differing(
    row: Sequence[Cell | None], made: Sequence[Cell], at: int, start: int, end: int
) -> Iterator[tuple[int, int]]:
    """Yield from which column to before which one `made` differs from a row; no wide letter is cut."""
    x = start
    while x < end:
        if row[x] == made[x - at]:
            x += 1
            continue
        first = x
        while first > at and _is_tail(made[first - at]):
            first -= 1
        x += 1
        limit = at + len(made)
        while x < limit and (_is_tail(made[x - at]) or _is_tail(row[x]) or (x < end and row[x] != made[x - at])):
            x += 1
        yield first, x


def _is_tail(cell: Cell | None) -> bool:
    return cell is not None and not cell[0]
