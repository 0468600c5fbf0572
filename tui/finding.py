"""Finding things by words: names of places and actions, and the course's own text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

import msgspec

from content.course.blocks import (
    Code,
    Demo,
    Figure,
    Heading,
    Listing,
    Opening,
    Paragraph,
    Quote,
    Table,
    Train,
    Worked,
)
from content.course.cloze import BLANK
from content.course.course import Course
from content.course.page import Page
from content.course.spans import item_spans, plain
from content.quiz.posed import Posed

FIRST_DRAW = 0
"""The seed of the numbers with which a list shows a question that draws them."""

SNIPPET = 60
"""Letters shown around a hit."""


class Entry(msgspec.Struct, frozen=True):
    """Something that can be found: where it leads, its name, its text."""

    place: tuple[str, ...]
    kind: str
    """A key of the palette's words: page, question, term, run, action, text."""
    name: str
    text: str = ""


class Hit(msgspec.Struct, frozen=True):
    """An entry that fits, and what of its text to show."""

    entry: Entry
    snippet: str = ""


def folded(text: str) -> str:
    """Return `text` as it is compared: case, width and accents do not matter."""
    wide = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in wide if not unicodedata.combining(letter))


def hits(entries: Iterable[Entry], wanted: str, most: int = 60) -> list[Hit]:
    """Return the entries that hold every word of `wanted`, names before texts, in their own order.

    Chinese has no spaces: there a word is what stands between spaces of the query, two letters included.
    """
    words = folded(wanted).split()
    named: list[Hit] = []
    told: list[Hit] = []
    for entry in entries:
        name = "" if entry.kind == "text" and entry.text else folded(entry.name)
        if all(word in name for word in words):
            named.append(Hit(entry))
        elif words and entry.text:
            text = folded(entry.text)
            if all(word in f"{name} {text}" for word in words):
                told.append(Hit(entry, around(entry.text, next((word for word in words if word in text), words[0]))))
    return (named + told)[:most]


def around(text: str, word: str) -> str:
    """Return the part of `text` that holds `word`, on one line."""
    line = " ".join(text.split())
    at = max(0, folded(line).find(word))
    start = max(0, min(at - SNIPPET // 3, len(line) - SNIPPET))
    return line[start : start + SNIPPET]


def course_entries(course: Course, language: str) -> Iterator[Entry]:
    """Yield everything of the course that can be found by its words, in the course's order."""
    for section in course.sections:
        title = f"{section.id} {section.title.say(language)}"
        yield Entry(("page", section.slug), "page", title)
        yield Entry(("question", section.slug), "questions", title)
    for section in course.sections:
        page = course.page(section.slug, language)
        if page is not None:
            yield from _page_entries(page, section.slug)
        for item in course.items(section.slug):
            ask = plain_ask(Posed(item, FIRST_DRAW).say(item.ask, language))
            yield Entry(("question", section.slug, item.id), "question", ask)
    for term in course.terms.values():
        names = " / ".join(dict.fromkeys(name for _, name in term.term.all()))
        yield Entry(("glossary", term.id), "term", names, term.says.say(language))


def _page_entries(page: Page, slug: str) -> Iterator[Entry]:
    heading = page.title
    for index, block in enumerate(page.blocks):
        place = ("page", slug, page.place(index))
        match block:
            case Heading(spans=spans):
                heading = plain(spans)
                yield Entry(place, "text", heading)
            case Paragraph(spans=spans) | Opening(spans=spans) | Train(spans=spans) | Demo(spans=spans):
                yield Entry(place, "text", heading, plain(spans))
            case Listing(items=rows):
                yield Entry(place, "text", heading, " ".join(plain(row) for row in rows))
            case Quote(paragraphs=rows):
                yield Entry(place, "text", heading, " ".join(plain(row) for row in rows))
            case Table(header=header, rows=rows):
                yield Entry(place, "text", heading, " ".join(plain(cell) for row in (header, *rows) for cell in row))
            case Worked(title=title, lines=lines):
                yield Entry(place, "text", heading, f"{title} " + " ".join(lines))
            case Code(text=text):
                yield Entry(place, "text", heading, text)
            case Figure(caption=caption):
                yield Entry(place, "text", heading, caption)


def plain_ask(ask: str) -> str:
    """Return a question on one line, as a list shows it: its marks left out, its blanks drawn."""
    return " ".join(BLANK.sub("___", plain(item_spans(ask))).split())
