"""The numbers of a question that is drawn anew."""

from __future__ import annotations

from collections.abc import Iterable

from content.course.formula import FormulaError, Number
from content.course.number import Draw, NumberItem
from content.course.numerals import close
from content.quiz.dice import roll

FIRST_DRAW = 0
"""The seed of the numbers with which a list shows a question that was not put yet."""

TRIES = 40
"""How often numbers are drawn again where a known wrong answer would be right by accident."""


def drawn(item: NumberItem, seed: int) -> dict[str, Number]:
    """Return every value by name: drawn, following from it, and the `answer`.

    Numbers for which a known wrong answer comes out right are drawn again; where it is always so, the last
    ones that can be computed are returned. Where none can, those of seed 0 are: a course has no question
    without them.

    Raises:
        FormulaError: Not even those can be computed.
    """
    last: dict[str, Number] | None = None
    error = FormulaError("formula-value", item.id)
    for attempt in range(TRIES if item.draws else 1):
        values = {name: draw.value(_index(draw, seed, item.id, name, attempt)) for name, draw in item.draws.items()}
        try:
            last = item.work_out(values)
            if not any(close(wrong, last["answer"], item.absolute, item.relative) for wrong in wrongs(item, last)):
                return last
        except FormulaError as found:
            error = found
    if last is None and (seed == 0 or not item.draws):
        raise error
    return drawn(item, 0) if last is None else last


def unlike(item: NumberItem, seed: int, earlier: Iterable[int]) -> int:
    """Return `seed`, or the first one after it whose numbers differ from those of the earlier seeds.

    Where the question has too few different numbers, some of them come again.

    Raises:
        FormulaError: The question's numbers cannot be computed.
    """
    known = [_draws(item, old) for old in earlier]
    for turn in range(TRIES if item.draws else 0):
        candidate = roll(seed, item.id, "again", turn) if turn else seed
        if _draws(item, candidate) not in known:
            return candidate
    return seed


def _draws(item: NumberItem, seed: int) -> list[Number]:
    values = drawn(item, seed)
    return [values[name] for name in item.draws]


def _index(draw: Draw, seed: int, *salt: object) -> int:
    return roll(seed, *salt) % draw.count()


def wrongs(item: NumberItem, values: dict[str, Number]) -> list[Number]:
    """Return what each known wrong answer comes to.

    Raises:
        FormulaError: One of them cannot be computed.
    """
    return [wrong.formula.compute(values) for wrong in item.wrongs]
