"""Grades an answer: a pure function of question, answer and seed."""

from __future__ import annotations

from content.course.any_item import AnyItem
from content.course.bug import Bug
from content.course.choice import Choice, Multiple, Truth
from content.course.cloze import Cloze
from content.course.formula import FormulaError
from content.course.match import Match
from content.course.number import NumberItem
from content.course.numerals import close
from content.course.option import Option
from content.course.order import Order
from content.course.short import Short
from content.quiz.answer import (
    Answer,
    Chosen,
    Filled,
    Judged,
    Marked,
    Matched,
    Ordered,
    Spotted,
    Typed,
    Written,
)
from content.quiz.draw import drawn
from content.quiz.numbers import parse_number
from content.quiz.shuffle import obeys
from content.quiz.verdict import Part, Verdict, verdict
from content.quiz.words import same


def grade(item: AnyItem, answer: Answer, seed: int = 0) -> Verdict:
    """Return what the answer is worth.

    Args:
        seed: That with which a number question was drawn; other types do not look at it.

    Raises:
        TypeError: The answer is not of the question's type.
        FormulaError: A number question cannot be computed.
    """
    match item, answer:
        case Choice(), Chosen():
            part = _option(item.options, answer.option)
            return verdict(float(part.right), [part])
        case Multiple(), Marked():
            return _multiple(item, answer)
        case Truth(), Judged():
            judged = Part("verdict", answer.verdict == item.answer, why=item.why)
            reason = _option(item.options, answer.option)
            return verdict((0.5 + 0.5 * reason.right) * judged.right, [judged, reason])
        case NumberItem(), Typed():
            return _number(item, answer, seed)
        case Order(), Ordered():
            return _order(item, answer)
        case Bug(), Spotted():
            line = Part("line", answer.line.strip() == item.bug, why=item.line_why)
            reason = _option(item.options, answer.option)
            return verdict(0.5 * line.right + 0.5 * reason.right, [line, reason])
        case Short(), Written():
            met = (*answer.met, *[False] * len(item.rubric))
            points = [Part(str(at), met[at], why=point.why) for at, point in enumerate(item.rubric)]
            return _share(points)
        case Match(), Matched():
            pairs = [
                Part(left, answer.pairs.get(left) == right, why=item.whys.get(left, item.why))
                for left, right in item.pairs.items()
            ]
            return _share(pairs)
        case Cloze(), Filled():
            return _share([_blank(item, name, answer.blanks.get(name, "")) for name in item.blanks])
    raise TypeError(f"{type(answer).__name__} does not answer a question of type {item.kind}")


def complete(item: AnyItem, answer: Answer) -> bool:
    """Return whether an answer can be locked: nothing is missing, and a number can be read as one."""
    match item, answer:
        case Choice(), Chosen(option):
            return any(each.id == option for each in item.options)
        case Truth(), Judged(_, option):
            return any(each.id == option for each in item.options)
        case Multiple(), Marked(options):
            return bool(options)
        case NumberItem(), Typed(text):
            return parse_number(text, item.unit.words.values()) is not None
        case Order(), Ordered(parts):
            return sorted(parts) == sorted(item.parts)
        case Bug(), Spotted(line, option):
            return bool(line.strip()) and any(each.id == option for each in item.options)
        case Short(), Written(text, met):
            return bool(text.strip()) and len(met) == len(item.rubric)
        case Match(), Matched(pairs):
            return all(pairs.get(left) for left in item.left)
        case Cloze(), Filled(blanks):
            return all(blanks.get(name, "").strip() for name in item.blanks)
    return False


def _share(parts: list[Part]) -> Verdict:
    right = sum(part.right for part in parts)
    return verdict(right / max(1, len(parts)), parts, right=bool(parts) and right == len(parts))


def _option(options: tuple[Option, ...], chosen: str) -> Part:
    for option in options:
        if option.id == chosen:
            return Part(option.id, option.right, "" if option.right else option.slip, option.why)
    return Part(chosen, False)


def _multiple(item: Multiple, answer: Marked) -> Verdict:
    """A hit adds, a false pick takes away, never below nothing."""
    picked = set(answer.options)
    rights = sum(option.right for option in item.options)
    hits = sum(option.right for option in item.options if option.id in picked)
    false = len(picked) - hits
    parts = [
        Part(
            option.id,
            (option.id in picked) == option.right,
            option.slip if option.id in picked and not option.right else "",
            option.why,
        )
        for option in item.options
    ]
    return verdict((hits - false) / max(1, rights), parts, right=bool(rights) and hits == rights and not false)


def _number(item: NumberItem, answer: Typed, seed: int) -> Verdict:
    values = drawn(item, seed)
    given = parse_number(answer.text, item.unit.words.values())
    if given is None:
        return verdict(0.0, [Part("answer", False, why=item.why)])
    if close(given, values["answer"], item.absolute, item.relative):
        return verdict(1.0, [Part("answer", True, why=item.why)])
    for wrong in item.wrongs:
        try:
            if close(given, wrong.formula.compute(values), item.absolute, item.relative):
                return verdict(0.0, [Part("answer", False, wrong.slip, wrong.why)])
        except FormulaError:
            continue  # with these numbers the mistake leads to no number
    return verdict(0.0, [Part("answer", False, why=item.why)])


def _order(item: Order, answer: Ordered) -> Verdict:
    at = {part: index for index, part in enumerate(answer.parts)}
    parts = []
    for rule in item.rules:
        held = all(a in at and b in at and at[a] < at[b] for a, b in rule.pairs())
        parts.append(Part("<".join(rule.chain), held, why=rule.why))
    share = sum(part.right for part in parts) / max(1, len(parts))
    return verdict(share, parts, right=obeys(item, answer.parts))


def _blank(item: Cloze, name: str, given: str) -> Part:
    blank = item.blanks[name]
    if same(given, blank.accept):
        return Part(name, True, why=blank.why)
    for wrong in blank.wrongs:
        if same(given, wrong.forms):
            return Part(name, False, wrong.slip, wrong.why)
    return Part(name, False, why=blank.why)
