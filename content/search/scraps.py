"""What of a course can be found: names, questions, terms, and the text of pages, each with where it leads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from content.course import blocks
from content.course.any_item import AnyItem
from content.course.bug import Bug
from content.course.choice import Choice, Multiple, Truth
from content.course.cloze import BLANK
from content.course.course import Course
from content.course.match import Match
from content.course.order import Order
from content.course.page import Page
from content.course.section import Section
from content.course.spans import item_spans, plain
from content.course.term import Term
from content.course.text import Text
from content.quiz.posed import drawn_ask
from content.search.terms import names

Kind = Literal["page", "term", "heading", "question", "said", "text", "part"]
"""Name of a page; of a term; heading; question; what a term means; text of a page; answers to choose from."""


class Scrap(msgspec.Struct, frozen=True, array_like=True, gc=False):  # 50,000 would slow each collection down
    """Something that can be found.

    Attributes:
        place: Where it leads, as a screen is opened: ("page", "losses", "logits+1").
        text: What is searched, and shown.
        context: What stands over it: words of a query may stand there, too.
    """

    kind: Kind
    language: str
    place: tuple[str, ...]
    text: str
    context: str = ""


def scraps(course: Course, language: str) -> Iterator[Scrap]:
    """Yield everything of a course in one language, in the course's order; its pages and questions are read for it."""
    for section in course.sections:
        yield from section_scraps(course, section, language)
    for term in course.terms.values():
        yield from term_scraps(term, language)


def section_scraps(course: Course, section: Section, language: str) -> Iterator[Scrap]:
    """Yield what can be found of one section in one language."""
    title = f"{section.id} {section.title.say(language)}"
    yield Scrap("page", language, ("page", section.slug), title)
    page = course.page(section.slug, language)
    if page is not None and page.language == language:
        yield from page_scraps(page, section.title.say(language))
    for item in course.items(section.slug):
        yield from item_scraps(item, section.slug, language)


def page_scraps(page: Page, title: str) -> Iterator[Scrap]:
    """Yield the headings and the text of a page."""
    heading = title
    for index, block in enumerate(page.blocks):
        place = ("page", page.slug, page.place(index))
        if isinstance(block, blocks.Heading):
            heading = plain(block.spans)
            yield Scrap("heading", page.language, place, heading, title)
        elif said := " ".join(told(block).split()):
            yield Scrap("text", page.language, place, said, heading)


def told(block: blocks.Block) -> str:
    """Return what a block says; of a drawing its caption."""
    match block:
        case blocks.Worked(title=title, lines=lines):
            return "\n".join((title, *lines))
        case blocks.Figure(caption=caption):
            return caption
        case blocks.Code(text=text):
            return text
    return "\n".join(map(plain, blocks.spans_of(block)))


def item_scraps(item: AnyItem, slug: str, language: str) -> Iterator[Scrap]:
    """Yield a question and what there is to choose from; no reason and no answer is given away."""
    place = ("question", slug, item.id)
    ask = plain_ask(item, language)
    yield Scrap("question", language, place, ask)
    parts = " / ".join(" ".join(plain(item_spans(text.say(language))).split()) for text in choices(item))
    if parts:
        yield Scrap("part", language, place, parts, ask)


def plain_ask(item: AnyItem, language: str) -> str:
    """Return a question on one line, as a list shows it: its marks left out, its numbers drawn, its blanks empty."""
    return " ".join(BLANK.sub("___", plain(item_spans(drawn_ask(item, language)))).split())


def choices(item: AnyItem) -> Iterable[Text]:
    """Return what a learner chooses from before a question is answered."""
    match item:
        case Bug():
            return [Text({"": item.code}), *(option.text for option in item.options)]
        case Choice() | Multiple() | Truth():
            return [option.text for option in item.options]
        case Order():
            return item.parts.values()
        case Match():
            return [*item.left.values(), *item.right.values()]
    return []


def term_scraps(term: Term, language: str) -> Iterator[Scrap]:
    """Yield the names of a term in one language, and what it means."""
    place = ("glossary", term.id)
    if language in term.term.words or "" in term.term.words:
        yield Scrap("term", language, place, term.term.say(language))
        yield Scrap("said", language, place, " ".join(term.says.say(language).split()), "\n".join(names(term)))
    for name in term.aka.get(language, ()):
        yield Scrap("term", language, place, name)
