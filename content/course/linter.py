"""Checks a whole course: reads it, holds it against the rules, executes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import msgspec

from content.course.book import Asked, Book, Refused
from content.course.rules.balance import check_balance
from content.course.rules.cues import check_cues
from content.course.rules.dates import check_dates
from content.course.rules.links import check_links
from content.course.rules.names import check_names
from content.course.rules.numbers import check_numbers
from content.course.rules.options import check_options
from content.course.rules.pages import check_pages
from content.course.rules.parity import check_parity
from content.course.rules.parts import check_parts
from content.course.rules.presets import check_presets
from content.course.rules.terms import check_terms
from content.course.rules.texts import check_texts, texts
from content.course.rules.tongues import check_tongues
from content.errors import ContentError, Fault

RULES: tuple[Callable[[Book], None], ...] = (
    check_names,
    check_dates,
    check_texts,
    check_options,
    check_cues,
    check_balance,
    check_numbers,
    check_parts,
    check_pages,
    check_links,
    check_terms,
    check_parity,
    check_tongues,
    check_presets,
)


class Report(msgspec.Struct, frozen=True):
    """What the linter found.

    Attributes:
        errors: To be mended, by file and line.
        warnings: To be looked at.
        counts: Of questions by section ("sections"), type ("types") and language ("languages"), and how many
            "items", "pages", "terms", "presets" and "slips" there are.
    """

    errors: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    counts: dict[str, int | dict[str, int]]


def check(
    path: Path, refused: Refused | None = None, *, demos: Sequence[str] | None = None, today: date | None = None
) -> Report:
    """Return every fault of a course folder; a folder that holds no course has one.

    Args:
        refused: Given a kind of run and wishes by knob, says in a sentence why they make no recipe, None
            where they do. Without it presets' names and values are not checked.
        demos: The names of the demos that there are. Without them pages' demos are not checked.
        today: Against which the course's `check_by` is held; without it the date is not looked at.
    """
    try:
        book = Book(path, refused, today, demos)
    except ContentError as error:
        return Report((error.fault,), (), {})
    for rule in RULES:
        rule(book)
    return Report(_sorted(book.errors), _sorted(book.warnings), _counts(book))


def _sorted(faults: list[Fault]) -> tuple[Fault, ...]:
    once = {(str(fault), fault.code): fault for fault in faults}
    return tuple(sorted(once.values(), key=lambda fault: (fault.file, fault.line, fault.field)))


def _speaks(asked: Asked, language: str) -> bool:
    """Return whether a question has all its texts in a language."""
    return all(language in text.words or "" in text.words for _, text, _ in texts(asked.item))


def _counts(book: Book) -> dict[str, int | dict[str, int]]:
    items = list(book.all_items())
    complete = {language: sum(_speaks(asked, language) for asked in items) for language in book.languages}
    return {
        "sections": {section.id: len(book.items[section.slug]) for section in book.index.sections},
        "types": dict(sorted(Counter(asked.item.kind for asked in items).items())),
        "languages": complete,
        "items": len(items),
        "pages": len(book.pages),
        "terms": len(book.terms),
        "presets": len(book.presets),
        "slips": len(book.index.slips) + sum(len(section.slips) for section in book.index.sections),
    }
