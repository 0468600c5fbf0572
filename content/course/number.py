"""A question answered by a number, whose own numbers may be drawn anew each time."""

from __future__ import annotations

import re
from typing import Any, ClassVar

import msgspec

from content.course.fields import Fields, as_number
from content.course.formula import Formula, Number
from content.course.item import Item
from content.course.text import Text
from content.course.tree import Branch, Row, Tree, Word

_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
MOST = 1_000_000_000
"""The most values that a range may have."""


class Draw(msgspec.Struct, frozen=True):
    """What a number may be: one of `pick`, or `low`, `low + by`, ... up to `high`."""

    low: Number = 0
    high: Number = 0
    by: Number = 1
    pick: tuple[Number, ...] = ()

    def count(self) -> int:
        """Return how many values there are."""
        return len(self.pick) or int((self.high - self.low) / self.by + 1e-9) + 1

    def value(self, index: int) -> Number:
        """Return the value of that index."""
        if self.pick:
            return self.pick[index]
        value = round(self.low + index * self.by, 10)
        return int(value) if value == int(value) else value

    def has(self, value: Number) -> bool:
        """Return whether the value can be drawn."""
        if self.pick:
            return value in self.pick
        steps = (value - self.low) / self.by
        return -1e-9 <= steps <= self.count() - 1 + 1e-9 and abs(steps - round(steps)) < 1e-6


class Wrong(msgspec.Struct, frozen=True):
    """A number that a known misconception leads to."""

    formula: Formula
    slip: str
    why: Text


class Check(msgspec.Struct, frozen=True):
    """An answer worked out by hand, against which the formula is held."""

    values: dict[str, Number]
    answer: Number


class NumberItem(Item, frozen=True, kw_only=True):
    """A number, with a tolerance and worked steps.

    Attributes:
        draws: What is drawn anew, by name.
        lets: What follows from it, by name, in order.
        absolute, relative: The tolerance; the larger of the two counts.
    """

    kind: ClassVar[str] = "number"
    answer: Formula
    draws: dict[str, Draw] = {}
    lets: dict[str, Formula] = {}
    absolute: float = 0.0
    relative: float = 0.0
    unit: Text = Text()
    steps: tuple[Text, ...] = ()
    wrongs: tuple[Wrong, ...] = ()
    checks: tuple[Check, ...] = ()

    def work_out(self, drawn: dict[str, Number]) -> dict[str, Number]:
        """Return every value by name: what was drawn, what follows, and the `answer`.

        Raises:
            FormulaError: It cannot be computed.
        """
        values = dict(drawn)
        for name, formula in self.lets.items():
            values[name] = formula.compute(values)
        values["answer"] = self.answer.compute(values)
        return values


def read_number(fields: Fields, common: dict[str, Any]) -> NumberItem | None:
    """Return a question for a number."""
    draws, lets = _draws(fields), _lets(fields)
    answer = fields.formula("answer")
    absolute, relative = _tolerance(fields)
    steps = tuple(fields.as_text(entry, name) for name, entry in fields.rows("steps", optional=True))
    wrongs = []
    for entry in fields.each("wrong", optional=True):
        formula, slip = entry.formula("is"), entry.word("slip", "")
        why = entry.text("why", optional=True)
        if formula:
            wrongs.append(Wrong(formula, slip, why))
        entry.finish()
    if answer is None:
        return None
    return NumberItem(
        **common,
        answer=answer,
        draws=draws,
        lets=lets,
        absolute=absolute,
        relative=relative,
        unit=fields.text("unit", optional=True),
        steps=steps,
        wrongs=tuple(wrongs),
        checks=_checks(fields),
    )


def _draws(fields: Fields) -> dict[str, Draw]:
    branch = fields.fields("draw", optional=True)
    draws = {}
    for name in branch.branch if branch else ():
        assert branch
        value = branch.take(name)
        draw = _draw(value)
        if draw is None or name == "answer" or not _NAME.fullmatch(name):
            branch.fault("draw", name, name if draw else value, broken=True)
        else:
            draws[name] = draw
    return draws


def _draw(tree: Tree | None) -> Draw | None:
    if isinstance(tree, Row):
        ends = _numbers(tree)
        if len(ends) == 2 and all(isinstance(end, int) for end in ends) and ends[0] <= ends[1]:
            return Draw(ends[0], ends[1])
        return None
    if not isinstance(tree, Branch):
        return None
    if list(tree) == ["pick"] and isinstance(tree["pick"], Row):
        picks = _numbers(tree["pick"])
        return Draw(pick=tuple(picks)) if picks and len(picks) == len(tree["pick"]) else None
    if set(tree) != {"from", "to", "by"}:
        return None
    numbers = _numbers([tree["from"], tree["to"], tree["by"]])
    if len(numbers) < 3 or numbers[0] > numbers[1] or numbers[2] <= 0:
        return None
    draw = Draw(numbers[0], numbers[1], numbers[2])
    return draw if (draw.high - draw.low) / draw.by < MOST else None


def _numbers(trees: list[Tree]) -> list[Number]:
    """Return the numbers among some words; fewer where one is none."""
    found = [as_number(tree) for tree in trees if isinstance(tree, Word)]
    return [number for number in found if number is not None]


def _lets(fields: Fields) -> dict[str, Formula]:
    branch = fields.fields("let", optional=True)
    lets: dict[str, Formula] = {}
    for name in branch.branch if branch else ():
        assert branch
        formula = branch.formula(name)
        if not _NAME.fullmatch(name) or name == "answer":
            branch.fault("let-syntax", name, name, broken=True)
        elif formula:
            lets[name] = formula
    return lets


def _tolerance(fields: Fields) -> tuple[float, float]:
    if not isinstance(fields.branch.get("tolerance"), Branch):
        return _distance(fields, "tolerance"), 0.0
    inner = fields.fields("tolerance")
    assert inner
    absolute, relative = _distance(inner, "absolute"), _distance(inner, "relative")
    inner.finish()
    return absolute, relative


def _distance(fields: Fields, field: str) -> float:
    """Return how far off an answer may be: of what has a sign the size."""
    number = fields.number(field, 0)
    if number < 0:
        fields.fault("field-kind", field, number, wanted="a number of at least 0")
    return abs(number)


def _checks(fields: Fields) -> tuple[Check, ...]:
    rows = []
    for entry in fields.each("check", optional=True):
        values = {name: entry.number(name) for name in entry.branch}
        if "answer" not in values:
            entry.missing("answer")
        rows.append(Check(values, values.pop("answer", 0)))
    return tuple(rows)
