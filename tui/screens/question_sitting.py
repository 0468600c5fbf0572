"""A learner's way through the questions of a section: begun, gone on with after a crash, looked back on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from content.course.course import Course
from content.course.items import AnyItem
from content.memory.entry import Answer
from content.memory.record import Record
from content.quiz.dice import roll
from content.quiz.session import TRIES, Session, Standing, Step, Turn, begin, standing


class Skip(msgspec.Struct, frozen=True):
    """A question that was skipped, and after how many answers of the sitting."""

    item: str
    after: int


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What the record keeps of a sitting beside its answers.

    Attributes:
        shown: Uuid of the answer that is shown with its verdict, "" while a question is asked.
    """

    session: Session
    skips: tuple[Skip, ...] = ()
    shown: str = ""


class Outcome(msgspec.Struct, frozen=True):
    """What became of one question: its answers in this sitting, oldest first."""

    item: AnyItem
    answers: tuple[Answer, ...]
    skipped: bool

    @property
    def right(self) -> bool:
        """Whether the last answer was right."""
        return bool(self.answers) and self.answers[-1].right


class Sitting:
    """The answers of a sitting are those of the record whose seed belongs to it; so nothing can disagree."""

    def __init__(self, course: Course, record: Record, slug: str, kept: Kept) -> None:
        self.course = course
        self.record = record
        self.slug = slug
        self.kept = kept
        self.items: dict[str, AnyItem] = {item.id: item for item in course.items(slug)}

    @property
    def key(self) -> str:
        """Where the record keeps it."""
        return _key(self.course, self.slug)

    def answers(self) -> list[Answer]:
        """Return the answers that were given in this sitting and count, oldest first."""
        session = self.kept.session
        seeds = {
            (item, roll(session.seed, session.id, item, round_of_numbers))
            for item in session.items
            for round_of_numbers in range(1, TRIES + 1)
        }
        return [answer for answer in self.record.answers(self.course.id) if (answer.item, answer.seed) in seeds]

    def standing(self, answers: Iterable[Answer] | None = None) -> Standing:
        """Return where it stands."""
        session = self.kept.session
        known = tuple(item for item in session.items if item in self.items)
        return standing(msgspec.structs.replace(session, items=known), self._steps(answers))

    def _steps(self, answers: Iterable[Answer] | None) -> list[Step]:
        steps: list[Step] = []
        skips = list(self.kept.skips)
        for count, answer in enumerate(self.answers() if answers is None else answers):
            while skips and skips[0].after <= count:
                steps.append(Step(skips.pop(0).item, skipped=True))
            steps.append(Step(answer.item, answer.right))
        return steps + [Step(skip.item, skipped=True) for skip in skips]

    def outcomes(self) -> list[Outcome]:
        """Return what became of every question, in the order of the first round."""
        answers = self.answers()
        skipped = {skip.item for skip in self.kept.skips}
        return [
            Outcome(
                self.items[name],
                tuple(answer for answer in answers if answer.item == name),
                name in skipped,
            )
            for name in self.kept.session.items
            if name in self.items
        ]

    def shown_answer(self) -> tuple[Answer, Turn] | None:
        """Return the answer that is shown with its verdict and the turn that it was given in, if one is."""
        answers = self.answers()
        for at, answer in enumerate(answers):
            if answer.uuid == self.kept.shown and answer.item in self.items:
                attempt = sum(each.item == answer.item for each in answers[: at + 1])
                return answer, Turn(answer.item, answer.seed, attempt)
        return None

    # -- changes; each is kept at once

    def keep(self, **changes: Any) -> None:
        """Keep a change.

        Raises:
            StoreError: It is not kept.
        """
        self.kept = msgspec.structs.replace(self.kept, **changes)
        self.record.keep_setting(self.key, msgspec.to_builtins(self.kept))

    def skip(self, item: str) -> None:
        """Leave a question for another time."""
        self.keep(skips=(*self.kept.skips, Skip(item, len(self.answers()))), shown="")

    def unskip(self) -> str:
        """Take the last skip back; return its question."""
        last = self.kept.skips[-1]
        self.keep(skips=self.kept.skips[:-1])
        return last.item


def sit_down(course: Course, record: Record, slug: str, item: str, *, seed: int, session_id: str) -> Sitting:
    """Return the sitting of a section that is under way, or a new one.

    Args:
        item: The question to begin with; "" for the first that is open. One that is not there, such as
            "summary", goes on wherever the sitting stands.
        seed, session_id: Of a new sitting.
    """
    found = _under_way(course, record, slug)
    if found is not None:
        shown = found.shown_answer()
        turn = found.standing().turn
        at = shown[1].item if shown else turn.item if turn else ""
        if item == at or (item and item not in found.items) or (not item and at):
            return found
        if item in (turn.item if turn else "", *found.standing().waiting):
            ahead = _with_first(found, item)
            if ahead is not None:
                return ahead
    return _anew(course, record, slug, item, seed, session_id, found)


def _under_way(course: Course, record: Record, slug: str) -> Sitting | None:
    kept = record.setting(_key(course, slug))
    try:
        sitting = Sitting(course, record, slug, msgspec.convert(kept, Kept))
    except msgspec.ValidationError:
        return None
    return sitting if any(item in sitting.items for item in sitting.kept.session.items) else None


def _with_first(found: Sitting, item: str) -> Sitting | None:
    """Return the sitting with this question next, None where its order does not allow it."""
    session = found.kept.session
    others = tuple(name for name in session.items if name != item)
    ahead = Sitting(
        found.course,
        found.record,
        found.slug,
        msgspec.structs.replace(found.kept, session=msgspec.structs.replace(session, items=(item, *others)), shown=""),
    )
    turn = ahead.standing().turn
    if turn is None or turn.item != item:
        return None
    ahead.keep()
    return ahead


def _anew(
    course: Course, record: Record, slug: str, item: str, seed: int, session_id: str, before: Sitting | None
) -> Sitting:
    """Begin: the question that was asked for first, then what was not right at the last time, then the rest."""
    items = list(course.items(slug))
    done = {outcome.item.id for outcome in before.outcomes() if outcome.right} if before is not None else set()
    items.sort(key=lambda each: (each.id != item, each.id in done))
    session = begin(items, course=course.id, section=slug, session_id=session_id, seed=seed)
    sitting = Sitting(course, record, slug, Kept(session=session))
    sitting.keep()
    return sitting


def _key(course: Course, slug: str) -> str:
    return f"quiz:{course.id}:{slug}"
