"""A learner's review: what is due, mixed over all sections; gone on with on the same day, begun anew on the next."""

from __future__ import annotations

from content.course.course import Course
from content.memory.record import Record
from content.quiz.review import REVIEW, chosen, interleaved
from content.quiz.session import Session
from tui.learner import due_in
from tui.screens.question_begin import begun
from tui.screens.question_sitting import Sitting


def under_way(course: Course, record: Record) -> Sitting | None:
    """Return the review that was begun today and has questions left, or an answer that is shown; None for none."""
    session = record.open_session(course.id, "", REVIEW)
    found = Sitting(course, record, session) if session is not None else None
    if found is None or found.day != record.today:
        return None
    return found if found.left or found.shown() is not None else None


def sit_to_review(course: Course, record: Record, at: str, *, cap: int, seed: int, session_id: str) -> Sitting | None:
    """Return the review of today that is under way, else a new one of what is due; None where nothing is.

    Args:
        at: "summary" goes back to the look at a review whose questions are all answered, too.
        cap: So many questions at the most, 0 for all that are due.
        seed, session_id: Of a new sitting.
    """
    open_now = under_way(course, record)
    if open_now is not None:
        return open_now
    session = record.open_session(course.id, "", REVIEW)
    if session is not None:
        over = Sitting(course, record, session)
        if at and over.day == record.today:
            return over
        over.end()
    due = due_in(course, record)
    order = interleaved(chosen(due, cap or len(due)))
    if not order:
        return None
    numbers = {key.id for slug in course.slugs for key in course.keys(slug) if key.kind == "number"}
    names = tuple(each.item for each in order)
    return begun(
        course,
        record,
        Session(
            id=session_id,
            course=course.id,
            section="",
            items=names,
            seed=seed,
            redrawn=tuple(name for name in names if name in numbers),
            mode=REVIEW,
        ),
    )
