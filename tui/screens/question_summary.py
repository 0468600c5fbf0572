"""The look back at the end of a sitting."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from content.course.cloze import BLANK
from content.course.course import Course
from content.course.formula import FormulaError
from content.course.number import NumberItem
from content.course.numerals import fill, placeholders
from content.course.visible import visible
from content.quiz.draw import drawn
from tui.screens.question_sitting import Outcome
from tui.text.fitting import fit
from tui.widgets.question.row import Row
from tui.words import Words

log = logging.getLogger("learncurve")

ASK_CELLS = 66
"""A question takes one line; it is only to be recognised."""


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
            rows += [Row()] if rows else []
            rows.append(Row(text=words(f"question.summary.{name}"), tone="learner"))
            rows += [_row(outcome, name, words) for outcome in members]
    slips = dict.fromkeys(slip for outcome in outcomes for answer in outcome.answers for slip in answer.slips)
    named = [text.say(words.language) for slip in slips if (text := course.slip(slip)) is not None]
    if named:
        rows.append(Row())
        rows.append(Row(text=words("question.summary.slips"), tone="learner"))
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
    right = None if group == "skipped" else outcome.right
    return Row(
        id=outcome.item.id,
        text=fit(visible(_asked(outcome, words.language)), ASK_CELLS),
        right=right,
        tone="quiet" if right is None else "",
        why=words("question.summary.mended") if group == "sure-wrong" and outcome.right else "",
        told=True,
    )


def _asked(outcome: Outcome, language: str) -> str:
    """Return the question as it was put the last time; its numbers stay open where it never was."""
    ask = outcome.item.ask.say(language)
    if isinstance(outcome.item, NumberItem):
        try:
            ask = fill(ask, drawn(outcome.item, outcome.answers[-1].seed)) if outcome.answers else ask
        except FormulaError:
            log.exception("question %s cannot be put", outcome.item.id)
        for name, form in placeholders(ask):
            ask = ask.replace(f"{{{name}:{form}}}" if form else f"{{{name}}}", "...")
    return BLANK.sub("____", ask)
