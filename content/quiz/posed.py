"""A question as it is put to a learner: its numbers drawn, its options in the order shown."""

from __future__ import annotations

from content.course.any_item import AnyItem
from content.course.cloze import BLANK, Cloze
from content.course.formula import FormulaError, Number
from content.course.number import NumberItem
from content.course.numerals import fill
from content.course.spans import Spans, item_spans
from content.course.text import Text
from content.quiz.answer import Answer
from content.quiz.draw import FIRST_DRAW, drawn
from content.quiz.grade import grade
from content.quiz.shuffle import shown
from content.quiz.verdict import Verdict


class Posed:
    """A question with its seed; everything that is said about it goes through `say`.

    Attributes:
        shown: Ids of options or parts in the order shown; the right side of a match.
        values: The numbers by name, with `answer`; empty for other types.
    """

    def __init__(self, item: AnyItem, seed: int) -> None:
        self.item = item
        self.seed = seed
        self.shown = shown(item, seed)
        self.values: dict[str, Number] = drawn(item, seed) if isinstance(item, NumberItem) else {}

    def say(self, text: Text, language: str) -> str:
        """Return a text of this question with its numbers in it."""
        words = text.say(language)
        try:
            return fill(words, self.values) if self.values else words
        except FormulaError:
            return words  # the linter tells the author; the learner sees the placeholder

    def spans(self, text: Text, language: str) -> Spans:
        """Return a text with its `code` and **bold**."""
        return item_spans(self.say(text, language))

    def steps(self, language: str) -> tuple[str, ...]:
        """Return the worked steps of a number question."""
        steps = self.item.steps if isinstance(self.item, NumberItem) else ()
        return tuple(self.say(step, language) for step in steps)

    def pieces(self, language: str) -> tuple[tuple[str, str], ...]:
        """Return the question of a cloze as pairs: words, and the blank that follows them ("" at the end)."""
        words = self.say(self.item.ask, language)
        if not isinstance(self.item, Cloze):
            return ((words, ""),)
        split = BLANK.split(words)
        return tuple(zip(split[::2], [*split[1::2], ""], strict=True))

    def grade(self, answer: Answer) -> Verdict:
        """Return what the answer is worth."""
        return grade(self.item, answer, self.seed)


def drawn_ask(item: AnyItem, language: str) -> str:
    """Return a question as a list names it: its numbers are those of one draw, the same each time."""
    try:
        return Posed(item, FIRST_DRAW).say(item.ask, language)
    except FormulaError:
        return item.ask.say(language)  # it is left out of sittings, with a notice there
