"""Copies of the record: whole, one a day, thinned, and the newest good one is found when it is needed."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.errors import StoreError
from content.memory.backups import back_up, back_up_daily, copies, folder_of, is_good, kept, newest_good
from content.memory.record import open_record
from tests.content.test_record import answer

NOW = datetime(2026, 11, 23, 14, 15, 2, tzinfo=UTC)

AFTER_A_YEAR = [
    *(date(2026, 11, day) for day in range(23, 16, -1)),  # a Monday and the six days before it, of two weeks
    date(2026, 11, 15),
    date(2026, 11, 8),
    *(date(2026, month, 1) - timedelta(days=1) for month in range(11, 0, -1)),
]
"""Seven days, the Sundays of the four weeks, the last days of the twelve months, the newest first."""


def test_a_copy_made_while_answers_come_is_a_whole_record(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    record = open_record(path).record
    for number in range(20):
        record.save(answer(f"i{number}"))
    made = back_up_daily(path, NOW)
    assert made == tmp_path / "backups" / "record-2026-11-23.sqlite"
    record.save(answer("later"))
    copy = open_record(made).record
    assert len(copy.log()) == 20
    copy.close()
    record.close()


def test_one_a_day_is_enough_and_none_of_nothing(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    assert back_up_daily(path, NOW) is None
    open_record(path).record.close()
    assert back_up_daily(path, NOW) is not None
    assert back_up_daily(path, NOW + timedelta(hours=2)) is None
    assert back_up_daily(path, NOW + timedelta(days=1)) is not None
    assert len(copies(path)) == 2


def test_a_year_of_days_leaves_seven_days_four_weeks_and_twelve_months(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    open_record(path).record.close()
    for back in range(400, -1, -1):
        back_up_daily(path, NOW - timedelta(days=back)) if back < 3 else _touch(path, NOW - timedelta(days=back))
    assert list(copies(path)) == AFTER_A_YEAR


def test_thinning_day_by_day_leaves_the_same() -> None:
    """What a later day wants to keep, no earlier one has thrown away."""
    days: set[date] = set()
    for back in range(400, -1, -1):
        today = NOW.date() - timedelta(days=back)
        days = kept(days | {today}, today)
    assert sorted(days, reverse=True) == AFTER_A_YEAR


def _touch(path: Path, day: datetime) -> None:
    folder_of(path).mkdir(exist_ok=True)
    (folder_of(path) / f"record-{day.date()}.sqlite").write_bytes(b"")


@given(st.sets(st.dates(date(2024, 1, 1), date(2026, 12, 31)), min_size=1), st.dates(date(2024, 1, 1)))
def test_the_newest_copy_is_never_thinned_away(days: set[date], today: date) -> None:
    keep = kept(days, today)
    assert max(days) in keep
    assert keep <= days
    assert kept(keep, today) == keep


def test_the_newest_good_copy_is_found(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    open_record(path).record.close()
    good = back_up_daily(path, NOW - timedelta(days=1))
    broken = back_up_daily(path, NOW)
    assert broken is not None
    assert newest_good(path) == broken
    broken.write_bytes(broken.read_bytes()[:5000])
    assert not is_good(broken)
    assert newest_good(path) == good
    assert newest_good(tmp_path / "elsewhere" / "record.sqlite") is None


def test_a_copy_that_cannot_be_made_is_one_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    open_record(path).record.close()
    (tmp_path / "backups").write_text("in the way")
    with pytest.raises(StoreError) as told:
        back_up(path, "x")
    assert told.value.code == "store-no-backup"
    assert str(tmp_path / "backups") in told.value.sentence
    (tmp_path / "backups").unlink()
    (tmp_path / "other.sqlite").write_bytes(b"no database at all, " * 300)
    with pytest.raises(StoreError):
        back_up(tmp_path / "other.sqlite", "x")
    assert list((tmp_path / "backups").iterdir()) == []
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(tmp_path / "other.sqlite").execute("SELECT 1 FROM sqlite_master").fetchall()
