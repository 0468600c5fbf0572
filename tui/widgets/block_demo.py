"""A demo in a page: an invitation, and how it stands with the page's numbers, drawn as its own screen draws it."""

from __future__ import annotations

from content.course import blocks
from tui.text.span import Line, Span, plain
from tui.text.wrap import wrap
from tui.widgets.block_frame import framed, hint
from tui.widgets.block_prose import prose
from tui.widgets.block_sheet import Look, Targets
from tui.widgets.demos.catalogue import widget_of


def demo(block: blocks.Demo, width: int, look: Look, targets: Targets) -> list[Line]:
    """Return the demo in a frame; of one that this program lacks, its invitation alone."""
    inner = width - 4
    invitation = wrap(prose(block.spans, look, targets), inner, look.ambiguous_width)
    kind = widget_of(block.name)
    if kind is None:
        lacking = wrap([Span(look.words("prose.no-demo", name=look.prose(block.name)), "muted")], inner)
        return framed([*invitation, *lacking], "", width, look, "frame", "strong")
    left = kind.read(look.demos.get(block.name))
    shown = kind.of_page(left)
    picture = kind.picture(shown, inner, kind.STILL_ROWS, look)
    while picture and not plain(picture[-1]).strip():
        picture.pop()
    keys = hint("d", look.words("prose.demo"), "train", targets.add("demo", block.name))
    gap: list[Line] = [()] if invitation else []
    own = [] if shown is left else wrap([Span(look.words("prose.demo-own"), "muted")], inner)
    lines = [*invitation, *gap, *picture, (), *own, keys]
    title = look.words("demo.framed", title=look.words(f"demo_{block.name}.title"))
    return framed(lines, title, width, look, "train", "train strong")
