"""Where pages use the terms of the glossary."""

from __future__ import annotations

from content.course.blocks import spans_of
from content.course.page import Page


def first_use(page: Page, term: str) -> str:
    """Return the place of the block that first names a term, "" where none does."""
    for index, block in enumerate(page.blocks):
        if any(span.term == term for spans in spans_of(block) for span in spans):
            return page.place(index)
    return ""
