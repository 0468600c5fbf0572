"""Turns the rows of a page into strips of the terminal."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.text.cells import cells
from tui.text.span import Line

Styles = Callable[[str], Style]
"""Gives the style of a span's style names."""


def paint(row: Line, left: int, width: int, styles: Styles, chosen: str = "") -> Strip:
    """Return a row, `left` cells in and filled up to `width`; spans of the target `chosen` are set off.

    Neighbours of one style become one segment: each segment costs some 40 bytes on its way to the terminal.
    """
    pieces = [(" " * left, styles(""))]
    for span in row:
        names = f"{span.style} term-focused" if chosen and span.target == chosen else span.style
        pieces.append((span.text, styles(names)))
    length = sum(cells(text) for text, _ in pieces)
    pieces.append((" " * max(width - length, 0), styles("")))
    segments = [
        Segment("".join(text for text, _ in same), style)
        for style, same in groupby((piece for piece in pieces if piece[0]), key=lambda piece: piece[1])
    ]
    return Strip(segments, max(length, width))


def selected(strip: Strip, span: tuple[int, int], style: Style) -> Strip:
    """Return a strip with the characters of a span marked as selected by the mouse; -1 is the strip's end."""
    ends = [strip.cell_length if index < 0 else strip.index_to_cell_position(index) for index in span]
    before, inside, after = strip.crop(0, ends[0]), strip.crop(ends[0], ends[1]), strip.crop(ends[1])
    marked = [Segment(text, (own or Style.null()) + style) for text, own, _ in inside]
    return Strip([*before, *marked, *after], strip.cell_length)
