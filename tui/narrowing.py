"""The last look at every line: where a terminal draws doubtful signs two cells wide, none of them leaves."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tui.text.narrow import drawn


class Narrowing(LineFilter):
    """Replaces frames, arrows, ellipses and quotes, wherever they come from, by ASCII, cell by cell."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with surer signs."""
        return [Segment(_drawn(text), style, control) for text, style, control in segments]


_drawn = lru_cache(maxsize=4096)(drawn)
