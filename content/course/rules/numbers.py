"""Number questions: every formula computes, every check agrees, no known mistake is right."""

from __future__ import annotations

import math
import re

from content.course.book import Asked, Book
from content.course.flaws import flaws
from content.course.formula import FormulaError, Number
from content.course.number import NumberItem
from content.course.numerals import PLACEHOLDER, close, fill, placeholders, show
from content.course.rules.texts import texts
from content.course.sentences import near
from content.quiz.dice import roll

_BRACES = re.compile(r"\{[^{}]*\}")
SAMPLES = 40
"""So many draws are tried."""


def check_numbers(book: Book) -> None:
    """Every number question can be drawn, computed, answered and explained."""
    for asked in book.all_items():
        if isinstance(asked.item, NumberItem):
            _Numbers(asked, asked.item).check()


class _Numbers:
    def __init__(self, asked: Asked, item: NumberItem) -> None:
        self.asked = asked
        self.item = item

    def check(self) -> None:
        if not self.sound():
            return
        self.placeholders()
        rows = self.checks()
        draws = self.draws()
        if rows:
            self.wrongs(rows, draws)
        self.answerable([*rows, *draws])
        if not self.item.steps:
            self.asked.error("field-missing", "steps")
        elif not any(name == "answer" for _, words in self.item.steps[-1].all() for name, _ in placeholders(words)):
            self.asked.warn("step-without-answer", f"steps[{len(self.item.steps) - 1}]")

    def sound(self) -> bool:
        """Return whether every formula uses only names that stand before it; else that was told already."""
        for name in self.item.lets:
            if name in self.item.draws:
                self.asked.error("field-twice", f"let.{name}", name)
        return not any(flaw.code == "formula-name" for flaw in flaws(self.item))

    def placeholders(self) -> None:
        known = {*self.item.draws, *self.item.lets, "answer"}
        trial: dict[str, Number] = dict.fromkeys(known, 1.5)
        for field, text, _ in texts(self.item):
            for language, words in text.all():
                where = f"{field}.{language}" if language else field
                for name, _form in placeholders(words):
                    if name not in known:
                        self.asked.error("placeholder-unknown", where, "{" + name + "}", hint=near(name, sorted(known)))
                self.braces(where, PLACEHOLDER.sub("", words), known)
                try:
                    fill(words, trial)
                except FormulaError as error:
                    if not error.value.endswith("d"):
                        self.asked.error(error.code, where, words, at=error.value)

    def braces(self, where: str, rest: str, known: set[str]) -> None:
        """Tell of braces that hold no name: they would be shown as they stand."""
        for found in _BRACES.findall(rest):
            self.asked.error("placeholder-unknown", where, found, hint=near(found.strip("{}"), sorted(known)))
        if "{" in (open_ := _BRACES.sub("", rest)):
            self.asked.error("markup-open", where, open_[open_.index("{") :])

    def checks(self) -> list[dict[str, Number]]:
        """Return the values of every sound row."""
        item, rows = self.item, []
        if not item.checks:
            self.asked.error("check-missing", "check")
        for index, check in enumerate(item.checks):
            field = f"check[{index}]"
            if set(check.values) != set(item.draws):
                self.asked.error("check-names", field, ", ".join(check.values), wanted=", ".join(item.draws))
                continue
            for name, value in check.values.items():
                if not item.draws[name].has(value):
                    self.asked.error("check-range", f"{field}.{name}", show(value), name=name)
            try:
                values = item.work_out(check.values)
            except FormulaError as error:
                self.asked.error(error.code, field, item.answer.source, at=error.value)
                continue
            if not close(check.answer, values["answer"], item.absolute, item.relative):
                self.asked.error("check-wrong", f"{field}.answer", check.answer, computed=values["answer"])
            rows.append(values)
        return rows

    def draws(self) -> list[dict[str, Number]]:
        """Return the values of some draws; one that cannot be computed is told."""
        item, found = self.item, []
        for seed in range(SAMPLES if item.draws else 0):
            values = {name: draw.value(roll(seed, name) % draw.count()) for name, draw in item.draws.items()}
            try:
                found.append(item.work_out(values))
            except FormulaError as error:
                drawn = ", ".join(f"{name} = {show(value)}" for name, value in values.items())
                self.asked.error(error.code, "answer", drawn, at=error.value)
                break
        return found

    def wrongs(self, rows: list[dict[str, Number]], draws: list[dict[str, Number]]) -> None:
        told: list[list[Number]] = []
        for index, wrong in enumerate(self.item.wrongs):
            field = f"wrong[{index}].is"
            try:
                results = [wrong.formula.compute(values) for values in rows]
            except FormulaError as error:
                self.asked.error(error.code, field, wrong.formula.source, at=error.value)
                continue
            always = all(self.right(result, values) for result, values in zip(results, rows, strict=True))
            often = sum(self.collides(index, values) for values in draws) > len(draws) / 2
            if always or (draws and often):
                self.asked.error("wrong-is-right", field, wrong.formula.source)
            if any(all(map(math.isclose, results, other)) for other in told):
                self.asked.warn("wrong-twice", field, wrong.formula.source)
            else:
                self.apart(index, draws)
            told.append(results)

    def apart(self, index: int, draws: list[dict[str, Number]]) -> None:
        """Tell of the first draw in which a wrong answer is also that of an earlier misconception."""
        for values in draws:
            mine = self.mistaken(index, values)
            if mine is None or self.right(mine, values):
                continue
            for earlier in range(index):
                other = self.mistaken(earlier, values)
                if other is not None and math.isclose(mine, other):
                    drawn = ", ".join(f"{name} = {show(values[name])}" for name in self.item.draws)
                    self.asked.warn("wrongs-meet", f"wrong[{index}].is", drawn, other=earlier, computed=mine)
                    return

    def mistaken(self, index: int, values: dict[str, Number]) -> Number | None:
        """Return the number that a misconception leads to, None where it leads to none."""
        try:
            return self.item.wrongs[index].formula.compute(values)
        except FormulaError:
            return None

    def collides(self, index: int, values: dict[str, Number]) -> bool:
        number = self.mistaken(index, values)
        return number is not None and self.right(number, values)

    def right(self, number: Number, values: dict[str, Number]) -> bool:
        return close(number, values["answer"], self.item.absolute, self.item.relative)

    def answerable(self, rows: list[dict[str, Number]]) -> None:
        if self.item.absolute or self.item.relative:
            return
        for values in rows:
            if not close(round(values["answer"], 6), values["answer"]):
                self.asked.error("answer-unanswerable", "tolerance", "0", computed=values["answer"])
                return
