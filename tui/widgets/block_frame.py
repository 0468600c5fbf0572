"""What stands apart on a page: the opening question, worked examples, figures, invitations to train."""

from __future__ import annotations

from collections.abc import Sequence

from content.course import blocks
from tui.text.cells import cells
from tui.text.span import Line, Span
from tui.text.wrap import wrap
from tui.widgets.block_prose import paragraph, prose
from tui.widgets.block_sheet import Look, Targets


def framed(lines: Sequence[Line], title: str, width: int, look: Look, style: str, title_style: str) -> list[Line]:
    """Return lines in a frame with a title in its upper edge.

    A line that is too wide pushes its right edge out, so that nothing of it is lost.
    """
    signs = look.glyphs
    inner = width - 4
    name = wrap([Span(title)], width - 6, look.ambiguous_width)
    head = name[0][0].text if name else ""
    rest = max(width - 5 - line_cells(name[0] if name else (), look), 0) if head else width - 3
    edge = Span(f"{signs.tl}{signs.h}" + (" " if head else ""), style)
    top = (edge, Span(head, title_style), Span((" " if head else "") + signs.h * rest + signs.tr, style))
    rows: list[Line] = [top]
    rows.extend(_side(line, inner, look, style) for line in (*_more(name, title_style), *lines))
    rows.append((Span(signs.bl + signs.h * (width - 2) + signs.br, style),))
    return rows


def _more(name: Sequence[Line], style: str) -> list[Line]:
    """Return what of a long title does not fit into the edge."""
    return [tuple(Span(span.text, style) for span in line) for line in name[1:]]


def _side(line: Line, inner: int, look: Look, style: str) -> Line:
    gap = " " * max(inner - line_cells(line, look), 0)
    return (Span(f"{look.glyphs.v} ", style), *line, Span(f"{gap} {look.glyphs.v}", style))


def line_cells(line: Line, look: Look) -> int:
    """Return the cells that a line takes."""
    return sum(cells(span.text, look.ambiguous_width) for span in line)


def opening(block: blocks.Opening, width: int, look: Look, targets: Targets) -> list[Line]:
    """Return the question asked before reading, in the learner's colour."""
    title = f"{look.glyphs.mark} {look.words('prose.opening')}"
    lines = wrap(prose(block.spans, look, targets), width - 4, look.ambiguous_width)
    return framed(lines, title, width, look, "opening", "opening strong")


def worked(block: blocks.Worked, width: int, look: Look) -> list[Line]:
    """Return a worked example, line by line as it was written."""
    lines: list[Line] = [(Span(look.drawn(line), "worked"),) for line in block.lines]
    return framed(lines, look.prose(block.title), width, look, "frame", "worked strong")


def figure(block: blocks.Figure, width: int, look: Look) -> list[Line]:
    """Return a drawing in the middle of the column, its caption below."""
    drawing = [look.drawn(line).rstrip() for line in block.lines]
    left = " " * max((width - max((cells(line, look.ambiguous_width) for line in drawing), default=0)) // 2, 0)
    rows: list[Line] = [(Span(left + line, "figure"),) if line else () for line in drawing]
    caption = wrap([Span(look.prose(block.caption), "muted")], width - len(left), look.ambiguous_width)
    if caption:
        rows.append(())
    return rows + [(Span(left), *line) for line in caption]


def train(block: blocks.Train, width: int, look: Look, targets: Targets) -> list[Line]:
    """Return an invitation to train, in the model's colour."""
    bar = Span(f"{look.glyphs.bar} ", "train")
    words = paragraph(block.spans, width - 2, look, targets)
    keys = hint("t", look.words("prose.train"), "train", targets.add("train", block.preset))
    return [(bar, *line) for line in (*words, keys)]


def hint(key: str, words: str, style: str, target: str) -> Line:
    """Return a key and what it does, both of which can be chosen."""
    return (Span(key, f"{style} strong", target=target), Span(f" {words}", style, target=target))
