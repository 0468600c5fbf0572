"""`learncurve due`: how many questions want to be asked again today, for a shell prompt or a script."""

from __future__ import annotations

from content.course.course import Course, open_course
from content.memory.record import Record, open_record
from engine.runs.filesystem import is_network
from tui.app_start import course_folder
from tui.commands.asked import Asked, say_json


def run(asked: Asked) -> int:
    """Print the number alone; with --json also how much is seen and remembered."""
    house = asked.house
    course = open_course(course_folder(asked.course), cache=house.home / "cache")
    if not house.record.exists():  # asking is no reason to make a data folder
        return say(asked, {"course": course.id, "due": 0, "seen": 0, "all": None, "recall": None})
    opened = open_record(house.record, network=is_network(house.home))
    try:
        if opened.set_aside is not None and opened.notice is not None:
            raise opened.notice  # that nothing is due would be no answer
        figures = standing_of(course, opened.record) if asked.json else counted(course, opened.record)
    finally:
        opened.record.close()
    return say(asked, figures)


def counted(course: Course, record: Record) -> dict[str, object]:
    """Return how many of the course's questions are due; a prompt that asks all the time must not wait for more."""
    due = record.overdue(course.id, record.today)
    keys = (key for slug in course.slugs for key in course.keys(slug)) if due else ()
    return {"due": sum((key.id, key.revision) in due for key in keys)}


def standing_of(course: Course, record: Record) -> dict[str, object]:
    """Return the figures of the whole course."""
    from tui.learner import standing

    total = standing(course, record).total
    return {"course": course.id, "due": total.due, "seen": total.seen, "all": total.all, "recall": total.recall}


def say(asked: Asked, figures: dict[str, object]) -> int:
    """Print what was found and return the status."""
    if asked.json:
        say_json({"version": 1, **figures})
    else:
        print(figures["due"])
    return 0
