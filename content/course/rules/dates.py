"""Dates: what was true once is looked at again by the day that its author named."""

from __future__ import annotations

from datetime import date

from content.course.book import Book


def check_dates(book: Book) -> None:
    """The `check_by` of the course, of a section's page and of a question is a day, and has not passed."""
    _day(book, "course.yaml", "check_by", book.index.check_by)
    for section in book.index.sections:
        _day(book, f"{section.slug}/section.yaml", "check_by", section.check_by)
    for asked in book.all_items():
        _day(book, asked.file, f"{asked.item.id}.check_by", asked.item.check_by)


def _day(book: Book, file: str, field: str, text: str) -> None:
    if not text:
        return
    try:
        day = date.fromisoformat(text)
    except ValueError:
        book.error("field-kind", file, field, text, wanted="a date such as 2027-11-01")
        return
    if book.today and day < book.today:
        book.warn("check-by-passed", file, field, text)
