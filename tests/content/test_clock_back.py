"""A clock that was set back by a year: nothing is lost, nothing is undone by itself, and there is a copy a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from content.memory.backups import copies, kept, newest_good
from content.memory.care import look_after
from content.memory.merging import merge
from content.memory.parcel import Parcel
from content.memory.record import Record, open_record
from tests.content.test_cards import replayed
from tests.content.test_record import Clock, answer


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def record(tmp_path: Path, clock: Clock) -> Record:
    return open_record(tmp_path / "record.sqlite", clock=clock).record


def test_an_answer_from_a_year_ago_counts_where_it_says_and_the_schedule_is_a_replay(
    record: Record, clock: Clock
) -> None:
    record.save(answer("a"))
    clock.move(days=3)
    record.save(answer("a"))
    ahead = record.cards("small")["a", 1]
    clock.move(days=-365)
    record.save(answer("a", right=False))
    cards = record.cards("small")
    assert cards["a", 1].last == ahead.last
    assert cards["a", 1].right
    assert {key: card.due for key, card in cards.items()} == {
        key: card.due for key, card in replayed(record.log(), record.plan).items()
    }
    record.close()


def test_undo_undoes_and_redo_redoes(record: Record, clock: Clock) -> None:
    entry = record.save(answer("a"))
    clock.move(days=-365)
    record.void(entry.uuid)
    assert record.seen("small") == frozenset()
    clock.move(days=-365)
    record.restore(entry.uuid)
    assert record.seen("small") == {("a", 1)}
    record.void(entry.uuid)
    assert record.seen("small") == frozenset()
    other = open_record(None).record
    merge(other, Parcel(record.log()))  # brought elsewhere, in the order of times, it means the same
    assert other.seen("small") == frozenset()
    record.close()


def test_there_is_a_copy_of_each_day_and_none_is_thrown_away_for_it(record: Record, clock: Clock) -> None:
    path = record.store.path
    assert path is not None
    record.save(answer("a"))
    assert list(look_after(record)) == []
    clock.move(days=-365)
    record.save(answer("b"))
    assert list(look_after(record)) == []
    assert list(copies(path)) == [date(2026, 11, 23), date(2025, 11, 23)]
    assert kept(copies(path), date(2025, 11, 23)) == set(copies(path))
    assert newest_good(path) == path.parent / "backups" / "record-2026-11-23.sqlite"
    clock.move(days=1)
    assert list(look_after(record)) == []
    assert date(2025, 11, 24) in copies(path)
    record.close()
