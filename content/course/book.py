"""A whole course in the hands of the linter: everything read, with the line of every field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from content.course.any_item import AnyItem
from content.course.fields import Source
from content.course.markdown import read_page
from content.course.page import Page
from content.course.preset import Preset, line_of, read_presets
from content.course.section import Section
from content.course.sentences import fault
from content.course.source import read_source
from content.course.survey import load_items, read_index
from content.course.term import GLOSSARY, read_glossary
from content.errors import Fault

Refused = Callable[[str, dict[str, Any]], str | None]
"""Given a kind of run and wishes by knob, says in a sentence why they make no recipe, None where they do."""


_ENTRY = re.compile(r"items\[\d+\]")


class Book:
    """A course as the rules see it.

    Attributes:
        refused: Says what is wrong with a preset; None where the caller knows no recipes.
        demos: The names of the demos that there are; None where the caller knows none.
        today: For facts that are to be checked again by a date.
        nameless: Sections of which nothing but the folder is known; what names them or theirs may be right.
        partial: Sections some of whose questions could not be read; what seems unused may be used there.
    """

    def __init__(
        self, root: Path, refused: Refused | None, today: date | None, demos: Sequence[str] | None = None
    ) -> None:
        self.root = root
        self.refused = refused
        self.demos = demos
        self.today = today
        self.errors: list[Fault] = []
        self.warnings: list[Fault] = []
        self.sources: dict[str, Source] = {}
        self.texts: dict[str, str] = {}
        self.index = read_index(root, self.errors, self.sources)
        slugs = [section.slug for section in self.index.sections]
        self.nameless = frozenset(slug for slug in slugs if not self.sources[f"{slug}/section.yaml"].lines)
        self.partial: set[str] = set()
        self.languages = self.index.languages
        self.items: dict[str, tuple[AnyItem, ...]] = {each.slug: self._items(each) for each in self.index.sections}
        self.pages: dict[tuple[str, str], Page] = {}
        for section in self.index.sections:
            for language in self.languages:
                self._page(section.slug, language)
        self.sources[GLOSSARY] = Source(GLOSSARY, self.languages, self.errors)
        self.terms = read_glossary(root, self.sources[GLOSSARY])
        self.presets = read_presets(root, self.languages, self.errors, self.texts)

    def error(self, code: str, file: str, field: str, value: object = "", *, line: int = 0, **more: object) -> None:
        """Tell a fault that must be mended."""
        self.errors.append(self._fault(code, file, field, value, line, more))

    def warn(self, code: str, file: str, field: str, value: object = "", *, line: int = 0, **more: object) -> None:
        """Tell what an author should look at."""
        self.warnings.append(self._fault(code, file, field, value, line, more))

    def all_items(self) -> Iterator[Asked]:
        """Yield every question of every section."""
        for section in self.index.sections:
            for item in self.items[section.slug]:
                yield Asked(self, section, item)

    def line(self, file: str, field: str) -> int:
        """Return the line of a field, else that of the nearest field around it."""
        return self.sources[file].line(field) if file in self.sources else 0

    def _fault(self, code: str, file: str, field: str, value: object, line: int, more: Mapping[str, object]) -> Fault:
        line = line or self.line(file, field)
        return fault(code, file=file, line=line, field=field, value=value, **more)

    def _items(self, section: Section) -> tuple[AnyItem, ...]:
        told = len(self.errors)
        items, source = load_items(self.root, section, self.languages, self.errors, keep_flawed=True)
        self.sources[source.file] = source
        written = sum(bool(_ENTRY.fullmatch(field)) for field in source.lines)
        if len(items) < written or (not written and len(self.errors) > told):
            self.partial.add(section.slug)
        if section.slug in self.nameless:
            self.errors[told:] = [each for each in self.errors[told:] if each.code != "section-mismatch"]
        return items

    def _page(self, slug: str, language: str) -> None:
        file = f"{slug}/page.{language}.md"
        text = read_source(self.root, file, self.errors)
        if text is not None:
            page, faults = read_page(text, slug=slug, language=language, file=file)
            self.pages[slug, language] = page
            self.texts[file] = text
            self.errors += faults

    def preset_line(self, preset: Preset, field: str) -> int:
        """Return the line of a preset's file that sets a field."""
        return line_of(self.texts[preset.file], field)


class Asked:
    """A question in its section; faults are told with its file and the line of its field."""

    def __init__(self, book: Book, section: Section, item: AnyItem) -> None:
        self.book = book
        self.section = section
        self.item = item
        self.file = f"{section.slug}/items.yaml"

    def error(self, code: str, field: str, value: object = "", **more: object) -> None:
        """Tell a fault of one of the question's fields."""
        self.book.error(code, self.file, f"{self.item.id}.{field}", value, **more)  # type: ignore[arg-type]  # fault takes any details

    def warn(self, code: str, field: str, value: object = "", **more: object) -> None:
        """Tell what the author should look at in one of the question's fields."""
        self.book.warn(code, self.file, f"{self.item.id}.{field}", value, **more)  # type: ignore[arg-type]  # fault takes any details
