"""A damaged record loses what was on the damaged pages and no more: the rest, and the backup, come back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.errors import StoreError
from content.memory.backups import back_up, back_up_daily
from content.memory.merging import merge
from content.memory.parcel import Parcel
from content.memory.record import Record, open_record
from content.memory.restoring import restore, sources
from content.memory.salvage import salvage
from content.memory.schedule import Plan
from content.quiz.session import Session
from tests.content.old_record import write_version_1
from tests.content.test_record import Clock, answer
from tests.content.test_store import behead, flip, garble, truncate
from tests.content.test_unclear import carried, harm, rows

PAGE = 4096


def filled(path: Path, clock: Clock, answers: int = 400) -> Record:
    """Return a record with answers and one of everything that lies beside them."""
    path.write_bytes(_file(answers))
    clock.move(hours=12)
    return open_record(path, clock=clock).record


@cache
def _file(answers: int) -> bytes:
    """Return such a record as it lies on the disk; answers come in by one transaction, which is quicker."""
    source, clock = open_record(None).record, Clock()
    source.clock = clock
    for number in range(answers):
        clock.move(minutes=1)
        source.save(answer(f"i{number}"))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "record.sqlite"
        record = open_record(path, clock=clock).record
        merge(record, Parcel(source.log()))
        record.cards("small")
        _keep(record)
        record.close()
        return path.read_bytes()


def _keep(record: Record) -> None:
    record.keep_setting("interface", {"language": "zh", "greeted": True})
    record.keep_place("small", "steps", {"paragraph": 3})
    record.keep_draft("small", "half", {"text": "2.3"})
    record.begin_session(Session(id="s1", course="small", section="1.1", items=("i0", "i1"), seed=7))
    record.flag("small", "i3", note="key?")
    record.keep_plan(Plan(retention=0.85))


def punch(path: Path) -> None:
    """Overwrite a page in the middle, as a bad sector does."""
    data = bytearray(path.read_bytes())
    at = len(data) // 2 // PAGE * PAGE
    data[at : at + PAGE] = b"\xff" * PAGE
    path.write_bytes(data)


def shorten(path: Path) -> None:
    """Lose the last quarter, as a copy that was broken off."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 3 // 4])


def broken_and_opened(path: Path, harm: Callable[[Path], None], clock: Clock) -> Record:
    """Damage a record and open it again: a new one was begun."""
    harm(path)
    opened = open_record(path, clock=clock)
    assert opened.set_aside is not None
    assert opened.record.log() == ()
    return opened.record


