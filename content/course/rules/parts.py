"""Orders, bugs, short answers, pairs and blanks: every name is known, everything can be answered."""

from __future__ import annotations

from content.course.book import Asked, Book
from content.course.bug import Bug
from content.course.cells import cells
from content.course.cloze import BLANK, Cloze
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
    after: dict[str, set[str]] = {}
    for index, rule in enumerate(item.rules):
        for part in rule.chain:
            if part not in item.parts:
                asked.error("rule-part", f"rules[{index}].rule", part, hint=near(part, item.parts))
        for first, second in rule.pairs():
            if first == second or _reaches(after, second, first):
                circle = f"{first} < {second} < ... < {first}"
                asked.error("rule-cycle", f"rules[{index}].rule", " < ".join(rule.chain), circle=circle)
            after.setdefault(first, set()).add(second)


def _reaches(after: dict[str, set[str]], start: str, goal: str) -> bool:
    waiting, seen = [start], set()
    while waiting:
        part = waiting.pop()
        if part == goal:
            return True
        if part not in seen:
            seen.add(part)
            waiting += after.get(part, ())
    return False


def _bug(asked: Asked, item: Bug) -> None:
    lines = item.lines()
    count = sum(line.strip() == item.bug for line in lines)
    if count != 1:
        asked.error("bug-line", "bug", item.bug, count=count)
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
    for left, right in item.pairs.items():
        if left not in item.left:
            asked.error("pair-unknown", f"pairs.{left}", left, hint=near(left, item.left))
        if right not in item.right:
            asked.error("pair-unknown", f"pairs.{left}", right, hint=near(right, item.right))
    for left in item.left:
        if left not in item.pairs:
            asked.error("pair-missing", "pairs", name=left)
    for name in item.whys:
        if name not in item.left:
            asked.error("pair-unknown", f"whys.{name}", name, hint=near(name, item.left))


def _cloze(asked: Asked, item: Cloze) -> None:
    if not item.blanks:
        asked.error("field-missing", "blanks")
    for language, words in item.ask.all():
        named = BLANK.findall(words)
        for name in named:
            if name not in item.blanks:
                asked.error("blank-unknown", f"ask.{language}", name, hint=near(name, item.blanks))
        for name in item.blanks:
            if named.count(name) != 1:
                asked.error("blank-unasked", f"blanks.{name}", name, name=name, language=language or "it")
    for name, blank in item.blanks.items():
        for index, wrong in enumerate(blank.wrongs):
            for form in (form for forms in wrong.forms.values() for form in forms):
                if same(form, blank.accept):
                    asked.error("blank-both", f"blanks.{name}.wrong[{index}].is", form)
