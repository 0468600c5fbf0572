"""The learner's statistics as tables: days, questions, misconceptions; for a spreadsheet, or for a program as JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import msgspec

from content.course.course import Course
from content.course.index import Key
from content.memory.day import date_of
from content.memory.forgetting import HORIZON_DAYS, recall
from content.memory.record import Record
from content.memory.statistics import GUESS, SURE, UNSURE

Row = tuple[object, ...]
"""Values of one row; None for what there is none of."""

DAYS = ("day", "answers", "right", "seconds", "new")
ITEMS = (
    "item revision section objective type answers right seconds lapses first last due stability_days difficulty "
    f"recall_in_{HORIZON_DAYS}_days last_right guess guess_right unsure unsure_right sure sure_right"
).split()
SLIPS = ("misconception", "says", "times", "items")


class Table(msgspec.Struct, frozen=True):
    """A table: its name, the names of its columns, its rows."""

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]

    def csv(self) -> bytes:
        """Return it as CSV in UTF-8; what there is none of is empty, true is 1."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.header)
        writer.writerows([int(value) if isinstance(value, bool) else value for value in row] for row in self.rows)
        return text.getvalue().encode("utf-8", "replace")

    def plain(self) -> list[dict[str, Any]]:
        """Return its rows as mappings, for JSON."""
        return [dict(zip(self.header, row, strict=True)) for row in self.rows]


def tables(record: Record, course: Course, language: str) -> tuple[Table, ...]:
    """Return the tables of a course, misconceptions in the words of a language."""
    record.refresh()
    return (
        Table("days", DAYS, tuple(_days(record, course.id))),
        Table("items", tuple(ITEMS), tuple(_items(record, course))),
        Table("misconceptions", SLIPS, tuple(_slips(record, course, language))),
    )


def _days(record: Record, course: str) -> Iterator[Row]:
    sql = (
        "SELECT day, sum(answers), sum(rights), sum(seconds), (SELECT count(*) FROM cards WHERE cards.course = ?1 "
        "AND cards.first = days.day) FROM days WHERE course = ?1 GROUP BY day ORDER BY day"
    )
    for day, answers, rights, seconds, new in record.store.rows(sql, course):
        yield date_of(day).isoformat(), answers, rights, round(seconds, 1), new


def _items(record: Record, course: Course) -> Iterator[Row]:
    """Yield what the course asks, in its order, and behind it what it asked once."""
    sql = (
        "SELECT item, revision, answers, rights, seconds, lapses, first, last, due, stability, difficulty, right, sure "
        "FROM cards WHERE course = ? ORDER BY item, revision"
    )
    cards = {(row[0], row[1]): row for row in record.store.rows(sql, course.id)}
    decay, today = record.plan.decay, record.today
    for section in course.sections:
        for key in course.keys(section.slug):
            row = cards.pop((key.id, key.revision), None)
            yield (*_place(key, section.id), *(_figures(row, today, decay) if row else _NONE))
    for row in cards.values():
        yield row[0], row[1], None, None, None, *_figures(row, today, decay)


def _place(key: Key, section: str) -> Row:
    return key.id, key.revision, section, key.objective, key.kind


_NONE: Row = (0, 0, 0.0, 0, *[None] * 7, *[0] * 6)


def _figures(row: tuple[Any, ...], today: int, decay: float) -> Row:
    _, _, answers, rights, seconds, lapses, first, last, due, stability, difficulty, right, sure = row
    days = [date_of(day).isoformat() for day in (first, last, due)]
    later = recall(stability, today + HORIZON_DAYS - last, decay)
    trusted = msgspec.json.decode(sure)
    return (
        answers,
        rights,
        round(seconds, 1),
        lapses,
        *days,
        round(stability, 2),
        round(difficulty, 2),
        round(later, 4),
        bool(right),
        *[figure for confidence in (GUESS, UNSURE, SURE) for figure in trusted[confidence]],
    )


def _slips(record: Record, course: Course, language: str) -> Iterator[Row]:
    times: dict[str, int] = {}
    items: dict[str, set[str]] = {}
    for item, text in record.store.rows("SELECT item, slips FROM cards WHERE course = ?", course.id):
        for slip, count in msgspec.json.decode(text).items():
            times[slip] = times.get(slip, 0) + count
            items.setdefault(slip, set()).add(item)
    for slip, count in sorted(times.items(), key=lambda pair: (-pair[1], pair[0])):
        words = course.slip(slip)
        yield slip, words.say(language) if words else None, count, " ".join(sorted(items[slip]))
