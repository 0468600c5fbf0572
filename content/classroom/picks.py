"""What can be chosen in a question, and what an answer has chosen: options, lines, pairs, known mistakes."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from content.course.any_item import AnyItem
from content.course.bug import Bug
from content.course.choice import Choice, Multiple, Truth
from content.course.cloze import Cloze
from content.course.formula import FormulaError
from content.course.match import Match
from content.course.number import NumberItem
from content.course.option import Option
from content.course.order import Order
from content.course.short import Short
from content.course.text import Text
from content.memory.entry import Entry
from content.quiz.answer import Chosen, Judged, Marked, Spotted, decode_answer
from content.quiz.grade import grade

OPTION, VERDICT, LINE, ANSWER = "option", "verdict", "line", "answer"
"""Parts of questions with options and of those for a number; other parts are named as in a verdict."""

RIGHT, WRONG = "right", "wrong"
"""What comes of a part without options: it is right, a known mistake by its name, or wrong in a way of its own."""

Pick = tuple[str, str]
"""A part of a question and what was chosen there."""


class Offer(msgspec.Struct, frozen=True):
    """Something that can be chosen.

    Attributes:
        part: What it belongs to: "option", "verdict", "line", or the name of a rule, pair, blank or point.
        chosen: An option's id, "true" or "false", a line's text, "right", or a misconception.
        text: In the author's words; empty where there are none.
    """

    part: str
    chosen: str
    right: bool
    text: Text = Text()

    @property
    def distracts(self) -> bool:
        """Whether it is a wrong option."""
        return self.part == OPTION and not self.right


def offers(item: AnyItem) -> tuple[Offer, ...]:
    """Return what can be chosen, in the author's order."""
    return tuple(_offers(item))


def _offers(item: AnyItem) -> Iterator[Offer]:
    match item:
        case Choice(options=options) | Multiple(options=options):
            yield from _options(options)
        case Truth(answer=answer, options=options):
            for verdict in (True, False):
                yield Offer(VERDICT, str(verdict).lower(), verdict == answer)
            yield from _options(options)
        case Bug() as bug:
            for line in dict.fromkeys(line.strip() for line in bug.lines() if line.strip()):
                yield Offer(LINE, line, line == bug.bug, Text({"": line}))
            yield from _options(bug.options)
        case NumberItem(wrongs=wrongs):
            yield from _outcomes(ANSWER, Text(), [wrong.slip for wrong in wrongs])
        case Cloze(blanks=blanks):
            for name, blank in blanks.items():
                yield from _outcomes(name, Text({"": name}), [wrong.slip for wrong in blank.wrongs])
        case Order(rules=rules):
            for rule in rules:
                yield from _outcomes("<".join(rule.chain), Text({"": " < ".join(rule.chain)}))
        case Short(rubric=rubric):
            for at, point in enumerate(rubric):
                yield from _outcomes(str(at), point.point)
        case Match(left=left):
            for name, text in left.items():
                yield from _outcomes(name, text)


def _options(options: tuple[Option, ...]) -> Iterator[Offer]:
    for option in options:
        yield Offer(OPTION, option.id, option.right, option.text)


def _outcomes(part: str, text: Text, slips: list[str] | None = None) -> Iterator[Offer]:
    yield Offer(part, RIGHT, True, text)
    for name in (*dict.fromkeys(filter(None, slips or ())), WRONG):
        yield Offer(part, name, False, text)


def picks(item: AnyItem, entry: Entry) -> tuple[Pick, ...] | None:
    """Return what an answer has chosen, None where it does not answer the question as it is now."""
    answer = decode_answer(entry.answer)
    if answer is None:
        return None
    try:
        verdict = grade(item, answer, entry.seed)
    except (TypeError, FormulaError):
        return None
    match answer:
        case Chosen(option):
            return ((OPTION, option),)
        case Marked(options):
            return tuple((OPTION, option) for option in dict.fromkeys(options))
        case Judged(held, option):
            return (VERDICT, str(held).lower()), (OPTION, option)
        case Spotted(line, option):
            return (LINE, line.strip()), (OPTION, option)
    return tuple((part.key, RIGHT if part.right else part.slip or WRONG) for part in verdict.parts)
