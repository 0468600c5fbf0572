"""How a sitting begins: where it was left, else with what is most wanted first."""

from __future__ import annotations

import secrets
import uuid
from typing import TypedDict

from content.course.any_item import AnyItem
from content.course.course import Course
from content.errors import StoreError
from content.memory.record import Record
from content.quiz.session import Session, begin
from tui.screens.question_sitting import RECALL, Mark, Sitting

DONE = 9
"""How urgent a question is that is not asked again by itself."""


class Fresh(TypedDict):
    """What makes a new sitting differ from all others."""

    seed: int
    session_id: str


def fresh() -> Fresh:
    """Return a seed and a name for a new sitting."""
    return {"seed": secrets.randbits(53), "session_id": uuid.uuid4().hex}


def sit_down(course: Course, record: Record, slug: str, item: str, *, seed: int, session_id: str) -> Sitting:
    """Return the sitting of a section that is under way, or a new one.

    Args:
        item: The question to begin with; "" for the first that is open. One that is not there, such as
            "summary", goes on wherever the sitting stands.
        seed, session_id: Of a new sitting.
    """
    session = record.open_session(course.id, slug)
    if session is not None:
        found = Sitting(course, record, session)
        shown, turn = found.shown(), found.standing().turn
        at = shown[1].item if shown else turn.item if turn else ""
        if (at and item in ("", at)) or (item and item not in found.items):
            return found
        if item:
            found.mark = Mark(ahead=item)
            turn = found.standing().turn
            if turn is not None and turn.item == item:
                found.keep(ahead=item)
                return found
    return _anew(course, record, slug, item, seed, session_id)


def sit_to_recall(course: Course, record: Record, slug: str, *, seed: int, session_id: str) -> Sitting:
    """Return the sitting of the one question that is asked before a section's page."""
    name = course.recall(slug)
    session = record.open_session(course.id, slug, RECALL)
    if session is not None and session.items == (name,):
        found = Sitting(course, record, session)
        if not found.entries() or found.shown() is not None:
            return found
    items = [item for item in course.items(slug) if item.id == name]
    return begun(
        course,
        record,
        begin(items, course=course.id, section=slug, session_id=session_id, seed=seed, mode=RECALL),
    )


def _anew(course: Course, record: Record, slug: str, item: str, seed: int, session_id: str) -> Sitting:
    """Begin: the question that was asked for, then what was wrong, then what is new, then the rest.

    What is asked before the page comes last, until it is right: the page has just answered it.
    """
    recall = course.recall(slug)

    def urgency(each: AnyItem) -> int:
        last = record.latest(course.id, each.id)
        right = last.right if last is not None and last.revision == each.revision else None
        if each.id == item:
            return 0
        if each.id == recall:
            return DONE if right else 4
        if right is None:
            return 2
        return 3 if right else 1

    urgent = {each.id: urgency(each) for each in course.items(slug)}
    items = sorted((each for each in course.items(slug) if urgent[each.id] < DONE), key=lambda each: urgent[each.id])
    return begun(course, record, begin(items, course=course.id, section=slug, session_id=session_id, seed=seed))


def begun(course: Course, record: Record, session: Session) -> Sitting:
    """Begin a session and return the sitting; where it cannot be kept the learner is told."""
    try:
        record.begin_session(session)
    except StoreError as problem:
        record.tell_or_raise(problem)
    return Sitting(course, record, session)
