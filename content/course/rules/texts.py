"""Every text of a question: is it there, does it fit its place?"""

from __future__ import annotations

from collections.abc import Iterator

from content.course.any_item import AnyItem
from content.course.book import Asked, Book
from content.course.bug import Bug
from content.course.choice import Choice, Multiple, Truth
from content.course.cloze import BLANK, Cloze
from content.course.formula import FormulaError
from content.course.match import Match
from content.course.number import NumberItem
from content.course.numerals import fill
from content.course.order import Order
from content.course.short import Short
from content.course.spans import width
from content.course.term import GLOSSARY
from content.course.text import Text

ASK = 216
OPTION = 60
WHY = 140
TITLE = 40
"""Cells at most; a question's three lines of 72."""

Limit = tuple[int, bool]
"""Cells at most (0 for any number), and whether more is an error."""

_ANY = (0, False)
_NOTE = (160, False)
_PROSE = (ASK, False)
_WHY = (WHY, True)


def texts(item: AnyItem) -> Iterator[tuple[str, Text, Limit]]:
    """Yield every text of a question with its field and how wide it may be."""
    yield "ask", item.ask, (ASK, True)
    for index, hint in enumerate(item.hints):
        yield f"hints[{index}]", hint, _PROSE
    if item.why:
        yield "why", item.why, _PROSE
    match item:
        case Choice() | Multiple() | Truth() | Bug():
            for index, option in enumerate(item.options):
                yield f"options[{index}].text", option.text, (OPTION, True)
                yield f"options[{index}].why", option.why, _WHY
            if isinstance(item, Bug):
                yield "line_why", item.line_why, _WHY
        case NumberItem():
            if item.unit:
                yield "unit", item.unit, (16, False)
            for index, step in enumerate(item.steps):
                yield f"steps[{index}]", step, (72, False)
            for index, wrong in enumerate(item.wrongs):
                yield f"wrong[{index}].why", wrong.why, _WHY
        case Order():
            for name, part in item.parts.items():
                yield f"parts.{name}", part, (OPTION, True)
            for index, rule in enumerate(item.rules):
                yield f"rules[{index}].why", rule.why, _WHY
        case Short():
            for index, point in enumerate(item.rubric):
                yield f"rubric[{index}].point", point.point, _WHY
                yield f"rubric[{index}].why", point.why, _WHY
            yield "model", item.model, _ANY
        case Match():
            for side, parts in (("left", item.left), ("right", item.right)):
                for name, part in parts.items():
                    yield f"{side}.{name}", part, (OPTION, True)
            for name in item.left:
                yield f"whys.{name}", item.whys.get(name, Text()), _WHY
        case Cloze():
            for name, blank in item.blanks.items():
                yield f"blanks.{name}.why", blank.why, _WHY
                for index, slipped in enumerate(blank.wrongs):
                    yield f"blanks.{name}.wrong[{index}].why", slipped.why, _WHY


def course_texts(book: Book) -> Iterator[tuple[str, str, int, Text, Limit]]:
    """Yield every text of a course outside of pages and questions: file, field, line (0 to look it up), text, limit.

    The language's place in a field is its end, else its `*`.
    """
    index, course = book.index, "course.yaml"
    yield course, "title", 0, index.title, (TITLE, True)
    yield course, "about", 0, index.about, _PROSE
    for name, chapter in index.chapters.items():
        yield course, f"chapters.{name}", 0, chapter, (TITLE, True)
    for section in index.sections:
        file = f"{section.slug}/section.yaml"
        yield file, "title", 0, section.title, (TITLE, True)
        for name, objective in section.objectives.items():
            yield file, f"objectives.{name}", 0, objective, _NOTE
        for name, slip in section.slips.items():
            yield file, f"slips.{name}", 0, slip, _NOTE
    for term in book.terms.values():
        yield GLOSSARY, f"{term.id}.*.term", 0, term.term, (TITLE, True)
        yield GLOSSARY, f"{term.id}.*.says", 0, term.says, _PROSE
    for preset in book.presets.values():
        yield preset.file, "title", book.preset_line(preset, "title"), preset.title, (TITLE, False)
        yield preset.file, "note", book.preset_line(preset, "note"), preset.note, _NOTE


def check_texts(book: Book) -> None:
    """Titles and texts fit; nothing lacks its reason; one or two hints."""
    for file, field, line, text, (most, hard) in course_texts(book):
        for language, words in text.all():
            if width(words) > most:
                tell = book.error if hard else book.warn
                tell("too-wide", file, named(field, language), words, line=line, cells=width(words), limit=most)
    for asked in book.all_items():
        item = asked.item
        if not 1 <= len(item.hints) <= 2:
            asked.error("hints-count", "hints", count=len(item.hints))
        if isinstance(item, Truth | NumberItem | Order | Bug) and not item.why:
            asked.error("why-missing", "why")
        for field, text, limit in texts(item):
            if (not text and field.endswith(("why", "line_why"))) or (not text and ".whys." in f".{field}"):
                asked.error("why-missing", field)
            _fits(asked, field, text, limit)


def _fits(asked: Asked, field: str, text: Text, limit: Limit) -> None:
    most, hard = limit
    for language, words in text.all():
        taken = max(map(width, _sample(asked.item, words).split("\n")))
        if most and taken > most:
            tell = asked.error if hard else asked.warn
            tell("too-wide", named(field, language), words, cells=taken, limit=most)


def _sample(item: AnyItem, words: str) -> str:
    """Return the words as a learner may see them, with the numbers of the first check in them."""
    if isinstance(item, Cloze):
        return BLANK.sub("________", words)
    if isinstance(item, NumberItem) and item.checks:
        try:
            return fill(words, item.work_out(item.checks[0].values))
        except FormulaError:
            return words  # told by the rules of numbers
    return words


def named(field: str, language: str) -> str:
    """Return the whole name of a text in one language, which stands in the place of a `*`, else at the end."""
    if "*" in field:
        return field.replace("*", language)
    return f"{field}.{language}" if language else field
