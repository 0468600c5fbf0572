"""One entry that makes no sense costs nothing but itself: the others count; it is named, and carried on as it is."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.classroom.pool import pool
from content.errors import StoreError
from content.memory.care import tell_unclear
from content.memory.entry import NAMES, Entry
from content.memory.merging import merge
from content.memory.parcel import Parcel, pack, unpacked
from content.memory.record import Record, open_record
from content.memory.statistics import statistics
from content.memory.unclear import of_record, plain, row_of
from content.quiz.session import Session
from tests.content.test_record import Clock, answer

FILE = Path("record.jsonl")

HARM = {
    "JSON": ("slips", "{"),
    "depth": ("extra", "[" * 100_000),
    "time": ("time", "yesterday"),
    "date": ("time", "2026-13-23T14:15:02.123456Z"),
    "bytes": ("answer", b"\xff\x00"),
    "kind": ("kind", ""),
    "number": ("revision", "one"),
    "endless": ("seconds", float("inf")),
    "credit": ("credit", 7.5),
}


@pytest.fixture
def record() -> Iterator[Record]:
    opened = open_record(None, clock=Clock()).record
    yield opened
    opened.close()


def harm(record: Record, entry: Entry, column: str, value: object) -> None:
    """Do to an entry what only somebody's own hand can do."""
    run = record.store.connection.execute
    run("DROP TRIGGER IF EXISTS answers_stay_as_they_are")
    run(f"UPDATE answers SET {column} = ? WHERE uuid = ?", (value, entry.uuid))
    run("INSERT OR IGNORE INTO stale VALUES (?, ?)", (entry.course, entry.item))


def rows(record: Record) -> list[tuple[object, ...]]:
    """Return the log as SQLite keeps it."""
    return record.store.rows(f"SELECT {', '.join(NAMES)} FROM answers ORDER BY uuid")


def by_name(entries: tuple[Entry, ...]) -> dict[str, Entry]:
    """Return entries of one moment, whose order their names decide."""
    return {entry.uuid: entry for entry in entries}


def carried(record: Record) -> tuple[Parcel, list[StoreError]]:
    """Return what an export holds, and what was told of it."""
    told: list[StoreError] = []
    return unpacked(b"".join(pack(record, told.append)), FILE), told


@pytest.mark.parametrize("how", HARM)
def test_the_others_count_and_this_one_is_carried_through_two_exports_unchanged(record: Record, how: str) -> None:
    good, bad, late = (record.save(answer(item)) for item in "abc")
    harm(record, bad, *HARM[how])
    assert {entry.item for entry in record.log()} == {"a", "c"}
    parcel, told = carried(record)
    assert {entry.uuid for entry in parcel.entries} == {good.uuid, late.uuid}
    (problem,) = told
    assert problem.code == "store-entry"
    assert f"Entry 2 ({bad.uuid})" in problem.sentence
    assert parcel.unclear == ()
    there = open_record(None, clock=Clock()).record
    merged = merge(there, parcel)
    assert (merged.new, merged.unclear) == (3, 1)
    assert merge(there, parcel).known == 3
    assert rows(there) == rows(record)
    again, _ = carried(there)
    assert again.rows == parcel.rows
    assert by_name(again.entries) == by_name(parcel.entries)
    assert there.seen("small") == {("a", 1), ("c", 1)}
    there.close()


@pytest.mark.parametrize("how", HARM)
def test_a_sitting_goes_on_and_the_figures_are_those_of_the_others(record: Record, how: str) -> None:
    record.begin_session(Session(id="s", course="small", section="steps", items=("a", "b"), seed=4))
    first = record.save(answer("a"))
    bad = record.save(answer("a", right=False))
    harm(record, bad, *HARM[how])
    assert record.answers_in("s") == (first,)
    assert record.latest("small", "a") == first
    assert record.undone_in("s") is None
    figures = statistics(record, "small", [("a", 1)])
    assert (figures.answers, figures.rights) == (1, 1)
    assert record.overdue("small", record.today + 400) == {("a", 1)}
    if how != "kind":  # else it is no answer at all
        assert [each.number for each in record.unclear()] == [2]
    record.void(first.uuid)
    assert record.latest("small", "a") is None
    record.restore(first.uuid)
    assert record.latest("small", "a") == first


def test_what_was_undone_and_makes_no_sense_cannot_be_brought_back(record: Record) -> None:
    bad = record.save(answer("a"))
    record.void(bad.uuid)
    harm(record, bad, "slips", "{")
    assert record.undone_in("s") is None
    with pytest.raises(StoreError) as told:
        record.restore(bad.uuid)
    assert told.value.code == "store-no-answer"