@pytest.mark.parametrize("harm", [garble, truncate, flip, behead, punch, shorten])
def test_the_backup_and_what_is_left_come_back_whatever_broke(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    clock, path = Clock(), tmp_path / "record.sqlite"
    old = filled(path, clock, 300)
    back_up_daily(path, clock())
    backed_up = {entry.uuid: entry for entry in old.log()}
    for number in range(20):
        old.save(answer(f"later{number}"))
    all_of_it = {entry.uuid: entry for entry in old.log()}
    old.close()
    record = broken_and_opened(path, harm, clock)
    files = sources(path)
    assert [file.parent.name for file in files] == [tmp_path.name, "backups"]
    came = restore(record, files)
    kept = {entry.uuid: entry for entry in record.log()}
    assert backed_up.items() <= kept.items()
    assert kept.items() <= all_of_it.items()
    assert came.entries == len(kept)
    assert record.setting("interface") == {"language": "zh", "greeted": True}
    assert record.place("small", "steps") == {"paragraph": 3}
    assert record.draft("small", "half") == {"text": "2.3"}
    assert record.flags("small")["i3"].note == "key?"
    assert record.plan == Plan(retention=0.85)
    assert record.open_session("small", "1.1") == Session(
        id="s1", course="small", section="1.1", items=("i0", "i1"), seed=7
    )
    assert record.store.sound()
    again = restore(record, files)
    assert (again.entries, again.flags, again.keepsakes, again.plan) == (0, 0, 0, False)
    record.close()


def test_most_of_a_record_with_one_bad_page_comes_back_without_any_backup(tmp_path: Path) -> None:
    clock, path = Clock(), tmp_path / "record.sqlite"
    filled(path, clock).close()
    record = broken_and_opened(path, punch, clock)
    assert sources(path) == (next(tmp_path.glob("record-broken-*.sqlite")),)
    came = restore(record, sources(path))
    assert came.entries > 350
    assert came.unread == ()
    assert len(record.cards("small")) == came.entries
    record.close()


def test_nothing_that_is_left_is_told_and_stays(tmp_path: Path) -> None:
    clock, path = Clock(), tmp_path / "record.sqlite"
    filled(path, clock, 3).close()
    record = broken_and_opened(path, garble, clock)
    (aside,) = sources(path)
    before = aside.read_bytes()
    came = restore(record, [aside, tmp_path / "nowhere.sqlite"])
    assert (came.entries, came.read) == (0, ())
    assert [problem.code for problem in came.unread] == ["store-nothing-left"] * 2
    assert str(aside) in came.unread[0].sentence
    assert aside.read_bytes() == before
    record.close()


def test_another_programs_database_holds_no_answers(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "cookies.sqlite") as connection:
        connection.execute("CREATE TABLE cookies (name TEXT)")
    with pytest.raises(StoreError) as told:
        salvage(tmp_path / "cookies.sqlite")
    assert told.value.sentence.endswith("it holds no answers. It stays where it is.")


def test_what_the_new_record_has_of_its_own_stays(tmp_path: Path) -> None:
    clock = Clock()
    filled(tmp_path / "old.sqlite", clock, 5).close()
    record = open_record(None, clock=clock).record
    record.keep_setting("interface", {"language": "en"})
    record.keep_place("small", "steps", {"paragraph": 9})
    record.keep_plan(Plan(retention=0.95))
    restore(record, [tmp_path / "old.sqlite"])
    assert record.setting("interface") == {"language": "en"}
    assert record.place("small", "steps") == {"paragraph": 9}
    assert record.plan == Plan(retention=0.95)
    assert record.draft("small", "half") == {"text": "2.3"}


def test_a_damaged_record_waits_for_an_answer_until_it_came_back_or_was_declined(tmp_path: Path) -> None:
    """The mark is of this record: the one that comes with a damaged file is that file's own."""
    clock, path = Clock(), tmp_path / "record.sqlite"
    filled(path, clock, 5).close()
    new = broken_and_opened(path, garble, clock)
    first = new.aside
    assert first is not None
    new.close()
    again = open_record(path, clock=clock).record
    assert again.aside == first
    again.save(answer("late"))
    back_up_daily(path, clock())
    again.close()
    clock.move(hours=1)
    newest = broken_and_opened(path, garble, clock)
    assert newest.aside not in (None, first)
    newest.settle_aside()
    assert newest.aside is None
    assert restore(newest, sources(path)).entries == 1
    assert newest.aside is None
    newest.keep_setting("aside", "../elsewhere.sqlite")
    assert newest.aside is None
    newest.close()


def test_what_makes_no_sense_comes_back_as_it_is_unless_another_file_has_the_words(tmp_path: Path) -> None:
    """Once, however often it is restored; and it goes out with every export."""
    path = tmp_path / "old" / "record.sqlite"
    path.parent.mkdir()
    record = open_record(path, clock=Clock()).record
    kept, early, late = (record.save(answer(item)) for item in "abc")
    harm(record, early, "extra", "[" * 100_000)
    back_up(path, "2026-11-23")
    harm(record, late, "credit", 7.5)
    expected = rows(record)
    record.close()
    backup = next((tmp_path / "old" / "backups").iterdir())
    new = open_record(tmp_path / "record.sqlite", clock=Clock()).record
    came = restore(new, [path])
    assert (came.entries, came.unclear, came.unread) == (3, 2, ())
    assert rows(new) == expected
    assert [row[0] for row in carried(new)[0].rows] == [early.uuid, late.uuid]
    again = restore(new, [path, backup])
    assert (again.entries, again.unclear) == (0, 0)
    new.close()
    other = open_record(None, clock=Clock()).record
    came = restore(other, [path, backup])
    assert (came.entries, came.unclear) == (3, 1)
    assert {entry.uuid for entry in other.log()} == {kept.uuid, late.uuid}
    other.close()


def test_a_draft_whose_question_was_answered_since_does_not_come_back(tmp_path: Path) -> None:
    clock, path = Clock(), tmp_path / "record.sqlite"
    old = filled(path, clock, 5)
    backup = back_up(path, "x")
    clock.move(hours=1)
    old.save(answer("half"))
    old.close()
    record = open_record(None, clock=clock).record
    restore(record, [path, backup])
    assert record.draft("small", "half") is None
    assert len(record.log()) == 6


def test_a_record_of_the_first_version_comes_back(tmp_path: Path) -> None:
    source = open_record(None, clock=Clock()).record
    entries = [source.save(answer(f"i{number}")) for number in range(3)]
    write_version_1(tmp_path / "old.sqlite", entries)
    record = open_record(None).record
    assert restore(record, [tmp_path / "old.sqlite"]).entries == 3


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**30), st.integers(0, 7), st.integers(1, 40))
def test_flipped_bits_never_bring_in_what_cannot_be_opened(
    tmp_path_factory: pytest.TempPathFactory, seed: int, bit: int, every: int
) -> None:
    """Whatever comes back can be replayed, listed and exported; the program never stumbles over it."""
    folder = tmp_path_factory.mktemp("flipped")
    clock, path = Clock(), folder / "old.sqlite"
    filled(path, clock, 40).close()
    data = bytearray(path.read_bytes())
    for at in range(seed % len(data), len(data), len(data) // every + 1):
        data[at] ^= 1 << bit
    path.write_bytes(data)
    record = open_record(None, clock=clock).record
    came = restore(record, [path])
    record.cards("small")
    entries, unclear = record.read_log()
    assert len(entries) + len(unclear) == came.entries
    parcel, _ = carried(record)
    assert (len(parcel.entries), len(parcel.rows)) == (len(entries), len(unclear))
    assert all(isinstance(record.setting(key, ""), str | dict) for key in ("interface", "open"))
    record.close()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**30), st.integers(0, 7), st.integers(1, 20))
