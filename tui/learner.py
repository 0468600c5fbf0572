"""How the learner stands, computed from the course and the record."""

from __future__ import annotations

import msgspec

from content.course.course import Course
from content.memory.record import Record


class Seen(msgspec.Struct, frozen=True):
    """Questions seen of all, of a section."""

    seen: int
    all: int


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What home shows of the learner.

    Attributes:
        answered: Answers given; `right` of them earned full credit.
        curve: Share of the course's questions answered right at least once, after each answer.
        place: Slug of the page that was read last, None before the first.
    """

    seen: int
    all: int
    answered: int
    right: int
    curve: tuple[float, ...]
    sections: dict[str, Seen]
    place: str | None


def recall_due(course: Course, record: Record, slug: str) -> str:
    """Return the question that is to be asked before a section's page is opened; "" once it was answered or skipped."""
    name = course.recall(slug)
    key = next((key for key in course.keys(slug) if key.id == name), None)
    return name if key is not None and not record.met(course.id, key.id, key.revision) else ""


def standing(course: Course, record: Record) -> Standing:
    """Return how the learner stands in a course; answers to older revisions count as answers, not as seen."""
    seen = record.seen(course.id)
    sections: dict[str, Seen] = {}
    for section in course.sections:
        keys = course.keys(section.slug)
        sections[section.slug] = Seen(sum((key.id, key.revision) in seen for key in keys), len(keys))
    every = sum(each.all for each in sections.values())
    answers = record.verdicts(course.id)
    known: set[str] = set()
    curve = [0.0] if answers else []
    for answer in answers:
        if answer.right:
            known.add(answer.item)
        curve.append(len(known) / every if every else 0.0)
    place = record.newest_place(course.id)
    return Standing(
        seen=sum(each.seen for each in sections.values()),
        all=every,
        answered=len(answers),
        right=sum(answer.right for answer in answers),
        curve=tuple(curve),
        sections=sections,
        place=place if place is not None and course.section(place) else None,
    )
