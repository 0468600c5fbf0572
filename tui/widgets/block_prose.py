"""Headings, paragraphs, lists and remarks as rows."""

from __future__ import annotations

from collections.abc import Sequence

from content.course import blocks
from content.course.spans import Span as Leading
from content.course.spans import Spans
from tui.text.cells import cells
from tui.text.span import Line, Span
from tui.text.wrap import wrap
from tui.widgets.block_sheet import Look, Targets


def prose(spans: Spans, look: Look, targets: Targets, base: str = "") -> list[Span]:
    """Return the spans of a course as spans to draw; `base` is the style of all of them."""
    return [
        Span(
            look.drawn(span.text) if span.code else look.prose(span.text),
            " ".join(filter(None, (base, *_styles(span.strong, span.em, span.text), _kind(span)))),
            whole=span.code,
            target=_target(span, targets),
        )
        for span in spans
    ]


def _styles(strong: bool, em: bool, text: str) -> list[str]:
    """Return emphasis as styles: Chinese letters have no italics, they are set bold."""
    slanted = em and cells(text) == len(text)
    return (["strong"] if strong or (em and not slanted) else []) + (["em"] if slanted else [])


def _kind(span: object) -> str:
    for field, style in (("code", "code"), ("term", "term"), ("link", "link"), ("page", "link")):
        if getattr(span, field):
            return style
    return ""


def _target(span: Leading, targets: Targets) -> str:
    if span.term:
        return targets.add("term", span.term)
    if span.page:
        return targets.add("page", span.page)
    return targets.add("link", span.link) if span.link else ""


def heading(block: blocks.Heading, width: int, look: Look, targets: Targets) -> list[Line]:
    """Return a heading, on more than one row where it must be."""
    return wrap(prose(block.spans, look, targets, "heading"), width, look.ambiguous_width)


def paragraph(spans: Spans, width: int, look: Look, targets: Targets, base: str = "") -> list[Line]:
    """Return a paragraph."""
    return wrap(prose(spans, look, targets, base), width, look.ambiguous_width)


def listing(block: blocks.Listing, width: int, look: Look, targets: Targets, base: str = "") -> list[Line]:
    """Return a list; what follows an item's first row stands under its first word."""
    marks = [f"{block.start + index}." if block.ordered else look.glyphs.bullet for index in range(len(block.items))]
    indent = max((cells(mark) for mark in marks), default=0) + 1
    rows: list[Line] = []
    for mark, item in zip(marks, block.items, strict=True):
        first = Span(mark.rjust(indent - 1) + " ", "muted")
        rows.extend(hung(paragraph(item, width - indent, look, targets, base), first))
    return rows


def quote(block: blocks.Quote, width: int, look: Look, targets: Targets) -> list[Line]:
    """Return a remark with a bar at its side."""
    bar = Span(f"{look.glyphs.bar} ", "quote-bar")
    rows: list[Line] = []
    for spans in block.paragraphs:
        if rows:
            rows.append((bar,))
        rows.extend((bar, *line) for line in paragraph(spans, width - 2, look, targets, "quote"))
    return rows


def hung(lines: Sequence[Line], first: Span) -> list[Line]:
    """Return lines with `first` before the first one and as much white space before the others."""
    blank = Span(" " * cells(first.text))
    return [(blank if index else first, *line) for index, line in enumerate(lines)] or [(first,)]
