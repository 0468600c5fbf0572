"""A piece of text in one style, and a line of such pieces."""

from __future__ import annotations

import msgspec


class Span(msgspec.Struct, frozen=True):
    """Text in one style."""

    text: str
    style: str = ""
    """A name that the widget knows a colour for, "" for plain prose."""
    whole: bool = False
    """Stays on one line where it fits at all: inline code, a formula."""
    target: str = ""
    """What choosing it leads to, "" where it leads nowhere."""


Line = tuple[Span, ...]
"""What stands side by side in one row; neighbours differ in style or target."""


def plain(line: Line) -> str:
    """Return a line's text without its styles."""
    return "".join(span.text for span in line)
