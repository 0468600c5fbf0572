"""A frame that says something in its bottom border."""

from __future__ import annotations

from rich.cells import cell_len
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region

BESIDE = 4
"""Cells of the border beside what it says."""


class Captioned(Vertical):
    """Repaints of its bottom border what has changed; Textual would paint it again with all that is in it."""

    caption = ""

    def say(self, caption: str) -> None:
        """Show a caption in the bottom border, at its right; "" for none."""
        if caption == self.caption:
            return
        cells = max(cell_len(self.caption), cell_len(caption)) + BESIDE
        self.caption = caption
        self._border_subtitle = Content(caption)  # `border_subtitle` is what paints all
        inner = self.content_size
        right = inner.width + self.gutter.right
        self.refresh(Region(right - cells, inner.height + self.gutter.bottom - 1, cells, 1))
