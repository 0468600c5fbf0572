"""The look back at the end of a sitting."""

from __future__ import annotations

from collections.abc import Sequence

from content.course.cloze import BLANK
from content.course.course import Course
from content.course.formula import FormulaError
from content.course.number import NumberItem
from content.course.numerals import fill
from content.quiz.draw import drawn
from tui.screens.question_sitting import Outcome
from tui.widgets.question.row import Row
from tui.words import Words


def summary_title(outcomes: Sequence[Outcome], words: Words) -> str:
    """Return how many were right at the first attempt."""
    right = sum(bool(outcome.answers) and outcome.answers[0].right for outcome in outcomes)
    key = "question.summary.title-all" if right == len(outcomes) else "question.summary.title"
    return words(key, right=right, all=len(outcomes))


def summary_rows(outcomes: Sequence[Outcome], course: Course, words: Words) -> tuple[Row, ...]:
    """Return what is worth a look: sure but wrong first, then what comes back, then what is done."""
    groups: dict[str, list[Outcome]] = {"sure-wrong": [], "open": [], "skipped": [], "mended": [], "right": []}
    for outcome in outcomes:
        groups[_group(outcome)].append(outcome)
    rows: list[Row] = []
    for name, members in groups.items():
        if members:
            rows.append(Row(text=words(f"question.summary.{name}")))
            rows += [_row(outcome, name, words) for outcome in members]
    slips = dict.fromkeys(slip for outcome in outcomes for answer in outcome.answers for slip in answer.slips)
    named = [text.say(words.language) for slip in slips if (text := course.slip(slip)) is not None]
    if named:
        rows.append(Row(text=words("question.summary.slips")))
        rows += [Row(id=f"slip-{number}", text=slip) for number, slip in enumerate(named)]
    return tuple(rows)


def _group(outcome: Outcome) -> str:
    answers = outcome.answers
    if not answers:
        return "skipped"
    if any(not answer.right and answer.confidence == 3 for answer in answers):
        return "sure-wrong"
    if not answers[-1].right:
        return "open"
    return "right" if answers[0].right else "mended"


def _row(outcome: Outcome, group: str, words: Words) -> Row:
    item = outcome.item
    ask = item.ask.say(words.language)
    if isinstance(item, NumberItem) and outcome.answers:
        try:
            ask = fill(ask, drawn(item, outcome.answers[-1].seed))
        except FormulaError:
            ask = item.ask.say(words.language)
    right = None if group == "skipped" else outcome.right
    aside = words("question.summary.mended") if group == "sure-wrong" and outcome.right else ""
    return Row(
        id=item.id,
        text=BLANK.sub("____", ask),
        right=right,
        tone="quiet" if right is None else "",
        why=aside,
        told=True,
    )
