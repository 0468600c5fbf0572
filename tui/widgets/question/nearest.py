"""Which right order is nearest to the learner's, and which parts have to move for it?"""

from __future__ import annotations

from collections.abc import Sequence

from content.course.order import Order


def nearest(item: Order, order: Sequence[str]) -> tuple[str, ...]:
    """Return an order that obeys the rules, taking parts as early as the learner did wherever they may stand."""
    before: dict[str, set[str]] = {part: set() for part in item.parts}
    for rule in item.rules:
        for first, second in rule.pairs():
            before[second].add(first)
    placed: list[str] = []
    left = list(order)
    while left:
        free = next((part for part in left if before[part] <= set(placed)), left[0])
        placed.append(free)
        left.remove(free)
    return tuple(placed)


def staying(order: Sequence[str], right: Sequence[str]) -> set[str]:
    """Return the most parts that can stay where they are while the others move to make `order` right."""
    place = {part: at for at, part in enumerate(right)}
    longest: list[tuple[str, ...]] = [()]
    for part in order:
        before = [chain for chain in longest if not chain or place[chain[-1]] < place[part]]
        longest.append((*_longest(before), part))
    return set(_longest(longest))


def _longest(chains: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the first of the longest."""
    return max(chains, key=len)
