"""Answers as a class would give them, for tests of what is made of them."""

from __future__ import annotations

import uuid

import msgspec

from content.memory.entry import Entry
from content.memory.parcel import Parcel
from content.quiz.answer import Answer, Chosen, encode_answer
from content.quiz.posed import Posed
from tests.content.questions import questions
from tests.content.right import right_answer


def entry(
    item: str,
    answer: Answer | None = None,
    *,
    language: str = "en",
    minute: int = 0,
    course: str = "small",
    seed: int = 7,
) -> Entry:
    """Return an answer to a question of the small course, the right one unless another is given."""
    posed = Posed(questions()[item], seed) if item in questions() else None
    given = answer or (right_answer(posed) if posed else Chosen("right"))
    verdict = posed.grade(given) if posed else None
    return Entry(
        uuid=str(uuid.uuid4()),
        time=f"2026-11-23T{14 + minute // 60:02}:{minute % 60:02}:00.000000Z",
        course=course,
        item=item,
        revision=1,
        language=language,
        answer=encode_answer(given),
        credit=verdict.credit if verdict else 1.0,
        right=verdict.right if verdict else True,
        slips=verdict.slips if verdict else (),
        confidence=3,
        seed=seed,
    )


def choices(item: str, language: str, **times: int) -> list[Entry]:
    """Return so many answers with each option; an underscore stands for a hyphen."""
    return [
        entry(item, Chosen(option.replace("_", "-")), language=language)
        for option, count in times.items()
        for _ in range(count)
    ]


def undone(of: Entry, *, kind: str = "void", minute: int = 59) -> Entry:
    """Return the entry that undoes another one, or redoes it."""
    return msgspec.structs.replace(
        of, uuid=str(uuid.uuid4()), kind=kind, target=of.uuid, time=f"2026-11-23T22:{minute:02}:00.000000Z"
    )


def parcel(*entries: Entry) -> Parcel:
    """Return what one learner exports."""
    return Parcel(entries)
