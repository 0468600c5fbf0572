"""Pages: what they must have, what they name, and how wide they are."""

from __future__ import annotations

import re

from content.course import blocks
from content.course.blocks import spans_of
from content.course.book import Book
from content.course.cells import cells
from content.course.page import Page
from content.course.sentences import near
from content.course.spans import plain

DRAWN = 68
TABLE = 76
CODE = 75
"""Cells of a line of code: its ground begins a cell before it."""
ENDING = ("sources", "go-further")
WORDS = {"en": (300, 700, "words")}
LETTERS = (500, 1200, "characters")
"""Chinese prose is counted by character."""

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")


def check_pages(book: Book) -> None:
    """Every page is whole, names only what exists, and fits."""
    for page in book.pages.values():
        _whole(book, page)
        _names(book, page)
        _sources(book, page)
        _widths(book, page)
        _length(book, page)


def _whole(book: Book, page: Page) -> None:
    headings = [index for index, block in enumerate(page.blocks) if isinstance(block, blocks.Heading)]
    openings = [index for index, block in enumerate(page.blocks) if isinstance(block, blocks.Opening)]
    if len(openings) != 1 or (headings and openings[0] > headings[0]):
        line = page.blocks[openings[-1]].line if openings else 1
        book.error("page-opening", page.file, "opening", line=line)
    if not any(isinstance(block, blocks.Worked) for block in page.blocks):
        book.error("page-needs", page.file, "worked", line=1, kind="worked")
    if not any(isinstance(block, blocks.Figure | blocks.Demo) for block in page.blocks):
        book.error("page-needs", page.file, "figure", line=1, kind="figure or demo")
    last = tuple(anchor for anchor, _, _ in page.contents())[-2:]
    if last != ENDING:
        line = page.blocks[-1].line if page.blocks else 1
        book.error("page-ending", page.file, "page", ", ".join(last), line=line)
    for at in headings:
        below = page.blocks[at + 1 : at + 2]
        if page.blocks[at].anchor in ENDING and not any(not isinstance(block, blocks.Heading) for block in below):
            anchor = page.blocks[at].anchor
            book.error("ending-empty", page.file, anchor, line=page.blocks[at].line)


def _names(book: Book, page: Page) -> None:
    under = ""
    for block in page.blocks:
        under = block.anchor if isinstance(block, blocks.Heading) else under
        preset = block.preset if isinstance(block, blocks.Code | blocks.Train) else ""
        if preset and preset not in book.presets:
            hint = near(preset, sorted(book.presets))
            book.error("preset-unknown", page.file, under or "page", preset, line=block.line, hint=hint)
        demo = block.name if isinstance(block, blocks.Demo) else ""
        if demo and book.demos is not None and demo not in book.demos:
            book.error("demo-unknown", page.file, under or "page", demo, line=block.line, hint=near(demo, book.demos))


def _sources(book: Book, page: Page) -> None:
    """Every source says of which year it is: facts of this subject age."""
    under = ""
    for block in page.blocks:
        under = block.anchor if isinstance(block, blocks.Heading) else under
        if under == ENDING[0] and isinstance(block, blocks.Listing):
            for spans in block.items:
                if not _YEAR.search(plain(spans)):
                    book.warn("source-year", page.file, under, plain(spans), line=block.line)


def _widths(book: Book, page: Page) -> None:
    for block in page.blocks:
        match block:
            case blocks.Worked(lines=lines) | blocks.Figure(lines=lines):
                drawn, kind = lines, type(block).__name__.lower()
            case blocks.Code(text=text):
                drawn, kind = tuple(text.split("\n")), "code"
            case blocks.Table():
                taken = _table_width(block)
                if taken > TABLE:
                    book.error("too-wide", page.file, "table", line=block.line, cells=taken, limit=TABLE)
                continue
            case _:
                continue
        limit = CODE if kind == "code" else DRAWN
        for offset, line in enumerate(drawn, 1):
            if cells(line) > limit:
                where = block.line + offset if kind != "worked" else block.line
                book.error("too-wide", page.file, kind, line, line=where, cells=cells(line), limit=limit)


def _table_width(table: blocks.Table) -> int:
    columns = zip(table.header, *table.rows, strict=True)
    widths = [max(cells(plain(cell)) for cell in column) for column in columns]
    return sum(widths) + 2 * (len(widths) - 1)


def _length(book: Book, page: Page) -> None:
    prose = []
    for block in page.blocks:
        if isinstance(block, blocks.Heading) and block.anchor in ENDING:
            break
        prose += [plain(spans) for spans in spans_of(block)]
    text = " ".join(prose)
    low, high, unit = WORDS.get(page.language, LETTERS)
    count = len(text.split()) if unit == "words" else sum(cells(letter) == 2 for letter in text)
    if not low <= count <= high and (unit == "words" or page.language == "zh"):
        book.warn("page-length", page.file, "page", line=1, count=count, unit=unit, low=low, high=high)
