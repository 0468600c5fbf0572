"""Orders, bugs, short answers, pairs and blanks: the right number of parts, all different."""

from __future__ import annotations

from content.course.book import Asked, Book
from content.course.bug import Bug
from content.course.cells import cells
from content.course.cloze import Cloze
from content.course.match import Match
from content.course.order import Order
from content.course.sentences import near
from content.course.short import Short
from content.course.text import Text
from content.quiz.words import same

CODE_LINES = 14
CODE_CELLS = 68


def check_parts(book: Book) -> None:
    """Every question made of parts holds together."""
    for asked in book.all_items():
        match asked.item:
            case Order() as item:
                _order(asked, item)
            case Bug() as item:
                _bug(asked, item)
            case Short() as item:
                _count(asked, "rubric", len(item.rubric), 2, 4)
            case Match() as item:
                _match(asked, item)
            case Cloze() as item:
                _cloze(asked, item)


def _count(asked: Asked, field: str, count: int, low: int, high: int) -> None:
    if not low <= count <= high:
        asked.error("parts-count", field, count=count, low=low, high=high)


def _twice(asked: Asked, field: str, parts: dict[str, Text]) -> None:
    for language in asked.book.languages:
        seen: set[str] = set()
        for name, text in parts.items():
            if text.say(language) in seen:
                asked.error("part-twice", f"{field}.{name}", text.say(language))
            seen.add(text.say(language))


def _order(asked: Asked, item: Order) -> None:
    _count(asked, "parts", len(item.parts), 3, 8)
    _twice(asked, "parts", item.parts)
    if not item.rules:
        asked.error("field-missing", "rules")


def _bug(asked: Asked, item: Bug) -> None:
    lines = item.lines()
    if len(lines) > CODE_LINES:
        asked.error("too-many-lines", "code", lines=len(lines), limit=CODE_LINES)
    for line in lines:
        if cells(line) > CODE_CELLS:
            asked.error("too-wide", "code", line, cells=cells(line), limit=CODE_CELLS)


def _match(asked: Asked, item: Match) -> None:
    _count(asked, "left", len(item.left), 2, 6)
    _count(asked, "right", len(item.right), 2, 8)
    _twice(asked, "left", item.left)
    _twice(asked, "right", item.right)
    for name in item.whys:
        if name not in item.left:
            asked.error("pair-unknown", f"whys.{name}", name, hint=near(name, item.left))


def _cloze(asked: Asked, item: Cloze) -> None:
    if not item.blanks:
        asked.error("field-missing", "blanks")
    for name, blank in item.blanks.items():
        for index, wrong in enumerate(blank.wrongs):
            for form in (form for forms in wrong.forms.values() for form in forms):
                if same(form, blank.accept):
                    asked.error("blank-both", f"blanks.{name}.wrong[{index}].is", form)