@pytest.mark.parametrize(("column", "value"), [("items", "{"), ("redrawn", "3")])
def test_a_sitting_whose_order_makes_no_sense_begins_anew(record: Record, column: str, value: str) -> None:
    record.begin_session(Session(id="s", course="small", section="steps", items=("a",), seed=4))
    record.store.connection.execute(f"UPDATE sessions SET {column} = ?", (value,))
    assert record.open_session("small", "steps") is None
    record.store.connection.execute("UPDATE sessions SET time = 'soon'")
    assert record.begun_on("s") is None


def test_a_newer_programs_kind_is_kept_and_goes_out_again_and_counts_for_nothing(record: Record) -> None:
    saved = record.save(answer("a", right=False))
    record.void(saved.uuid)
    data = b"".join(pack(record))
    entry = json.loads(data.splitlines()[1])["entry"]
    newer = {**entry, "uuid": "n1", "kind": "musing", "target": saved.uuid, "time": "2027-01-01T00:00:00.000000Z"}
    there = open_record(None, clock=Clock()).record
    merged = merge(there, unpacked(data + json.dumps({"entry": newer}).encode(), FILE))
    assert (merged.new, merged.unknown, merged.unclear) == (3, 1, 0)
    assert there.verdicts("small") == ()  # what was undone is not redone by an entry that nobody here knows
    assert there.cards("small") == {}
    undone = there.undone_in("s")
    assert undone is not None
    assert undone.uuid == saved.uuid
    parcel, told = carried(there)
    assert told == []
    assert [each.uuid for each in parcel.entries if each.kind == "musing"] == ["n1"]
    assert pool([parcel], "small").answers == ()
    there.close()


def test_a_row_that_a_newer_version_understands_counts_there(record: Record) -> None:
    saved = record.save(answer("a"))
    (row,) = rows(record)
    line = json.dumps({"row": plain(row)}).encode()
    parcel = unpacked(b'{"learncurve": "record", "version": 1}\n' + line, FILE)
    assert (parcel.entries, parcel.rows) == ((saved,), ())


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(NAMES),
        st.one_of(st.text(max_size=5), st.integers(-(2**70), 2**70), st.floats(), st.binary(max_size=3), st.none()),
    )
)
def test_any_row_that_sqlite_keeps_comes_back_as_it_is(harmed: dict[str, object]) -> None:
    """But for an empty target, which says what none says."""
    if harmed.get("target") == "":
        harmed["target"] = None
    record, there = (open_record(None, clock=Clock()).record for _ in range(2))
    saved = record.save(answer("a"))
    try:
        for column, value in harmed.items():
            harm(record, saved, column, value)
    except (sqlite3.Error, OverflowError, UnicodeEncodeError):
        return  # not even SQLite keeps that
    record.save(answer("b"))
    parcel, told = carried(record)
    assert {entry.item for entry in parcel.entries} >= {"b"}
    if parcel.unclear:  # an entry without a name of its own
        assert told
        return
    merge(there, parcel)
    assert sorted(map(repr, rows(there))) == sorted(map(repr, rows(record)))


@pytest.mark.parametrize(
    "row",
    [
        3,
        {"uuid": "x"},
        {**dict.fromkeys(NAMES, ""), "uuid": ""},
        {**dict.fromkeys(NAMES, ""), "uuid": "x", "seconds": None},
        {**dict.fromkeys(NAMES, ""), "uuid": "x", "seconds": {"real": "nan"}},
        {**dict.fromkeys(NAMES, ""), "uuid": "x", "answer": {"base64": "?"}},
        {**dict.fromkeys(NAMES, ""), "uuid": "x", "seed": 2**63},
        {**dict.fromkeys(NAMES, ""), "uuid": "x", "slips": []},
    ],
)
def test_a_row_that_no_record_can_keep_is_passed_over(row: object) -> None:
    with pytest.raises(ValueError, match=r"row|uuid|seconds|answer|seed|slips|base64"):
        row_of(row)
    parcel = unpacked(b'{"learncurve": "record", "version": 1}\n' + json.dumps({"row": row}).encode(), FILE)
    assert (parcel.rows, [each.number for each in parcel.unclear]) == ((), [2])


def test_many_are_one_sentence_and_the_learner_is_told_once(record: Record) -> None:
    for item in "abc":
        harm(record, record.save(answer(item)), "slips", "{")
    assert "3 entries" in of_record("record", record.unclear()).sentence
    assert [problem.code for problem in tell_unclear(record)] == ["store-entries"]
    assert list(tell_unclear(record)) == []
    harm(record, record.save(answer("d")), "slips", "{")
    assert len(list(tell_unclear(record))) == 1


def test_where_all_is_well_the_log_is_not_read(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    saved = record.save(answer("a"))
    record.save(answer("b"))
    record.void(saved.uuid)
    monkeypatch.setattr(record, "read_log", None)
    assert record.unclear() == ()
    assert list(tell_unclear(record)) == []
