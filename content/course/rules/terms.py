"""The glossary: one name for one concept, in every language; every term is met on some page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from content.course.blocks import spans_of
from content.course.book import Book
from content.course.rules.links import linked_spans
from content.course.rules.pages import ENDING
from content.course.rules.texts import texts
from content.course.spans import plain
from content.course.term import GLOSSARY, Term


def check_terms(book: Book) -> None:
    """No name has two entries, no entry is without a link, and nobody says what the glossary advises against."""
    taken: dict[tuple[str, str], str] = {}
    for term in book.terms.values():
        for language, name in names(term):
            other = taken.setdefault((language, name.casefold()), term.id)
            if other != term.id:
                book.error("term-name-twice", GLOSSARY, f"{term.id}.{language}", name, other=other)
    for (language, name), owner in taken.items():
        for term in book.terms.values():
            if name in map(str.casefold, term.avoid.get(language, ())):
                book.error("term-avoid-name", GLOSSARY, f"{term.id}.avoid", name, other=owner)
    linked = {span.term for page in book.pages.values() for _, _, span in linked_spans(page)}
    whole = len(book.pages) == len(book.index.sections) * len(book.languages) > 0
    for term in book.terms.values() if whole else ():
        if term.id not in linked:
            book.warn("term-unlinked", GLOSSARY, f"{term.id}.id", term.term.say(book.languages[0]))
    _avoided(book)


def names(term: Term) -> Iterator[tuple[str, str]]:
    """Yield every name of a term with its language, each once."""
    found = [(language, name) for language, name in term.term.all()]
    found += [(language, name) for language, others in term.aka.items() for name in others]
    yield from dict.fromkeys(found)


def _avoided(book: Book) -> None:
    """Say where a page or a question uses a word for which the glossary has another one."""
    for term in book.terms.values():
        for language, words in term.avoid.items():
            for word in words:
                for file, field, line in _uses(book, language, _pattern(word)):
                    book.warn("term-avoided", file, field, word, line=line, wanted=term.term.say(language))


def _pattern(word: str) -> re.Pattern[str]:
    edge = r"\b" if word.isascii() else ""
    return re.compile(edge + re.escape(word) + edge, re.IGNORECASE)


def _uses(book: Book, language: str, pattern: re.Pattern[str]) -> Iterator[tuple[str, str, int]]:
    for page in book.pages.values():
        if page.language == language:
            under = "page"
            for block in page.blocks:
                under = block.anchor or under
                if under in ENDING:
                    break
                if any(pattern.search(plain(spans)) for spans in spans_of(block)):
                    yield page.file, under, block.line
    for asked in book.all_items():
        for field, text, _ in texts(asked.item):
            if pattern.search(text.words.get(language, "")):
                name = f"{asked.item.id}.{field}.{language}"
                yield asked.file, name, book.line(asked.file, name)
