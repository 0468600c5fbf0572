"""A disk that stops taking anything while a record is open: nothing is lost, nothing is called saved that is not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from content.errors import StoreError
from content.memory.anew import write_anew
from content.memory.curve import curve
from content.memory.record import Record, open_record
from tests.content.test_record import Clock, answer
from tests.content.unwritable import WAYS, read_only, unwritable


def opened(path: Path, clock: Clock | None = None, *, network: bool = False) -> Record:
    return open_record(path, clock=clock or Clock(), network=network).record


def items(path: Path) -> list[str]:
    """Return what the next start finds."""
    record = opened(path)
    found = [entry.item for entry in record.log()]
    assert record.store.sound()
    record.close()
    return sorted(found)


@pytest.mark.parametrize("network", [False, True])
@pytest.mark.parametrize("way", WAYS)
def test_what_cannot_be_saved_is_told_and_is_saved_once_it_can_be(tmp_path: Path, way: str, network: bool) -> None:
    path = tmp_path / "record.sqlite"
    record = opened(path, network=network)
    record.save(answer("before"))
    assert record.seen("small") == {("before", 1)}
    with unwritable(way):
        for _ in range(2):
            with pytest.raises(StoreError) as told:
                record.save(answer("lost"))
            assert str(path) in told.value.sentence
            if not network:  # a journal that cannot even be made has a sentence of its own
                assert told.value.code == WAYS[way]
        assert [entry.item for entry in record.log()] == ["before"]
        assert record.seen("small") == {("before", 1)}
    record.save(answer("after"))
    record.close()
    assert items(path) == ["after", "before"]


@pytest.mark.parametrize("way", WAYS)
def test_figures_that_cannot_be_derived_stay_those_of_before(tmp_path: Path, way: str) -> None:
    """Say because another program has just imported something; without a learner to tell, it raises."""
    clock, told = Clock(), list[StoreError]()
    record = opened(tmp_path / "record.sqlite", clock)
    record.save(answer("a"))
    clock.move(days=3)
    record.store.connection.execute("INSERT INTO stale VALUES ('small', 'a')")
    with unwritable(way):
        with pytest.raises(StoreError):
            record.cards("small")
        record.troubled = told.append
        assert set(record.cards("small")) == {("a", 1)}
        assert [point.seen for point in curve(record, "small", [("a", 1)], record.today)] == [1] * 4
    assert {problem.code for problem in told} == {WAYS[way]}
    assert len(curve(record, "small", [("a", 1)], record.today)) == 4
    assert record.store.rows("SELECT * FROM stale") == []
    record.close()


def test_a_file_system_that_knows_no_touching_is_written_all_the_same(tmp_path: Path) -> None:
    with read_only():
        record = opened(tmp_path / "record.sqlite")
        record.save(answer("a"))
    assert items(tmp_path / "record.sqlite") == ["a"]
    record.close()


@pytest.mark.parametrize("network", [False, True])
@pytest.mark.parametrize("gone", ["file", "all of it", "folder"])
def test_a_deleted_record_is_written_anew_from_what_is_open(tmp_path: Path, gone: str, network: bool) -> None:
    path = tmp_path / "home" / "record.sqlite"
    record = opened(path, network=network)
    saved = record.save(answer("a"))
    record.keep_draft("small", "b", {"text": "2.3"})
    match gone:
        case "file":  # its journals stay
            path.unlink()
        case "all of it":
            for each in path.parent.glob("record.sqlite*"):
                each.unlink()
        case "folder":
            shutil.rmtree(path.parent)
    with pytest.raises(StoreError) as told:
        record.save(answer("lost"))
    assert told.value.code == "store-gone"
    write_anew(record.store)
    assert record.log() == (saved,)
    assert record.draft("small", "b") == {"text": "2.3"}
    record.save(answer("c"))
    assert (record.store.connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)) == network
    other = opened(path, network=network)
    other.save(answer("d"))
    assert record.seen("small") == {("a", 1), ("c", 1), ("d", 1)}
    other.close()
    record.close()
    assert items(path) == ["a", "c", "d"]
    assert [each.name for each in path.parent.iterdir() if "anew" in each.name] == []


@pytest.mark.parametrize("met", [False, True])
def test_a_record_that_is_moved_without_its_journal_is_whole_where_it_is(tmp_path: Path, met: bool) -> None:
    """Though a new one is begun in its place, which takes the journal away."""
    path = tmp_path / "record.sqlite"
    record = opened(path)
    record.save(answer("a"))
    path.rename(tmp_path / "mine.sqlite")
    if met:
        with pytest.raises(StoreError):
            record.save(answer("lost"))
    record.close()
    opened(path).close()
    assert items(tmp_path / "mine.sqlite") == ["a"]


def test_what_stands_in_its_place_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    record = opened(path)
    record.save(answer("a"))
    path.rename(tmp_path / "mine.sqlite")
    with pytest.raises(StoreError):
        record.save(answer("lost"))
    other = opened(path)
    other.save(answer("theirs"))
    other.close()
    write_anew(record.store)
    with pytest.raises(StoreError) as told:
        record.save(answer("lost"))
    assert told.value.code == "store-moved"
    record.close()
    assert items(path) == ["theirs"]
    assert items(tmp_path / "mine.sqlite") == ["a"]


def test_what_cannot_be_written_anew_stays_open_and_can_be_tried_again(tmp_path: Path) -> None:
    home = tmp_path / "home"
    record = opened(home / "record.sqlite")
    saved = record.save(answer("a"))
    shutil.rmtree(home)
    home.write_text("in the way")
    with pytest.raises(StoreError) as told:
        write_anew(record.store)
    assert str(home / "record.sqlite") in told.value.sentence
    assert record.log() == (saved,)
    home.unlink()
    with unwritable("error"), pytest.raises(StoreError):
        write_anew(record.store)
    assert not (home / "record.sqlite").exists()
    write_anew(record.store)
    record.close()
    assert items(home / "record.sqlite") == ["a"]


def test_a_record_in_memory_stands_for_ever() -> None:
    record = open_record(None).record
    write_anew(record.store)
    record.save(answer())
    assert len(record.log()) == 1
