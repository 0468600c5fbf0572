"""Turns the rows of a page into strips of the terminal."""

from __future__ import annotations

from collections.abc import Callable

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.text.span import Line

Styles = Callable[[str], Style]
"""Gives the style of a span's style names."""


def paint(row: Line, left: int, styles: Styles, chosen: str = "") -> Strip:
    """Return a row, `left` cells in, with the spans that lead to the target `chosen` set off."""
    segments = [Segment(" " * left, styles(""))] if left else []
    for span in row:
        names = f"{span.style} term-focused" if chosen and span.target == chosen else span.style
        segments.append(Segment(span.text, styles(names)))
    return Strip(segments)
