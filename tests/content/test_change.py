"""What answers have changed, what can be redone, when a session began: all read from the record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import pytest
from msgspec.structs import replace

from content.memory.change import changes, gained
from content.memory.forgetting import recall
from content.memory.progress import progress
from content.memory.record import Record, open_record
from tests.content.test_record import SESSION, Clock, answer

KEYS = [("a", 1), ("b", 1), ("c", 1)]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def record(clock: Clock) -> Iterator[Record]:
    opened = open_record(None, clock=clock).record
    yield opened
    opened.close()


def give(record: Record, item: str, *, right: bool = True) -> str:
    """Answer without a hint and sure; return the entry's uuid."""
    return record.save(replace(answer(item, right=right), hints=0)).uuid


def test_a_change_is_recall_seven_days_ahead_without_and_with_todays_answer(record: Record, clock: Clock) -> None:
    give(record, "a")
    stability = record.cards("small")["a", 1].stability
    clock.move(days=3)
    give(record, "a")
    give(record, "b", right=False)
    found = changes(record, "small", KEYS, record.today)
    assert set(found) == {("a", 1), ("b", 1)}
    card = record.cards("small")["a", 1]
    assert found["a", 1].before == pytest.approx(recall(stability, 10))
    assert found["a", 1].after == pytest.approx(recall(card.stability, 7))
    assert found["a", 1].after > (found["a", 1].before or 0)
    assert (found["a", 1].due, found["b", 1].due) == (card.due, record.today + 1)
    assert [record.due("small", *key) for key in KEYS] == [card.due, record.today + 1, None]
    assert found["b", 1].before is None


def test_what_was_gained_is_the_difference_of_the_progress(record: Record, clock: Clock) -> None:
    give(record, "a")
    give(record, "c")
    clock.move(days=5)
    before = progress(KEYS, record.cards("small"), record.today)
    give(record, "a", right=False)
    give(record, "b")
    after = progress(KEYS, record.cards("small"), record.today)
    found = changes(record, "small", KEYS, record.today)
    assert gained(found.values()) == pytest.approx(after.expected - before.expected)


def test_questions_answered_before_the_day_have_not_changed(record: Record, clock: Clock) -> None:
    give(record, "a")
    clock.move(days=1)
    assert changes(record, "small", KEYS, record.today) == {}
    assert set(changes(record, "small", KEYS, record.today - 1)) == {("a", 1)}
    assert changes(record, "small", [("a", 2)], record.today - 1) == {}, "another revision is another question"


def test_an_answer_that_is_undone_has_changed_nothing(record: Record) -> None:
    record.void(give(record, "a"))
    assert changes(record, "small", KEYS, record.today) == {}


def test_what_was_undone_last_is_redone_first_and_an_answer_ends_it(record: Record) -> None:
    one, two, other = give(record, "a"), give(record, "b"), answer("c", session="other")
    assert record.undone_in("s") is None
    for name in (two, one):
        record.void(name)
    for name in (one, two):
        found = record.undone_in("s")
        assert found is not None
        assert found.uuid == name
        record.restore(name)
    assert record.undone_in("s") is None
    record.void(two)
    record.save(other)
    assert record.undone_in("s") is not None, "an answer in another session ends nothing here"
    record.skip(answer("c"))
    assert record.undone_in("s") is None


def test_misconceptions_are_counted_over_all_questions_and_revisions(record: Record) -> None:
    give(record, "a", right=False)
    record.save(answer("b", right=False, revision=2))
    last = give(record, "a", right=False)
    assert record.slips("small") == {"log-base": 3}
    record.void(last)
    assert record.slips("small") == {"log-base": 2}
    assert record.slips("another") == {}


def test_a_session_begins_on_the_learners_day(record: Record, clock: Clock) -> None:
    shanghai = timezone(timedelta(hours=8))
    clock.now = datetime(2026, 11, 24, 3, 59, tzinfo=shanghai)
    record.begin_session(SESSION)
    evening = record.today
    assert record.begun_on("s") == evening == datetime(2026, 11, 23).toordinal()
    clock.move(minutes=2)
    assert record.begun_on("s") == evening == record.today - 1
    assert record.begun_on("t") is None
