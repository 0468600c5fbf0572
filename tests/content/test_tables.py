"""Statistics as tables: what was answered, when, and what is mistaken; for spreadsheets and for programs."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import msgspec
import pytest

from content.course.course import Course, open_course
from content.exports.tables import Table, tables
from content.memory.entry import Given
from content.memory.record import Record, open_record
from tests.content.small_course import build
from tests.content.test_record import Clock, answer


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return open_course(build(tmp_path / "course"))


@pytest.fixture
def record(clock: Clock) -> Record:
    """Two days of answers: one question mastered, one missed twice, one that the course no longer has."""
    record = open_record(None, clock=clock).record
    record.save(given("ce-start"))
    record.save(given("updates", right=False, slips=("last-batch",)))
    record.save(given("gone", right=False, slips=("nobody-knows",)))
    clock.move(days=3)
    record.save(given("ce-start", confidence=2))
    record.save(given("updates", right=False, slips=("last-batch",), confidence=1))
    return record


def given(item: str, *, right: bool = True, slips: tuple[str, ...] = (), confidence: int = 3) -> Given:
    return msgspec.structs.replace(answer(item, right=right), slips=slips, confidence=confidence)


def found(record: Record, course: Course, language: str = "en") -> dict[str, Table]:
    return {table.name: table for table in tables(record, course, language)}


def test_days_have_answers_time_and_what_was_new(record: Record, course: Course) -> None:
    assert found(record, course)["days"].plain() == [
        {"day": "2026-11-23", "answers": 3, "right": 1, "seconds": 37.5, "new": 3},
        {"day": "2026-11-26", "answers": 2, "right": 1, "seconds": 25.0, "new": 0},
    ]


def test_every_question_of_the_course_has_a_row_and_those_that_it_lost_too(record: Record, course: Course) -> None:
    rows = {row["item"]: row for row in found(record, course)["items"].plain()}
    assert list(rows)[:-1] == [key.id for slug in course.slugs for key in course.keys(slug)]
    seen = rows["ce-start"]
    assert (seen["section"], seen["objective"], seen["type"]) == ("1.2", "12a", "choice")
    assert (seen["answers"], seen["right"], seen["lapses"], seen["last_right"]) == (2, 2, 0, True)
    assert (seen["first"], seen["last"]) == ("2026-11-23", "2026-11-26")
    assert seen["due"] > "2026-11-26"
    assert (seen["sure"], seen["sure_right"], seen["unsure"], seen["unsure_right"]) == (1, 1, 1, 1)
    card = record.cards(course.id)["ce-start", 1]
    assert seen["stability_days"] == round(card.stability, 2)
    assert 0.5 < seen["recall_in_7_days"] < 1
    missed = rows["updates"]
    assert (missed["answers"], missed["right"], missed["guess"], missed["guess_right"]) == (2, 0, 1, 0)
    assert missed["recall_in_7_days"] < seen["recall_in_7_days"]
    assert (rows["neuron"]["answers"], rows["neuron"]["due"], rows["neuron"]["last_right"]) == (0, None, None)
    assert (rows["gone"]["section"], rows["gone"]["answers"]) == (None, 1)


def test_misconceptions_are_counted_and_said_in_words(record: Record, course: Course) -> None:
    assert found(record, course)["misconceptions"].plain() == [
        {"misconception": "last-batch", "says": "the short batch is dropped", "times": 2, "items": "updates"},
        {"misconception": "nobody-knows", "says": None, "times": 1, "items": "gone"},
    ]
    assert found(record, course, "zh")["misconceptions"].plain()[0]["says"] == "不满的批次被丢弃"


def test_csv_is_read_back_as_it_was(record: Record, course: Course) -> None:
    for table in tables(record, course, "zh"):
        rows = list(csv.reader(io.StringIO(table.csv().decode("utf-8"))))
        assert tuple(rows[0]) == table.header
        assert len(rows) == len(table.rows) + 1
        for read, row in zip(rows[1:], table.rows, strict=True):
            said = ["" if value is None else str(int(value) if isinstance(value, bool) else value) for value in row]
            assert read == said


def test_words_with_commas_quotes_and_newlines_stay_in_their_cell() -> None:
    table = Table("t", ("a", "b"), (('1,5 "x"\ny', None),))
    assert list(csv.reader(io.StringIO(table.csv().decode()))) == [["a", "b"], ['1,5 "x"\ny', ""]]


def test_a_record_without_answers_has_rows_of_nothing(course: Course) -> None:
    empty = found(open_record(None).record, course)
    assert empty["days"].rows == empty["misconceptions"].rows == ()
    assert {row["answers"] for row in empty["items"].plain()} == {0}
