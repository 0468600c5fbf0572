"""The signs of the interface, in a rich set and in an ASCII one.

`● ─ │ ╭ · … → ✓` are of ambiguous width: some terminals draw them two cells wide and break every frame.
Where a terminal does, or cannot say, the ASCII set is used. Braille is one cell wide everywhere.
"""

from __future__ import annotations

import msgspec


class Glyphs(msgspec.Struct, frozen=True, kw_only=True):
    """Signs of one cell each."""

    ascii: bool
    h: str
    v: str
    tl: str
    tr: str
    bl: str
    br: str
    bar: str
    """A thick upright bar beside a remark."""
    bullet: str
    mark: str
    """The learner's mark."""
    check: str
    cross: str
    arrow: str
    ellipsis: str
    dot: str
    """Separates words on one line."""
    full: str
    """A filled cell of a meter."""
    empty: str
    up: str
    down: str


RICH = Glyphs(
    ascii=False,
    h="─",
    v="│",
    tl="╭",
    tr="╮",
    bl="╰",
    br="╯",
    bar="▌",
    bullet="•",
    mark="●",
    check="✓",
    cross="✗",
    arrow="→",
    ellipsis="…",
    dot="·",
    full="━",
    empty="─",
    up="↑",
    down="↓",
)

ASCII = Glyphs(
    ascii=True,
    h="-",
    v="|",
    tl="+",
    tr="+",
    bl="+",
    br="+",
    bar="|",
    bullet="*",
    mark="*",
    check="v",
    cross="x",
    arrow=">",
    ellipsis="~",
    dot="-",
    full="#",
    empty="-",
    up="^",
    down="v",
)


def glyphs(ascii_only: bool) -> Glyphs:
    """Return the set to draw with."""
    return ASCII if ascii_only else RICH
