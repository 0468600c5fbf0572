"""Lays a page out: all its blocks as rows of one column."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from content.course import blocks
from content.course.page import Page
from tui.text.cells import cells
from tui.text.span import Line, Span
from tui.text.wrap import wrap
from tui.widgets.block_around import Around, ending, lead
from tui.widgets.block_code import code
from tui.widgets.block_demo import demo
from tui.widgets.block_frame import figure, line_cells, opening, train, worked
from tui.widgets.block_prose import heading, listing, paragraph, quote
from tui.widgets.block_sheet import Look, Sheet, Spot, Targets
from tui.widgets.block_table import table

SMALL = frozenset({"sources"})
"""Anchors of sections that are set in quiet letters."""


def lay_out(page: Page, width: int, look: Look, *, titled: bool = True, around: Around | None = None) -> Sheet:
    """Return a page as rows of at most `width` cells; drawings and code alone may be wider.

    What stands around it belongs to its first and its last block.
    """
    targets = Targets()
    rows: list[Line] = [()]
    above = lead(around, look) if around is not None else []
    rows += above
    if titled:
        rows += wrap([Span(look.prose(page.title), "title")], width, look.ambiguous_width)
    begins: list[int] = []
    tops: list[int] = []
    quiet = ""
    for index, block in enumerate(page.blocks):
        targets.block = index
        begins.append(len(rows) if index else 0)
        if isinstance(block, blocks.Heading):
            quiet = "muted" if block.anchor in SMALL else ""
        rows += [()] * _space(block, page.blocks[index - 1] if index else None, titled or bool(above))
        tops.append(len(rows))
        rows += draw(block, width, look, targets, quiet)
    if around is not None:
        rows += [(), (), *ending(around, width, look, targets)]
    rows.append(())
    return Sheet(
        rows=tuple(rows),
        begins=tuple(begins),
        tops=tuple(tops),
        headings=frozenset(i for i, block in enumerate(page.blocks) if isinstance(block, blocks.Heading)),
        targets=tuple(targets.all),
        spots=tuple(_spots(rows)),
        width=max(line_cells(row, look) for row in rows),
    )


def _space(block: blocks.Block, before: blocks.Block | None, titled: bool) -> int:
    """Return the white rows before a block."""
    if before is None:
        return 1 if titled else 0
    return 2 if isinstance(block, blocks.Heading) else 1


def draw(block: blocks.Block, width: int, look: Look, targets: Targets, base: str = "") -> list[Line]:
    """Return the rows of one block."""
    match block:
        case blocks.Heading():
            return heading(block, width, look, targets)
        case blocks.Paragraph():
            return paragraph(block.spans, width, look, targets, base)
        case blocks.Listing():
            return listing(block, width, look, targets, base)
        case blocks.Table():
            return table(block, width, look, targets)
        case blocks.Quote():
            return quote(block, width, look, targets)
        case blocks.Opening():
            return opening(block, width, look, targets)
        case blocks.Worked():
            return worked(block, width, look)
        case blocks.Figure():
            return figure(block, width, look)
        case blocks.Code():
            return code(block, width, look, targets)
        case blocks.Train():
            return train(block, width, look, targets)
        case blocks.Demo():
            return demo(block, width, look, targets)


def _spots(rows: list[Line]) -> Iterator[Spot]:
    """Yield the cells that belong to targets; neighbours that lead to the same one are one spot."""
    for number, row in enumerate(rows):
        left = 0
        for target, spans in groupby(row, key=lambda span: span.target):
            right = left + sum(cells(span.text) for span in spans)
            if target:
                yield Spot(number, left, right, int(target))
            left = right
