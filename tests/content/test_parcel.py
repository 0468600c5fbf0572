"""A record goes out as JSON lines and comes in elsewhere: the same answers, the same schedule, however often."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.errors import StoreError
from content.memory.merging import merge
from content.memory.parcel import pack, unpack
from content.memory.record import Record, open_record
from content.memory.schedule import Plan
from content.memory.unclear import of_file
from tests.content.test_record import Clock, answer


def written(record: Record, file: Path) -> Path:
    file.write_bytes(b"".join(pack(record)))
    return file


def faulty_at(file: Path, line: int, says: str = "") -> bool:
    """Return whether one line of a file was passed over, and is named with its reason."""
    said = of_file(file, unpack(file).unclear).sentence
    return said.startswith(f"{file}:{line}: ") and says in said and "passed over" in said


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.booleans(), st.integers(0, 60)), min_size=1, max_size=20))
def test_round_trip_the_same_schedule_to_the_day(
    tmp_path_factory: pytest.TempPathFactory, answers: list[tuple[int, bool, int]]
) -> None:
    clock = Clock()
    here, there = open_record(None, clock=clock).record, open_record(None, clock=clock).record
    here.keep_plan(Plan(retention=0.85))
    for number, right, days in answers:
        clock.move(days=days)
        entry = here.save(answer(f"i{number}", right=right))
    here.void(entry.uuid)
    here.flag("small", "i0", note="键?")
    file = written(here, tmp_path_factory.mktemp("parcel") / "record.jsonl")
    first = merge(there, unpack(file))
    assert (first.new, first.known, first.flags, first.plan) == (len(answers) + 1, 0, 1, True)
    again = merge(there, unpack(file))
    assert (again.new, again.known, again.flags, again.plan) == (0, len(answers) + 1, 0, False)
    assert there.log() == here.log()
    assert there.cards("small") == here.cards("small")
    assert there.all_flags() == here.all_flags()


def test_a_plan_of_ones_own_stays(tmp_path: Path) -> None:
    here, there = open_record(None).record, open_record(None).record
    here.keep_plan(Plan(retention=0.85))
    there.keep_plan(Plan(retention=0.95))
    assert not merge(there, unpack(written(here, tmp_path / "file"))).plan
    assert there.plan == Plan(retention=0.95)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "truncated"),
        ("[]", "neither"),
        ('{"entry": {"uuid": "x"}}', "missing required field"),
        ('{"entry": 3}', "Expected `object`"),
        ('{"flag": {"course": "small"}}', "missing required field"),
        ('{"plan": {"retention": "much"}}', "Expected `float`"),
    ],
)
def test_a_faulty_line_is_named_and_the_others_are_read(tmp_path: Path, line: str, says: str) -> None:
    record = open_record(None).record
    saved = record.save(answer())
    file = written(record, tmp_path / "record.jsonl")
    head, good = file.read_text().splitlines()
    file.write_text(f"{head}\n{line}\n{good}\n")
    parcel = unpack(file)
    assert parcel.entries == (saved,)
    assert faulty_at(file, 2, says)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "parcel-faulty"),
        ("uuid,item\n", "parcel-faulty"),
        ('{"learncurve": "record", "version": 99}\n', "parcel-newer"),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "file").write_text(text)
    with pytest.raises(StoreError) as told:
        unpack(tmp_path / "file")
    assert told.value.code == code
    with pytest.raises(StoreError) as told:
        unpack(tmp_path / "nothing")
    assert told.value.code == "parcel-unreadable"


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("time", "yesterday", "time = yesterday"),
        ("time", "0001-01-01T00:00:00.000000Z", "time = 0001"),
        ("time", "9999-12-31T23:59:59.999999Z", "time = 9999"),
        ("kind", "", "kind = "),
        ("kind", "void", "target = "),
        ("target", "x", "target = x"),
        ("uuid", "", "uuid = "),
        ("credit", 1.5, "credit = 1.5"),
        ("seconds", -1, "seconds = -1"),
        ("seed", 2**63, f"seed = {2**63}"),
        ("revision", -1, "revision = -1"),
        ("revision", "one", "$.revision"),
        ("right", None, "$.right"),
        ("shown", "right", "$.shown"),
    ],
)
def test_an_entry_that_cannot_be_is_refused_by_its_field(tmp_path: Path, field: str, value: object, says: str) -> None:
    record = open_record(None).record
    record.save(answer())
    file = written(record, tmp_path / "record.jsonl")
    head, line = file.read_text().splitlines()
    entry = json.loads(line)["entry"]
    assert field in entry
    file.write_text(f"{head}\n{json.dumps({'entry': {**entry, field: value}})}\n")
    assert unpack(file).entries == ()
    assert faulty_at(file, 2, says)


def test_a_flag_that_cannot_be_is_refused_and_depth_is_no_crash(tmp_path: Path) -> None:
    record = open_record(None).record
    record.flag("small", "ce-start")
    file = written(record, tmp_path / "record.jsonl")
    head, line = file.read_text().splitlines()
    time = json.loads(line)["flag"]["time"]
    for faulty in (line.replace(time, "soon"), line.replace('"revision":1', '"revision":-1'), "[" * 100_000):
        file.write_text(f"{head}\n{faulty}\n")
        assert faulty_at(file, 2)
