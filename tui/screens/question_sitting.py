"""A learner's way through the questions of a section, or of all: begun, gone on with after a crash, looked back on."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from content.course.course import Course
from content.course.formula import FormulaError
from content.course.number import NumberItem
from content.course.shelf import Shelf
from content.errors import StoreError
from content.memory.change import Change, changes
from content.memory.entry import Entry
from content.memory.record import Record
from content.memory.sessions import steps
from content.quiz.draw import FIRST_DRAW, unlike
from content.quiz.session import Session, Standing, Turn, standing

RECALL = "recall"
"""The mode of a session that asks a question before its page."""


class Mark(msgspec.Struct, frozen=True):
    """Where in a session the learner is, beside what the log of answers says.

    Attributes:
        shown: Uuid of the answer that is shown with its verdict, "" while a question is asked.
        ahead: A question that is asked out of its turn, "" for none.
    """

    shown: str = ""
    ahead: str = ""


class Outcome(msgspec.Struct, frozen=True):
    """What became of one question, given by its id.

    Attributes:
        answers: In this sitting, oldest first.
        seed: With which it was put the last time, answered or skipped; that of lists where it never was.
    """

    item: str
    answers: tuple[Entry, ...]
    seed: int = FIRST_DRAW

    @property
    def right(self) -> bool:
        """Whether the last answer was right."""
        return bool(self.answers) and self.answers[-1].right


class Sitting:
    """A session and its answers in the record; after a crash it is the same again.

    Attributes:
        items: The questions by id: of the session's section, or of the whole course.
    """

    def __init__(self, course: Course, record: Record, session: Session) -> None:
        self.course = course
        self.record = record
        self.session = session
        self.slug = session.section
        self.slugs = (self.slug,) if self.slug else course.slugs
        self.items = Shelf(course, self.slugs)
        try:
            self.mark = msgspec.convert(record.setting(self._key, {}), Mark)
        except msgspec.ValidationError:
            self.mark = Mark()

    @property
    def _key(self) -> str:
        return f"question:{self.session.id}"

    @property
    def day(self) -> int:
        """The learner's day on which it began."""
        begun_on = self.record.begun_on(self.session.id)
        return self.record.today if begun_on is None else begun_on

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

    @property
    def left(self) -> int:
        """How many questions are still to be answered, those that come again among them."""
        standing = self.standing()
        return len(standing.waiting) + (standing.turn is not None)

    def turn(self) -> Turn | None:
        """Return whose turn it is; a question that draws its numbers comes with others than those of its last times."""
        while (turn := self.standing().turn) is not None:
            item = self.items.get(turn.item)
            if isinstance(item, NumberItem):
                return replace(turn, seed=self._unlike(item, turn.seed))
            if item is not None:
                return turn
        return None

    def _unlike(self, item: NumberItem, seed: int) -> int:
        earlier = [entry.seed for entry in self.entries() if entry.item == item.id and entry.kind == "answer"]
        last = self.record.latest(self.course.id, item.id)
        try:
            return unlike(item, seed, [*earlier, *([last.seed] if last is not None else [])])
        except FormulaError:
            return seed  # whoever puts the question tells of it

    def outcomes(self) -> list[Outcome]:
        """Return what became of every question, in the order of the first round."""
        found: dict[str, Outcome] = {name: Outcome(name, ()) for name in self.session.items if name in self.items}
        for entry in self.entries():
            if entry.item in found:
                before = found[entry.item].answers
                answers = (*before, entry) if entry.kind == "answer" else before
                found[entry.item] = Outcome(entry.item, answers, entry.seed)
        return list(found.values())

    def shown(self) -> tuple[Entry, Turn] | None:
        """Return the answer that is shown with its verdict and the turn that it was given in, if one is."""
        answers = [entry for entry in self.entries() if entry.kind == "answer"]
        for at, answer in enumerate(answers):
            if answer.uuid == self.mark.shown and self.items.get(answer.item) is not None:
                attempt = sum(each.item == answer.item for each in answers[: at + 1])
                return answer, Turn(answer.item, answer.seed, attempt)
        return None

    def undone(self) -> Entry | None:
        """Return what was undone last and can be brought back, if the course still has the question."""
        undone = self.record.undone_in(self.session.id)
        return undone if undone is not None and self.items.get(undone.item) is not None else None

    def changes(self) -> dict[str, Change]:
        """Return by question what the answers since this sitting began have done to it.

        A day counts with its first answer: what an earlier sitting of the same day has done is not this one's doing.
        """
        answered = {entry.item for entry in self.entries() if entry.kind == "answer"}
        keys = [(key.id, key.revision) for slug in self.slugs for key in self.course.keys(slug) if key.id in answered]
        course, day = self.course.id, self.day
        found = changes(self.record, course, keys, day)
        counted = {key: self.record.first_on(day, course, *key) for key in found}
        earlier = [key for key, session in counted.items() if session not in ("", self.session.id)]
        later = changes(self.record, course, earlier, day + 1)
        for key in earlier:
            found[key] = later.get(key, replace(found[key], before=found[key].after))
        return {item: change for (item, _), change in found.items()}

    def end(self) -> None:
        """Say that it is over: the next time a new one begins."""
        try:
            self.record.end_session(self.session.id)
        except StoreError as problem:
            self.record.tell_or_raise(problem)
        self.record.keep_setting(self._key, None)
