"""A learner's way through the questions of a section: begun, gone on with after a crash, looked back on."""

from __future__ import annotations

import secrets
import uuid
from typing import TypedDict

import msgspec
from msgspec.structs import replace

from content.course.course import Course
from content.course.items import AnyItem
from content.course.number import NumberItem
from content.errors import StoreError
from content.memory.entry import Entry
from content.memory.record import Record
from content.memory.sessions import steps
from content.quiz.draw import unlike
from content.quiz.session import Session, Standing, Turn, begin, standing

RECALL = "recall"
"""The mode of a session that asks a question before its page."""

DONE = 9
"""How urgent a question is that is not asked again by itself."""


class Mark(msgspec.Struct, frozen=True):
    """Where in a session the learner is, beside what the log of answers says.

    Attributes:
        shown: Uuid of the answer that is shown with its verdict, "" while a question is asked.
        ahead: A question that is asked out of its turn, "" for none.
    """

    shown: str = ""
    ahead: str = ""


class Outcome(msgspec.Struct, frozen=True):
    """What became of one question: its answers in this sitting, oldest first."""

    item: AnyItem
    answers: tuple[Entry, ...]

    @property
    def right(self) -> bool:
        """Whether the last answer was right."""
        return bool(self.answers) and self.answers[-1].right


class Sitting:
    """A session and its answers in the record; after a crash it is the same again."""

    def __init__(self, course: Course, record: Record, session: Session) -> None:
        self.course = course
        self.record = record
        self.session = session
        self.slug = session.section
        self.items: dict[str, AnyItem] = {item.id: item for item in course.items(self.slug)}
        try:
            self.mark = msgspec.convert(record.setting(self._key, {}), Mark)
        except msgspec.ValidationError:
            self.mark = Mark()

    @property
    def _key(self) -> str:
        return f"question:{self.session.id}"

    def keep(self, *, shown: str = "", ahead: str = "") -> None:
        """Keep where the learner is."""
        self.mark = Mark(shown, ahead)
        self.record.keep_setting(self._key, msgspec.to_builtins(self.mark))

    def entries(self) -> tuple[Entry, ...]:
        """Return what was answered or skipped and not undone, oldest first."""
        return self.record.answers_in(self.session.id)

    def standing(self) -> Standing:
        """Return where it stands; questions that the course no longer has are left out."""
        known = tuple(item for item in self.session.items if item in self.items)
        if self.mark.ahead in known:
            known = (self.mark.ahead, *(item for item in known if item != self.mark.ahead))
        return standing(replace(self.session, items=known), steps(self.entries()))

    def turn(self) -> Turn | None:
        """Return whose turn it is; a question that draws its numbers comes back with ones not yet seen here."""
        turn = self.standing().turn
        item = self.items[turn.item] if turn is not None else None
        if turn is None or turn.attempt == 1 or not isinstance(item, NumberItem):
            return turn
        earlier = [entry.seed for entry in self.entries() if entry.item == item.id and entry.kind == "answer"]
        return replace(turn, seed=unlike(item, turn.seed, earlier))

    def outcomes(self) -> list[Outcome]:
        """Return what became of every question, in the order of the first round."""
        answers = [entry for entry in self.entries() if entry.kind == "answer"]
        return [
            Outcome(self.items[name], tuple(answer for answer in answers if answer.item == name))
            for name in self.session.items
            if name in self.items
        ]

    def shown(self) -> tuple[Entry, Turn] | None:
        """Return the answer that is shown with its verdict and the turn that it was given in, if one is."""
        answers = [entry for entry in self.entries() if entry.kind == "answer"]
        for at, answer in enumerate(answers):
            if answer.uuid == self.mark.shown and answer.item in self.items:
                attempt = sum(each.item == answer.item for each in answers[: at + 1])
                return answer, Turn(answer.item, answer.seed, attempt)
        return None

    def end(self) -> None:
        """Say that it is over: the next time a new one begins."""
        try:
            self.record.end_session(self.session.id)
        except StoreError as problem:
            _tell(self.record, problem)
        self.record.keep_setting(self._key, None)


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
    return _begun(
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
    return _begun(course, record, begin(items, course=course.id, section=slug, session_id=session_id, seed=seed))


def _begun(course: Course, record: Record, session: Session) -> Sitting:
    try:
        record.begin_session(session)
    except StoreError as problem:
        _tell(record, problem)
    return Sitting(course, record, session)


def _tell(record: Record, problem: StoreError) -> None:
    """Let the learner know and go on; answers themselves are never lost in silence."""
    if record.troubled is None:
        raise problem
    record.troubled(problem)
