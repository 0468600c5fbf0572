"""A course: its sections at once, its pages and questions when they are first wanted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from content.course.index import Index, Key, keys_of
from content.course.kept import Tell, open_index
from content.course.section import Section
from content.course.text import Text

if TYPE_CHECKING:
    from content.course.any_item import AnyItem
    from content.course.page import Page
    from content.course.preset import Preset
    from content.course.term import Term
    from content.errors import Fault

# What reads pages, questions, terms and presets is imported when the first of them is wanted: home needs none.


def bundled() -> Path:
    """Return the folder of the course that comes with the program."""
    from importlib.resources import files

    return Path(str(files("content"))) / "library" / "large-models"


def open_course(path: Path, *, cache: Path | None = None, tell: Tell | None = None) -> Course:
    """Return the course of a folder; faults in it are collected in `faults`, the sound rest is usable.

    Args:
        path: The folder with `course.yaml`.
        cache: A folder for the index, so that later starts read no YAML; None to keep none.
        tell: Told how many sections were read, where the index has to be made; a large one takes seconds.

    Raises:
        ContentError: There is no `course.yaml` from which a course could be made.
    """
    faults: list[Fault] = []
    return Course(path, open_index(path, cache, faults, tell), faults)


class Course:
    """A course folder, read as far as it was asked for.

    Attributes:
        root: The folder.
        index: Title, languages, sections, misconceptions.
        found: Every fault met so far; `faults` gives each once.
    """

    def __init__(self, root: Path, index: Index, faults: list[Fault]) -> None:
        self.root = root
        self.index = index
        self.found = faults
        # of two that share a name the first is meant, as in the order of reading
        self._named = {name: each for each in reversed(index.sections) for name in (each.id, each.slug)}
        self._counted = 0
        self._faults: tuple[Fault, ...] = ()
        self._items: dict[str, tuple[AnyItem, ...]] = {}
        self._pages: dict[tuple[str, str], Page | None] = {}
        self._terms: dict[str, Term] | None = None
        self._presets: dict[str, Preset] | None = None

    @property
    def id(self) -> str:
        """The course's permanent name."""
        return self.index.id

    @property
    def title(self) -> Text:
        """The course's title."""
        return self.index.title

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages, the author's first one first."""
        return self.index.languages

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections in order."""
        return self.index.sections

    @property
    def slugs(self) -> tuple[str, ...]:
        """The sections' folders in order."""
        return tuple(section.slug for section in self.sections)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The faults met so far, each once."""
        if len(self.found) != self._counted:
            self._faults = tuple({str(fault): fault for fault in self.found}.values())
            self._counted = len(self.found)
        return self._faults

    def section(self, name: str) -> Section | None:
        """Return the section of that id or slug."""
        return self._named.get(name)

    def items(self, name: str) -> tuple[AnyItem, ...]:
        """Return the questions of a section, given by slug or id, in their order."""
        section = self.section(name)
        if section is None:
            return ()
        if section.slug not in self._items:
            from content.course.survey import load_items

            items, _ = load_items(self.root, section, self.languages, self.found)
            self._items[section.slug] = items
        return self._items[section.slug]

    def keys(self, name: str) -> tuple[Key, ...]:
        """Return what the record needs to know of a section's questions; cheap where an index is cached."""
        section = self.section(name)
        if section is None:
            return ()
        cached = self.index.keys.get(section.slug)
        return keys_of(self.items(section.slug)) if cached is None else cached

    def recall(self, name: str) -> str:
        """Return the id of the short question that is asked before a section's page; "" for none that is sound."""
        section = self.section(name)
        if section is None or not section.recall:
            return ""
        wanted = (section.recall, "short")
        return section.recall if any((key.id, key.kind) == wanted for key in self.keys(section.slug)) else ""

    def item(self, name: str) -> AnyItem | None:
        """Return the question of that id."""
        for section in self.sections:
            if any(key.id == name for key in self.keys(section.slug)):
                return next((item for item in self.items(section.slug) if item.id == name), None)
        return None

    def page(self, name: str, language: str) -> Page | None:
        """Return a section's page in that language, else in another one that there is; None for none."""
        section = self.section(name)
        if section is None:
            return None
        others = [each for each in self.languages if each != language]
        for each in (language, *others):
            page = self._page(section.slug, each) if each in self.languages else None
            if page:
                return page
        return None

    def _page(self, slug: str, language: str) -> Page | None:
        if (slug, language) not in self._pages:
            from content.course.markdown import read_page
            from content.course.source import read_source

            file = f"{slug}/page.{language}.md"
            text = read_source(self.root, file, self.found)
            page = None
            if text is not None:
                page, faults = read_page(text, slug=slug, language=language, file=file)
                self.found += faults
            self._pages[slug, language] = page
        return self._pages[slug, language]

    @property
    def terms(self) -> dict[str, Term]:
        """The glossary by id."""
        if self._terms is None:
            from content.course.fields import Source
            from content.course.term import GLOSSARY, read_glossary

            self._terms = read_glossary(self.root, Source(GLOSSARY, self.languages, self.found))
        return self._terms

    @property
    def presets(self) -> dict[str, Preset]:
        """The presets by name."""
        if self._presets is None:
            from content.course.preset import read_presets

            self._presets = read_presets(self.root, self.languages, self.found)
        return self._presets

    def slip(self, name: str) -> Text | None:
        """Return the words of a misconception."""
        for section in self.sections:
            if name in section.slips:
                return section.slips[name]
        return self.index.slips.get(name)
