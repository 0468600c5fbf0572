"""`learncurve record statistics`: the learner's figures; with --json all of them, by day and by question."""

from __future__ import annotations

from collections.abc import Iterator

from content.course.course import Course
from content.course.visible import visible
from content.exports.tables import tables
from content.memory.record import Record
from content.memory.statistics import statistics
from content.memory.unclear import of_record
from content.search.scraps import plain_ask
from tui.commands.asked import Asked, say_json
from tui.commands.record.opening import course_of, record_of
from tui.learner import keys_of, standing
from tui.text.fitting import fit
from tui.words import Words

MOST = 5
"""So many hard questions and misconceptions are named."""

CELLS = 76
"""Of a hard question's words, on one line."""


def run(asked: Asked) -> int:
    """Print the figures of the course that is meant."""
    course = course_of(asked)
    with record_of(asked) as record:
        if unclear := record.unclear():
            asked.warn(of_record(record.store.name, unclear))
        if asked.json:
            found = {table.name: table.plain() for table in tables(record, course, asked.words.language)}
            say_json({"version": 1, "course": course.id, **found})
        else:
            print("\n".join(_lines(record, course, asked.words)))
    return 0


def _lines(record: Record, course: Course, words: Words) -> Iterator[str]:
    keys = [key for slug in course.slugs for key in keys_of(course, slug)]
    figures, total = statistics(record, course.id, keys, most=MOST), standing(course, record).total
    yield words("record.seen", seen=total.seen, all=total.all, due=total.due)
    if not figures.answers:
        yield words("record.no-answers")
        return
    recall = f"{total.recall:.0%}" if total.recall is not None else "-"
    yield words("record.recall", recall=recall)
    yield words(
        "record.answered",
        answers=f"{figures.answers:,}",
        days=len(figures.days),
        share=f"{figures.rights / figures.answers:.0%}",
        hours=f"{figures.seconds / 3600:.1f}",
    )
    for hard in figures.hard:
        yield words("record.hard", item=hard.item, rights=hard.rights, answers=hard.answers)
        item = course.item(hard.item)
        if item is not None:
            yield "  " + fit(visible(plain_ask(item, words.language)), CELLS)
    for slip, times in figures.slips:
        said = course.slip(slip)
        yield words("record.slip", slip=visible(said.say(words.language)) if said else slip, times=times)
