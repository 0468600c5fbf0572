"""The answer that a question itself holds to be right."""

from __future__ import annotations

from content.course.bug import Bug
from content.course.choice import Choice, Multiple, Truth
from content.course.cloze import Cloze
from content.course.match import Match
from content.course.number import NumberItem
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
from content.quiz.posed import Posed


def right_answer(posed: Posed) -> Answer:
    """Return the answer that the question itself holds to be right."""
    item = posed.item
    match item:
        case NumberItem():
            return Typed(repr(posed.values["answer"]))
        case Choice() | Multiple() | Truth() | Bug():
            rights = tuple(option.id for option in item.options if option.right)
            match item:
                case Choice():
                    return Chosen(rights[0])
                case Multiple():
                    return Marked(rights)
                case Truth():
                    return Judged(item.answer, rights[0])
                case Bug():
                    return Spotted(item.bug, rights[0])
        case Order():
            order: list[str] = []
            while len(order) < len(item.parts):
                blocked = {b for rule in item.rules for a, b in rule.pairs() if a not in order}
                order.append(next(part for part in item.parts if part not in order and part not in blocked))
            return Ordered(tuple(order))
        case Short():
            return Written("x", (True,) * len(item.rubric))
        case Match():
            return Matched(item.pairs)
        case Cloze():
            return Filled({name: blank.example("zh") for name, blank in item.blanks.items()})
