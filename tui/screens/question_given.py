"""What the record keeps of an answer, or of a question that was skipped."""

from __future__ import annotations

from content.memory.entry import Given
from content.quiz.session import Turn
from content.quiz.verdict import Verdict
from tui.screens.question_sitting import Sitting
from tui.widgets.question.draft import Draft
from tui.widgets.question.face import Face

SKIPPED = "null"
"""Stands in the record where no answer was given."""

WORTHLESS = Verdict(0.0, False)
"""What that is worth."""


def given(
    sitting: Sitting,
    turn: Turn,
    draft: Draft,
    *,
    face: Face | None,
    language: str,
    seconds: float,
    answer: str = SKIPPED,
    verdict: Verdict = WORTHLESS,
) -> Given:
    """Return an entry for the record.

    Args:
        draft: What led to it.
        face: The question as it was put, None where it could not be.
        language: In which it was put.
        answer: As the record writes it.
    """
    item = sitting.items[turn.item]
    return Given(
        course=sitting.course.id,
        item=item.id,
        revision=item.revision,
        language=language,
        shown=face.posed.shown if face is not None else (),
        answer=answer,
        credit=verdict.credit,
        right=verdict.right,
        slips=verdict.slips,
        confidence=draft.sure,
        hints=draft.hints,
        seconds=round(seconds, 1),
        seed=turn.seed,
        session=sitting.session.id,
        mode=sitting.session.mode,
    )
