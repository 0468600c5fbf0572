"""What a page's section says about itself, from the course and the record."""

from __future__ import annotations

from content.course.course import Course
from content.memory.progress import Progress
from content.memory.record import Record
from tui.learner import objectives_in, stands_in
from tui.widgets.block_around import Aim, Around


def around(course: Course, record: Record, slug: str, language: str) -> Around | None:
    """Return how long a page takes, its aims with how many of their questions were seen, and what follows."""
    section = course.section(slug)
    if section is None:
        return None
    stands, by_aim = stands_in(course, record, section.slug), objectives_in(course, record, section.slug)
    aims = []
    for name, text in section.objectives.items():
        each = by_aim.get(name, Progress())
        aims.append(Aim(text.say(language), each.seen, each.all, each.recall))
    at = course.slugs.index(section.slug) + 1
    following = course.sections[at] if at < len(course.sections) else None
    named = f"{following.id} {following.title.say(language)}" if following is not None else ""
    return Around(section.minutes, stands.seen, stands.all, tuple(aims), named)
