"""The record loses nothing that it has acknowledged."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from content.errors import StoreError
from content.memory.entry import Answer
from content.memory.record import open_record

COURSE = "large-models"


def given(item: str, *, right: bool = True, revision: int = 1) -> Answer:
    """Return an answer to a question."""
    return Answer(course=COURSE, item=item, right=right, credit=float(right), revision=revision, answer={"chosen": "b"})


def test_an_answer_is_read_back_as_it_was_given(tmp_path: Path) -> None:
    """Every column survives, Chinese included."""
    record = open_record(tmp_path / "record.sqlite").record
    kept = record.keep_answer(
        Answer(
            course=COURSE,
            item="ce-start",
            revision=2,
            language="zh",
            shown=["b", "a"],
            answer={"text": "半句话"},
            credit=0.5,
            slips=("log-base",),
            confidence=3,
            hints=1,
            seconds=12.5,
            seed=7,
            app="0.1.0",
        )
    )
    assert record.answers(COURSE) == [kept]
    assert kept.time.endswith("Z")


def test_an_undone_answer_stays_in_the_log_and_counts_no_longer(tmp_path: Path) -> None:
    """Undo is an entry, never a deletion."""
    record = open_record(tmp_path / "record.sqlite").record
    first = record.keep_answer(given("one"))
    record.keep_answer(given("two"))
    record.void(first)
    assert [answer.item for answer in record.answers(COURSE)] == ["two"]
    assert record.seen(COURSE) == {("two", 1)}
    assert record.store.read("SELECT count(*) FROM answers") == [(3,)]


def test_a_new_revision_is_unseen(tmp_path: Path) -> None:
    """A question whose meaning changed starts anew."""
    record = open_record(tmp_path / "record.sqlite").record
    record.keep_answer(given("one", revision=1))
    assert ("one", 2) not in record.seen(COURSE)


def test_answers_come_in_the_order_of_time_whatever_the_clock_did(tmp_path: Path) -> None:
    """A clock that is set back orders by what it said; nothing is lost."""
    moments = iter(datetime(2026, 11, 23, tzinfo=UTC) + timedelta(days=days) for days in (0, -365, 1))
    record = open_record(tmp_path / "record.sqlite", clock=lambda: next(moments)).record
    for item in ("first", "second", "third"):
        record.keep_answer(given(item))
    assert [answer.item for answer in record.answers(COURSE)] == ["second", "first", "third"]


def test_places_drafts_and_choices_are_kept(tmp_path: Path) -> None:
    """What a dropped line would take is there again."""
    path = tmp_path / "record.sqlite"
    record = open_record(path).record
    record.keep_place(COURSE, "losses", [3, 2])
    record.keep_place(COURSE, "backprop", [1, 0])
    record.keep_draft(COURSE, "ce-start", {"text": "ln 1"})
    record.keep_setting("interface", {"language": "zh"})
    record.close()
    again = open_record(path).record
    assert again.place(COURSE, "losses") == [3, 2]
    assert again.newest_place(COURSE) == "backprop"
    assert again.draft(COURSE, "ce-start") == {"text": "ln 1"}
    assert again.setting("interface") == {"language": "zh"}
    again.drop_draft(COURSE, "ce-start")
    assert again.draft(COURSE, "ce-start") is None


def test_two_programs_write_into_one_record(tmp_path: Path) -> None:
    """Two apps at once: each sees the other's answers."""
    path = tmp_path / "record.sqlite"
    one, other = open_record(path).record, open_record(path).record
    for number in range(20):
        (one if number % 2 else other).keep_answer(given(f"item-{number}"))
    assert len(one.answers(COURSE)) == len(other.answers(COURSE)) == 20


KILLED = """
import sys
from pathlib import Path
from content.memory.entry import Answer
from content.memory.record import open_record
record = open_record(Path(sys.argv[1])).record
number = 0
while True:
    number += 1
    record.keep_answer(Answer(course="large-models", item=f"item-{number}"))
    print(number, flush=True)
"""


def test_kill_9_loses_no_acknowledged_answer(tmp_path: Path) -> None:
    """Whatever was said to be saved is there, after a kill in the middle of writing."""
    path = tmp_path / "record.sqlite"
    with subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        said = ""
        while said.strip() != "25":
            said = child.stdout.readline()
        os.kill(child.pid, signal.SIGKILL)
        rest = child.stdout.read().split()
    acknowledged = int(rest[-1]) if rest else 25
    kept = {answer.item for answer in open_record(path).record.answers(COURSE)}
    assert {f"item-{number}" for number in range(1, acknowledged + 1)} <= kept


@pytest.mark.parametrize("damage", ["letters", "cut", "flipped"])
def test_an_unreadable_record_is_set_aside_never_reset(tmp_path: Path, damage: str) -> None:
    """The old file keeps its bytes under a new name that is told."""
    path = tmp_path / "record.sqlite"
    record = open_record(path).record
    for number in range(200):
        record.keep_answer(given(f"item-{number}"))
    record.close()
    sound = path.read_bytes()
    broken = {
        "letters": b"this is no database, whatever its name says" * 40,
        "cut": sound[: len(sound) // 2],
        "flipped": sound[:4096] + bytes(byte ^ 255 for byte in sound[4096:8192]) + sound[8192:],
    }[damage]
    path.write_bytes(broken)
    opened = open_record(path)
    assert opened.set_aside is not None
    assert opened.set_aside.read_bytes() == broken
    assert opened.record.answers(COURSE) == []
    opened.record.keep_answer(given("anew"))


def test_a_record_of_a_newer_program_is_not_touched(tmp_path: Path) -> None:
    """A downgrade refuses to write, and says what to do."""
    path = tmp_path / "record.sqlite"
    open_record(path).record.close()
    link = sqlite3.connect(path)
    link.execute("PRAGMA user_version=99")
    link.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer learncurve"):
        open_record(path)
    assert path.read_bytes() == before


def test_a_full_disk_is_said_and_the_learner_goes_on(tmp_path: Path) -> None:
    """A place that cannot be kept is told; an answer that cannot be kept raises."""
    record = open_record(tmp_path / "record.sqlite").record
    pages = record.store.read("PRAGMA page_count")[0][0]
    record.store.read(f"PRAGMA max_page_count={pages}")
    told: list[StoreError] = []
    record.troubled = told.append
    with pytest.raises(StoreError, match="full"):
        for number in range(500):
            record.keep_answer(given(f"item-{number}"))
    record.keep_place(COURSE, "losses", "x" * 20000)
    assert [problem.code for problem in told] == ["record-unwritable"]
    assert len(record.answers(COURSE)) == number


def test_a_folder_without_rights_is_one_sentence(tmp_path: Path) -> None:
    """The sentence names the file and the way out."""
    tmp_path.joinpath("file").write_text("not a folder")
    with pytest.raises(StoreError, match="--home"):
        open_record(tmp_path / "file" / "record.sqlite")


def test_on_a_network_file_system_there_is_no_write_ahead_log(tmp_path: Path) -> None:
    """Rollback journal there: WAL needs shared memory that a network does not have."""
    record = open_record(tmp_path / "record.sqlite", network=True).record
    assert record.store.read("PRAGMA journal_mode") == [("delete",)]
