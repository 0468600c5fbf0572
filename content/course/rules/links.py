"""Links: they lead somewhere, within the course and out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from content.course import blocks
from content.course.blocks import Block, spans_of
from content.course.book import Book
from content.course.page import Page
from content.course.rules.pages import ENDING
from content.course.sentences import near
from content.course.spans import Span

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)
_STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})|[\s<>\"\\^`{}|]|https?:.*https?://|[.,;:!?]$")
_OPEN = re.compile(r"\](?:\(|\s\((?:https?|term|page):)")
_BARE = re.compile(r"https?://\S+|\bwww\.\S+")


def check_links(book: Book) -> None:
    """Every link of a page leads somewhere."""
    for page in book.pages.values():
        linked: set[str] = set()
        for block, under, span in linked_spans(page):
            where = (page.file, under or "page")
            if span.term and span.term not in book.terms:
                hint = near(span.term, sorted(book.terms))
                book.error("term-unknown", *where, span.term, line=block.line, hint=hint)
            if span.term in linked:
                book.warn("term-twice", *where, span.term, line=block.line)
            linked.update({span.term} - {""})
            if span.page:
                _page(book, page, block, under, span.page)
            if span.link and under not in ENDING:
                book.error("link-outside", *where, span.link, line=block.line)
            if span.link and not sound(span.link):
                book.error("link-malformed", *where, span.link, line=block.line)
            if not span.code and not span.link and not span.page and not span.term:
                if found := _OPEN.search(span.text):
                    book.error("link-open", *where, span.text[max(0, found.start() - 20) :], line=block.line)
                elif found := _BARE.search(span.text):
                    book.warn("link-bare", *where, found[0], line=block.line)


def linked_spans(page: Page) -> Iterator[tuple[Block, str, Span]]:
    """Yield every span of a page with its block and the heading's anchor above it."""
    under = ""
    for block in page.blocks:
        under = block.anchor if isinstance(block, blocks.Heading) else under
        for spans in spans_of(block):
            for span in spans:
                yield block, under, span


def _page(book: Book, page: Page, block: Block, under: str, target: str) -> None:
    slug, _, anchor = target.partition("#")
    there = book.pages.get((slug, page.language)) if slug else page
    if there is not None and (not anchor or anchor in there.anchors()):
        return
    known = [f"#{name}" for name in page.anchors()] if not slug else list(book.items)
    if slug and there is not None:
        known = [f"{slug}#{name}" for name in there.anchors()]
    book.error("page-unknown", page.file, under or "page", target, line=block.line, hint=near(target, known))


def sound(address: str) -> bool:
    """Return whether an address of the web is well formed: a host with a dot, and nothing stray in it."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    labels = host.split(".")
    named = len(labels) > 1 and all(map(_LABEL.fullmatch, labels)) and labels[-1].isalpha() and len(labels[-1]) > 1
    return bool(named) and not parts.username and port in (None, 443) and not _STRAY.search(address)
