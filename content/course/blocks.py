"""The blocks of a page: what a screen draws one after the other."""

from __future__ import annotations

import msgspec

from content.course.spans import Spans


class Base(msgspec.Struct, frozen=True, kw_only=True):
    """What every block has.

    Attributes:
        anchor: Its own anchor, "" for none.
        line: Where it begins in its file, from 1.
    """

    anchor: str = ""
    line: int = 0


class Heading(Base, frozen=True):
    """A heading of the second level; the title of the page is no block."""

    spans: Spans


class Paragraph(Base, frozen=True):
    """Running prose."""

    spans: Spans


class Listing(Base, frozen=True):
    """A list; an ordered one counts from `start`."""

    items: tuple[Spans, ...]
    ordered: bool = False
    start: int = 1


class Table(Base, frozen=True):
    """A table; every row has as many cells as the header.

    Attributes:
        aligns: "left", "right" or "center" for each column.
    """

    header: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]
    aligns: tuple[str, ...]


class Quote(Base, frozen=True):
    """A remark, in paragraphs."""

    paragraphs: tuple[Spans, ...]


class Opening(Base, frozen=True):
    """The question asked before reading; it has no key."""

    spans: Spans


class Worked(Base, frozen=True):
    """A worked example, drawn line by line as written, its numbers computed."""

    title: str
    lines: tuple[str, ...]


class Figure(Base, frozen=True):
    """A drawing in text."""

    caption: str
    lines: tuple[str, ...]


class Code(Base, frozen=True):
    """Code that runs as it stands.

    Attributes:
        preset: The preset that trains exactly this, "" for none.
    """

    language: str
    text: str
    preset: str = ""


class Train(Base, frozen=True):
    """An invitation to train a preset."""

    preset: str
    spans: Spans


class Demo(Base, frozen=True):
    """A demo to play with, and an invitation, which may be empty."""

    name: str
    spans: Spans


Block = Heading | Paragraph | Listing | Table | Quote | Opening | Worked | Figure | Code | Train | Demo


def spans_of(block: Block) -> list[Spans]:
    """Return every run of spans in a block."""
    match block:
        case Heading() | Paragraph() | Opening() | Train() | Demo():
            return [block.spans]
        case Listing(items=items):
            return list(items)
        case Quote(paragraphs=paragraphs):
            return list(paragraphs)
        case Table(header=header, rows=rows):
            return [*header, *(cell for row in rows for cell in row)]
    return []
