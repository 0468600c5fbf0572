"""What makes a question unanswerable: such a one is told, and left out of the course that a learner sees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from content.course.any_item import AnyItem
from content.course.bug import Bug
from content.course.choice import Choice, Multiple, Truth
from content.course.cloze import BLANK, Cloze
from content.course.formula import FormulaError
from content.course.match import Match
from content.course.number import NumberItem
from content.course.order import Order
from content.course.sentences import near
from content.course.short import Short
from content.quiz.draw import drawn
from content.quiz.words import folded

ROWS = 12


class Flaw(msgspec.Struct, frozen=True):
    """A flaw: the code of its sentence, the field of the question, what stands there."""

    code: str
    field: str
    value: str = ""
    details: dict[str, Any] = {}


def flaws(item: AnyItem) -> Iterator[Flaw]:
    """Yield what makes the question unanswerable."""
    match item:
        case Choice() | Multiple() | Truth() | Bug():
            yield from _many("options", len(item.options))
            if not any(option.right for option in item.options):
                wanted = "at least one, but not all" if isinstance(item, Multiple) else "exactly one"
                yield Flaw("right-count", "options", details={"count": 0, "wanted": wanted})
            if isinstance(item, Bug):
                yield from _bug(item)
        case NumberItem():
            yield from _number(item)
        case Order():
            yield from _many("parts", len(item.parts))
            yield from _order(item)
        case Match():
            yield from _many("left", len(item.left))
            yield from _many("right", len(item.right))
            yield from _match(item)
        case Cloze():
            yield from _many("blanks", len(item.blanks))
            yield from _cloze(item)
        case Short():
            yield from _many("rubric", len(item.rubric))


def _many(field: str, count: int) -> Iterator[Flaw]:
    """Rows are chosen by letters, and there are no more."""
    if count > ROWS:
        yield Flaw("too-many", field, details={"count": count, "limit": ROWS})


def _bug(item: Bug) -> Iterator[Flaw]:
    count = sum(line.strip() == item.bug for line in item.lines())
    if count != 1:
        yield Flaw("bug-line", "bug", item.bug, {"count": count})


def _number(item: NumberItem) -> Iterator[Flaw]:
    """Every formula uses only names that stand before it, and some draw can be computed."""
    known, sound = set(item.draws), True
    formulas = [(f"let.{name}", name, formula) for name, formula in item.lets.items()]
    formulas += [("answer", "answer", item.answer)]
    formulas += [(f"wrong[{index}].is", "", wrong.formula) for index, wrong in enumerate(item.wrongs)]
    for field, defines, formula in formulas:
        for name in sorted(formula.names - known):
            sound = False
            yield Flaw("formula-name", field, formula.source, {"at": name})
        known.add(defines)
    if sound:
        try:
            drawn(item, 0)
        except FormulaError as error:
            yield Flaw(error.code, "answer", item.answer.source, {"at": error.value})


def _order(item: Order) -> Iterator[Flaw]:
    after: dict[str, set[str]] = {}
    for index, rule in enumerate(item.rules):
        field = f"rules[{index}].rule"
        for part in rule.chain:
            if part not in item.parts:
                yield Flaw("rule-part", field, part, {"hint": near(part, item.parts)})
        for first, second in rule.pairs():
            if _reaches(after, second, first):
                circle = f"{first} < {second} < ... < {first}"
                yield Flaw("rule-cycle", field, " < ".join(rule.chain), {"circle": circle})
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


def _match(item: Match) -> Iterator[Flaw]:
    for left, right in item.pairs.items():
        if left not in item.left:
            yield Flaw("pair-unknown", f"pairs.{left}", left, {"hint": near(left, item.left)})
        if right not in item.right:
            yield Flaw("pair-unknown", f"pairs.{left}", right, {"hint": near(right, item.right)})
    for left in item.left:
        if left not in item.pairs:
            yield Flaw("pair-missing", "pairs", details={"name": left})


def _cloze(item: Cloze) -> Iterator[Flaw]:
    for language, words in item.ask.all():
        named = BLANK.findall(words)
        for name in named:
            if name not in item.blanks:
                field = f"ask.{language}" if language else "ask"
                yield Flaw("blank-unknown", field, name, {"hint": near(name, item.blanks)})
        for name in item.blanks:
            if named.count(name) != 1:
                details = {"name": name, "language": language or "any language"}
                yield Flaw("blank-unasked", f"blanks.{name}", name, details)
    for name, blank in item.blanks.items():
        for form in (form for forms in blank.accept.values() for form in forms):
            if not folded(form):
                yield Flaw("blank-nothing", f"blanks.{name}.accept", form)
