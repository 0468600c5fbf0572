"""The record is looked after beside the learner: a copy a day, a look at the whole, and nobody waits."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from content.memory.backups import copies, newest_good
from content.memory.care import look_after
from content.memory.checkup import checkup
from content.memory.record import Record, open_record
from tests.content.test_record import Clock, answer
from tests.content.test_store import filled, garble, spoil


def opened(path: Path, clock: Clock) -> Record:
    return open_record(path, clock=clock).record


def test_a_copy_a_day_and_no_word_about_it(tmp_path: Path) -> None:
    clock, path = Clock(), tmp_path / "record.sqlite"
    record = opened(path, clock)
    for _ in range(3):
        assert list(look_after(record)) == []
        assert list(look_after(record)) == []
        clock.move(days=1)
    assert [str(day) for day in copies(path)] == ["2026-11-25", "2026-11-24", "2026-11-23"]
    record.close()


def test_a_damaged_record_is_told_and_not_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("content.memory.care.CHECKED_BYTES", 0)  # every record is a large one
    monkeypatch.setattr("content.memory.store.CHECKED_BYTES", 0)
    clock, path = Clock(), tmp_path / "record.sqlite"
    filled(path)
    record = opened(path, clock)
    assert list(look_after(record)) == []
    good = newest_good(path)
    record.close()
    spoil(path)
    clock.move(days=1)
    record = opened(path, clock)
    (problem,) = look_after(record)
    assert problem.code == "store-unsound"
    assert str(path) in problem.sentence
    assert newest_good(path) == good
    assert list(copies(path).values()) == [good]
    record.close()


def test_trouble_with_the_copy_is_a_sentence_and_the_record_goes_on(tmp_path: Path) -> None:
    record = opened(tmp_path / "record.sqlite", Clock())
    (tmp_path / "backups").write_text("in the way")
    (problem,) = look_after(record)
    assert problem.code == "store-no-backup"
    record.save(answer())
    record.close()


def test_nobody_waits_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends although somebody else holds the record all the while."""
    monkeypatch.setattr("content.memory.care.CHECKED_BYTES", 0)
    record = opened(tmp_path / "record.sqlite", Clock())
    record.save(answer())
    said: list[object] = []
    with record.store.writing() as connection:
        connection.execute("INSERT INTO settings VALUES ('x', '1')")
        care = threading.Thread(target=lambda: said.append(list(look_after(record))))
        care.start()
        care.join(60)
        assert said == [[]]
    assert copies(tmp_path / "record.sqlite")
    record.close()


def test_a_record_in_memory_and_one_that_is_gone(tmp_path: Path) -> None:
    assert list(look_after(open_record(None).record)) == []
    record = opened(tmp_path / "record.sqlite", Clock())
    record.store.path = tmp_path / "gone.sqlite"
    (problem,) = look_after(record)
    assert problem.code == "store-trouble"
    record.close()


def test_a_checkup_changes_nothing_and_names_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    assert checkup(path) is None
    assert list(tmp_path.iterdir()) == []
    clock = Clock()
    filled(path, 3)
    record = opened(path, clock)
    assert list(look_after(record)) == []
    record.close()
    found = checkup(path)
    assert found is not None
    assert (found.answers, found.journal, found.trouble, str(found.backup)) == (3, "wal", "", "2026-11-23")
    assert found.bytes == path.stat().st_size
    garble(path)
    found = checkup(path)
    assert found is not None
    assert (found.answers, "not a database" in found.trouble) == (None, True)
    opened(path, clock).close()
    found = checkup(path)
    assert found is not None
    assert (found.answers, found.trouble) == (0, "")
    assert [file.name for file in found.aside] == ["record-broken-20261123-141502.sqlite"]
