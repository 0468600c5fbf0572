"""How the learner stands, computed from the course and the record."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

import msgspec

from content.course.course import Course
from content.memory.cards import Key
from content.memory.curve import curve, known
from content.memory.forgetting import recall
from content.memory.progress import Progress, progress
from content.memory.record import Record
from content.quiz.review import Due
from tui.words import Words


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What home shows of the learner.

    Attributes:
        total: Progress with the whole course.
        sections: With each section, by slug.
        curve: Share of the course that would be recalled seven days later, day by day and up to now; a share that is
            not computed yet is left out.
        place: Slug of the page that was read last, None before the first.
    """

    total: Progress
    sections: dict[str, Progress]
    curve: tuple[float, ...]
    place: str | None


def recall_due(course: Course, record: Record, slug: str) -> str:
    """Return the question that is to be asked before a section's page is opened; "" once it was answered or skipped."""
    name = course.recall(slug)
    key = next((key for key in course.keys(slug) if key.id == name), None)
    return name if key is not None and not record.met(course.id, key.id, key.revision) else ""


def standing(course: Course, record: Record) -> Standing:
    """Return how the learner stands in a course; answers to older revisions do not count."""
    cards, today, decay = record.cards(course.id), record.today, record.plan.decay
    sections = {slug: progress(keys_of(course, slug), cards, today, decay) for slug in course.slugs}
    total = reduce(Progress.plus, sections.values(), Progress())
    past = [point.expected for point in known(record, course.id, today)]
    place = record.newest_place(course.id)
    return Standing(
        total=total,
        sections=sections,
        curve=shares([*past, total.expected], total.all) if cards else (),
        place=place if place is not None and course.section(place) else None,
    )


def shares(expected: Iterable[float], every: int) -> tuple[float, ...]:
    """Return the curve that begins at nothing, as shares of all questions of the course."""
    return (0.0, *(min(1.0, each / every) if every else 0.0 for each in expected))


def grown(course: Course, record: Record) -> tuple[float, ...]:
    """Return the whole curve; days that were never computed are, which may take a moment."""
    keys = [key for slug in course.slugs for key in keys_of(course, slug)]
    points = curve(record, course.id, keys, record.today)
    return shares((point.expected for point in points), len(keys)) if points else ()


def keys_of(course: Course, slug: str) -> list[Key]:
    """Return id and revision of a section's questions."""
    return [(key.id, key.revision) for key in course.keys(slug)]


def stands_in(course: Course, record: Record, slug: str = "") -> Progress:
    """Return the progress with a section, or with the whole course where none is named."""
    slugs = (slug,) if slug else course.slugs
    keys = [key for each in slugs for key in keys_of(course, each)]
    return progress(keys, record.cards(course.id), record.today, record.plan.decay)


def objectives_in(course: Course, record: Record, slug: str) -> dict[str, Progress]:
    """Return the progress with each objective of a section, in their order; those without questions are left out."""
    cards, today, decay = record.cards(course.id), record.today, record.plan.decay
    section = course.section(slug)
    asked: dict[str, list[Key]] = {name: [] for name in (section.objectives if section is not None else ())}
    for key in course.keys(slug):
        if key.objective in asked:
            asked[key.objective].append((key.id, key.revision))
    return {name: progress(keys, cards, today, decay) for name, keys in asked.items() if keys}


def due_in(course: Course, record: Record) -> list[Due]:
    """Return the questions of a course that want to be asked again today."""
    cards, today, decay = record.cards(course.id), record.today, record.plan.decay
    found = []
    for slug in course.slugs:
        for key in course.keys(slug):
            card = cards.get((key.id, key.revision))
            if card is not None and card.due <= today:
                known = recall(card.stability, today - card.last, decay)
                found.append(Due(card.item, slug, known, frozenset(key.slips)))
    return found


def returning(course: Course, record: Record) -> list[int]:
    """Return the days on which the questions of a course return, the soonest first."""
    cards = record.cards(course.id)
    known = (cards.get(key) for slug in course.slugs for key in keys_of(course, slug))
    return sorted(card.due for card in known if card is not None)


def unseen(course: Course, stands: Standing) -> str | None:
    """Return the section whose new questions come next: from where the learner reads on, then from the beginning."""
    slugs = list(course.slugs)
    at = slugs.index(stands.place) if stands.place in slugs else 0
    return next(
        (slug for slug in slugs[at:] + slugs[:at] if stands.sections[slug].seen < stands.sections[slug].all), None
    )


def said_of(stands: Progress, words: Words, mark: str, *, brief: bool = False) -> str:
    """Return coverage and recall in words, such as "● seen 5 of 8, recall in a week 78%".

    Args:
        brief: Leave out that recall is predicted for a week from now, where there is no room for it.
    """
    key = "home.seen" if stands.recall is None else "home.seen-recall-brief" if brief else "home.seen-recall"
    return words(key, mark=mark, seen=stands.seen, all=stands.all, recall=f"{stands.recall or 0:.0%}")
