"""The order in which options and parts are shown: shuffled by a seed, the same in a retry."""

from __future__ import annotations

from collections.abc import Sequence

from content.course.any_item import AnyItem
from content.course.bug import Bug
from content.course.choice import Choice, Multiple, Truth
from content.course.match import Match
from content.course.option import Option
from content.course.order import Order
from content.quiz.dice import shuffled
from content.quiz.numbers import parse_number


def shown(item: AnyItem, seed: int) -> tuple[str, ...]:
    """Return the ids of options or parts as they are shown; of the right side in a match.

    Options that are all numbers stand in order of size. The parts of an order are never shown in an order
    that is already right, where there is another. Questions with nothing to shuffle have no ids.
    """
    match item:
        case Choice() | Multiple() | Truth() | Bug():
            return _options(item.options, seed, item.id)
        case Match():
            return shuffled(item.right, seed, item.id)
        case Order():
            orders = (shuffled(item.parts, seed, item.id, attempt) for attempt in range(20))
            return next((order for order in orders if not obeys(item, order)), tuple(reversed(item.parts)))
        case _:
            return ()


def obeys(item: Order, order: Sequence[str]) -> bool:
    """Return whether an order has every part once and obeys every rule."""
    if sorted(order) != sorted(item.parts):
        return False
    at = {part: index for index, part in enumerate(order)}
    return all(at[first] < at[second] for rule in item.rules for first, second in rule.pairs())


def _options(options: Sequence[Option], seed: int, salt: str) -> tuple[str, ...]:
    numbers = [parse_number(option.text.say("")) for option in options]
    if options and all(number is not None for number in numbers):
        ranked = sorted(zip(numbers, options, strict=True), key=lambda pair: pair[0] or 0)
        return tuple(option.id for _, option in ranked)
    return shuffled((option.id for option in options), seed, salt)
