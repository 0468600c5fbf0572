"""What a page's section says about itself, from the course and the record."""

from __future__ import annotations

from content.course.course import Course
from content.memory.record import Record
from tui.widgets.block_around import Aim, Around


def around(course: Course, record: Record, slug: str, language: str) -> Around | None:
    """Return how long a page takes, its aims with how many of their questions were seen, and what follows."""
    section = course.section(slug)
    if section is None:
        return None
    keys, seen = course.keys(slug), record.seen(course.id)

    def counted(objective: str | None) -> tuple[int, int]:
        wanted = [key for key in keys if objective in (None, key.objective)]
        return sum((key.id, key.revision) in seen for key in wanted), len(wanted)

    aims = tuple(Aim(text.say(language), *counted(name)) for name, text in section.objectives.items())
    at = course.slugs.index(section.slug) + 1
    following = course.sections[at] if at < len(course.sections) else None
    named = f"{following.id} {following.title.say(language)}" if following is not None else ""
    return Around(section.minutes, *counted(None), aims, named)
