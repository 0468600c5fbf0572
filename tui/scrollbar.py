"""Scroll bars in whole cells: eighth blocks are of ambiguous width, and change with every row of a page."""

from __future__ import annotations

from textual.scrollbar import ScrollBarRender


class WholeCells(ScrollBarRender):
    """Draws the thumb with blanks on a ground, so that no terminal can draw it wide."""

    VERTICAL_BARS = [" "]
    HORIZONTAL_BARS = [" "]
