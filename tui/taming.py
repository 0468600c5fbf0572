"""The last look at every line: whatever a widget was handed, nothing that steers a terminal leaves the app."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from content.course.visible import steering
from tui.text.narrow import drawn


class Taming(LineFilter):
    """Takes control characters out; they have no width, so that nothing moves.

    Texts are made visible where they are read: what comes so far has slipped through, and only its harm is
    taken away.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments without what steers."""
        if all(text.isprintable() for text, _, _ in segments):
            return segments
        return [Segment(_tamed(text), style, control) for text, style, control in segments]


class Narrowing(LineFilter):
    """Where a terminal draws doubtful signs two cells wide: frames, arrows, ellipses and quotes become ASCII."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with surer signs, cell by cell."""
        return [Segment(_drawn(text), style, control) for text, style, control in segments]


@lru_cache(maxsize=1024)
def _tamed(text: str) -> str:
    return "".join(sign for sign in text if sign not in "\n\r\t" and steering(sign) < 0)


_drawn = lru_cache(maxsize=4096)(drawn)
