"""The corpus of a course, made once and kept beside the course's index; a change of the course makes it anew."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Lock

import msgspec

from content.course.course import Course
from content.course.index import Index
from content.course.kept import digest, index_files, keep, short_name
from content.course.term import GLOSSARY
from content.search.corpus import Corpus, Hit, corpus
from content.search.scraps import Scrap, section_scraps, term_scraps
from content.search.shelf import Shelf

VERSION = 1
"""Of the file; raised when scraps or folding change."""

BREATH_SECONDS = 0.002
"""A pause after each section, so that a screen that is drawn meanwhile gets its turn."""


class _Kept(msgspec.Struct, frozen=True):
    version: int
    digest: str
    shelves: list[Shelf]


class Finder:
    """Finds in a course, once its corpus is loaded; loading may take place in a thread of its own.

    Attributes:
        corpus: None until it is loaded.
    """

    def __init__(self, root: Path, index: Index, cache: Path | None) -> None:
        """Take a course's folder and index, and the folder for the file; None keeps none."""
        self.root = root
        self.index = index
        self.corpus: Corpus | None = None
        self._loading = Lock()
        self._file = cache / f"search-{short_name(root)}.msgpack" if cache is not None else None

    def load(self, stopped: Callable[[], bool] = lambda: False) -> None:
        """Read the corpus, or make it, unless it is `stopped`; the course's own objects are left alone."""
        with self._loading:
            if self.corpus is None:
                fresh = digest(self.root, self._files())
                self.corpus = self._read(fresh) or self._make(fresh, stopped)

    def find(self, wanted: str, language: str) -> list[Hit]:
        """Return what fits, the best first; nothing as long as the corpus is not loaded."""
        return self.corpus.find(wanted, language) if self.corpus is not None else []

    def _read(self, fresh: str) -> Corpus | None:
        if self._file is None:
            return None
        with contextlib.suppress(OSError, msgspec.DecodeError):
            kept = msgspec.msgpack.decode(self._file.read_bytes(), type=_Kept)
            if (kept.version, kept.digest) == (VERSION, fresh):
                return Corpus(kept.shelves)
        return None

    def _make(self, fresh: str, stopped: Callable[[], bool]) -> Corpus | None:
        found: list[Scrap] = []
        for section in self.index.sections:
            if stopped():
                return None
            course = Course(self.root, self.index, [])  # a new one each time: a large course would fill the memory
            for language in self.index.languages:
                found += section_scraps(course, section, language)
            time.sleep(BREATH_SECONDS)
        terms = Course(self.root, self.index, []).terms.values()
        for language in self.index.languages:
            found += [scrap for term in terms for scrap in term_scraps(term, language)]
        made = corpus(found)
        if self._file is not None:
            keep(self._file, msgspec.msgpack.encode(_Kept(VERSION, fresh, made.shelves)))
        return made

    def _files(self) -> Iterator[str]:
        """Yield the files in which something can be found."""
        yield from index_files(self.index)
        for section in self.index.sections:
            for language in self.index.languages:
                yield f"{section.slug}/page.{language}.md"
        yield GLOSSARY
