"""What stands around a page: how long it takes, what it is after, and where it leads."""

from __future__ import annotations

import msgspec

from tui.text.span import Line, Span
from tui.text.wrap import wrap
from tui.widgets.block_frame import hint, line_cells
from tui.widgets.block_prose import hung
from tui.widgets.block_sheet import Look, Targets

GAP = 3
"""Cells between an aim and how many of its questions were seen."""

RECALL_COLUMNS = 56
"""From this width on there is room for what is remembered."""


class Aim(msgspec.Struct, frozen=True):
    """An objective, how many of its questions were seen, and the share of these that is remembered."""

    text: str
    seen: int = 0
    all: int = 0
    recall: float | None = None


class Around(msgspec.Struct, frozen=True):
    """What a section says about itself.

    Attributes:
        minutes: How long its page takes to read, 0 where nobody knows.
        seen: Of `all` its questions.
        following: Number and title of the next section, "" for none.
    """

    minutes: int = 0
    seen: int = 0
    all: int = 0
    aims: tuple[Aim, ...] = ()
    following: str = ""


def lead(around: Around, look: Look) -> list[Line]:
    """Return the line above the page."""
    parts = [look.words("prose.minutes", n=around.minutes)] if around.minutes else []
    parts += [look.words("prose.questions", n=around.all)] if around.all else []
    return [(Span(f" {look.glyphs.dot} ".join(parts), "muted"),)] if parts else []


def ending(around: Around, width: int, look: Look, targets: Targets) -> list[Line]:
    """Return the rows below the page: its aims, its questions, the next page."""
    rows: list[Line] = [(Span(look.glyphs.h * width, "frame"),)]
    if around.aims:
        rows += [(), (Span(look.words("prose.aims"), "heading"),), ()]
        for aim in around.aims:
            rows += _aim(aim, width, look)
    ways: list[Line] = []
    if around.all:
        key = "prose.ask" if not around.seen else "prose.ask-on" if around.seen < around.all else "prose.ask-again"
        said = look.words(key, seen=around.seen, all=around.all)
        ways.append(hint("n", said, "key", targets.add("way", "questions")))
    if around.following:
        said = look.words("prose.following", section=look.prose(around.following))
        ways.append(hint("]", said, "key", targets.add("way", "next")))
    return [*rows, (), *ways] if ways else rows


def _aim(aim: Aim, width: int, look: Look) -> list[Line]:
    """Return an aim; at the right of its first row how many of its questions were seen, and what is remembered."""
    counted = look.words("prose.aim-seen", seen=aim.seen, all=aim.all) if aim.all else ""
    if aim.recall is not None and width >= RECALL_COLUMNS:
        counted = look.words("prose.aim-recall", seen=aim.seen, all=aim.all, recall=f"{aim.recall:.0%}")
    done = bool(aim.all) and aim.seen == aim.all
    mark = Span(f"{look.glyphs.mark if done else look.glyphs.bullet} ", "opening" if done else "muted")
    room = width - line_cells((mark,), look) - line_cells((Span(counted),), look) - GAP
    lines = hung(wrap([Span(look.prose(aim.text))], room, look.ambiguous_width), mark)
    if not counted:
        return lines
    gap = " " * max(1, width - line_cells(lines[0], look) - line_cells((Span(counted),), look))
    return [(*lines[0], Span(gap), Span(counted, "muted")), *lines[1:]]