def test_a_record_with_flipped_bits_is_opened_told_or_set_aside(
    tmp_path_factory: pytest.TempPathFactory, seed: int, bit: int, every: int
) -> None:
    """Nothing but a sentence ever comes of it; and what is told to be damaged is set aside at the next start."""
    folder = tmp_path_factory.mktemp("flipped")
    clock, path = Clock(), folder / "record.sqlite"
    filled(path, clock, 40).close()
    data = bytearray(path.read_bytes())
    for at in range(100 + seed % (len(data) - 100), len(data), len(data) // every + 1):
        data[at] ^= 1 << bit
    path.write_bytes(data)
    told = [problem.code for problem in used(path, clock)]
    assert set(told) <= {"store-foreign", "store-trouble", "store-entry", "store-broken"}
    if "store-broken" in told:
        again = open_record(path, clock=clock)
        assert again.set_aside is not None
        again.record.close()


def used(path: Path, clock: Clock) -> list[StoreError]:
    """Open a record, read it, answer, and return what was told of it."""
    told: list[StoreError] = []
    try:
        record = open_record(path, clock=clock).record
    except StoreError as problem:
        return [problem]
    uses: list[Callable[[], object]] = [
        lambda: record.cards("small"),
        lambda: record.verdicts("small"),
        lambda: record.save(answer("new")),
        record.log,
    ]
    for use in uses:
        try:
            use()
        except StoreError as problem:
            told.append(problem)
    record.close()
    return told
