"""The record keeps what was answered, and what can be undone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.errors import StoreError
from content.memory.entry import Entry, Given
from content.memory.record import Record, open_record
from content.memory.sessions import steps
from content.quiz.session import Session, Step, standing


class Clock:
    """A clock that stands until it is told to move."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 14, 15, 2, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **delta: float) -> None:
        self.now += timedelta(**delta)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def record(tmp_path: Path, clock: Clock) -> Iterator[Record]:
    opened = open_record(tmp_path / "data" / "record.sqlite", clock=clock, app="0.1.0")
    assert opened.set_aside is None
    yield opened.record
    opened.record.close()


def answer(item: str = "ce-start", *, right: bool = True, revision: int = 1, session: str = "s") -> Given:
    return Given(
        course="small",
        item=item,
        revision=revision,
        language="zh",
        answer='{"type":"chosen","option":"right"}',
        credit=float(right),
        right=right,
        confidence=3,
        shown=("right", "log-base"),
        hints=1,
        seconds=12.5,
        seed=2**53 - 1,
        slips=() if right else ("log-base",),
        session=session,
    )


def test_everything_about_an_answer_is_kept(record: Record, tmp_path: Path) -> None:
    saved = record.save(answer(right=False))
    record.close()
    kept = open_record(tmp_path / "data" / "record.sqlite").record.latest("small", "ce-start")
    assert kept == saved
    assert saved.time == "2026-11-23T14:15:02.000000Z"
    assert (saved.app, saved.kind, saved.slips, saved.seed) == ("0.1.0", "answer", ("log-base",), 2**53 - 1)


def test_seen_are_the_questions_answered_in_their_revision(record: Record) -> None:
    record.save(answer("a"))
    record.save(answer("a", right=False))
    record.save(answer("b", revision=2))
    record.skip(answer("c"))
    assert record.seen("small") == {("a", 1), ("b", 2)}
    assert record.seen("another") == frozenset()
    assert record.covered("small", [("a", 1), ("b", 1), ("c", 1)]) == 1


def test_undo_and_redo_leave_the_answer_in_the_log(record: Record) -> None:
    saved = record.save(answer())
    record.void(saved.uuid)
    assert record.latest("small", "ce-start") is None
    assert record.seen("small") == frozenset()
    assert record.verdicts("small") == ()
    record.restore(saved.uuid)
    assert record.latest("small", "ce-start") == saved
    record.void(saved.uuid)
    assert record.answers_in("s") == ()
    assert [entry.kind for entry in record.log()] == ["answer", "void", "restore", "void"]


def test_an_undo_counts_though_the_clock_was_set_back(record: Record, clock: Clock) -> None:
    saved = record.save(answer())
    clock.move(days=-365)
    record.void(saved.uuid)
    record.void(saved.uuid)
    assert record.seen("small") == frozenset()
    record.restore(saved.uuid)
    assert record.seen("small") == {("ce-start", 1)}
    assert [entry.kind for entry in record.log("small")] == ["answer", "void", "void", "restore"]


def test_what_is_not_there_cannot_be_undone(record: Record) -> None:
    with pytest.raises(StoreError) as told:
        record.void("nothing")
    assert told.value.code == "store-no-answer"
    assert record.log() == ()


def test_the_latest_answer_is_the_latest_by_time(record: Record, clock: Clock) -> None:
    first = record.save(answer(right=False))
    clock.move(hours=1)
    second = record.save(answer())
    assert record.latest("small", "ce-start") == second
    record.void(second.uuid)
    assert record.latest("small", "ce-start") == first
    assert [outcome.right for outcome in record.verdicts("small")] == [False]


@pytest.mark.parametrize("harm", ["DELETE FROM answers", "UPDATE answers SET right = 1"])
def test_the_log_cannot_be_changed(record: Record, harm: str) -> None:
    record.save(answer(right=False))
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        record.store.connection.execute(harm)
    assert [entry.right for entry in record.log()] == [False]


def test_a_saved_answer_replaces_its_draft(record: Record) -> None:
    record.keep_draft("small", "ce-start", {"text": "2.3", "hints": 1})
    record.keep_draft("small", "other", {"text": "半"})
    assert record.draft("small", "ce-start") == {"text": "2.3", "hints": 1}
    record.save(answer())
    assert record.draft("small", "ce-start") is None
    assert record.drafts("small") == ("other",)
    record.drop_draft("small", "other")
    assert record.drafts("small") == ()


def test_places_settings_and_flags_are_kept(record: Record, clock: Clock) -> None:
    assert record.place("small", "steps") is None
    assert record.newest_place("small") is None
    record.keep_place("small", "steps", {"block": "one+2", "scroll": 3})
    clock.move(seconds=1)
    record.keep_place("small", "starts", "first-loss")
    record.keep_place("small", "steps", {"block": "loop", "scroll": 0})
    assert record.place("small", "steps") == {"block": "loop", "scroll": 0}
    assert record.newest_place("small") in ("steps", "starts")
    clock.move(seconds=1)
    record.keep_place("small", "starts", "sources")
    assert record.newest_place("small") == "starts"
    assert record.setting("interface", {}) == {}
    record.keep_setting("interface", {"language": "zh"})
    assert record.setting("interface") == {"language": "zh"}
    record.keep_setting("interface", None)
    assert record.setting("interface", 7) == 7
    record.flag("small", "ce-start", revision=2, language="zh", note="key?\x1b")
    assert record.flags("small")["ce-start"].note == "key?\x1b"
    record.unflag("small", "ce-start")
    assert record.flags("small") == {}


SESSION = Session(id="s", course="small", section="steps", items=("a", "b", "c"), seed=4, redrawn=("b",))


def test_a_session_goes_on_after_a_crash_where_it_was(record: Record, tmp_path: Path) -> None:
    record.begin_session(SESSION)
    record.save(answer("a", right=False))
    saved = record.save(answer("b", right=False))
    record.void(saved.uuid)
    record.save(answer("b"))
    record.skip(answer("c"))
    again = open_record(tmp_path / "data" / "record.sqlite").record  # the first one is not closed: it crashed
    session = again.open_session("small", "steps")
    assert session == SESSION
    done = steps(again.answers_in(session.id))
    assert done == (Step("a"), Step("b", True), Step("c", skipped=True))
    turn = standing(session, done).turn
    assert turn is not None
    assert (turn.item, turn.attempt) == ("a", 2)
    again.end_session("s")
    assert again.open_session("small", "steps") is None
    again.close()


def test_a_new_session_ends_the_older_one_of_its_section(record: Record) -> None:
    record.begin_session(SESSION)
    record.begin_session(Session(id="t", course="small", section="steps", items=(), seed=1))
    record.begin_session(Session(id="u", course="small", section="starts", items=(), seed=1))
    session = record.open_session("small", "steps")
    assert session is not None
    assert session.id == "t"
    assert record.open_session("small", "steps", mode="review") is None


def test_two_programs_write_the_same_record(record: Record, tmp_path: Path) -> None:
    other = open_record(tmp_path / "data" / "record.sqlite").record
    for turn in range(20):
        (record if turn % 2 else other).save(answer(f"i{turn}"))
    assert len(record.seen("small")) == 20
    assert record.seen("small") == other.seen("small")
    other.close()


def test_a_program_that_holds_the_record_is_waited_for_and_then_told(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    record = open_record(path, busy_seconds=0.05).record
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError) as told:
        record.save(answer())
    assert told.value.code == "store-busy"
    other.execute("COMMIT")
    record.save(answer())
    assert len(record.log()) == 1
    record.close()
    other.close()


def test_a_full_disk_loses_nothing_that_was_kept(record: Record) -> None:
    saved = record.save(answer())
    pages = record.store.connection.execute("PRAGMA page_count").fetchone()[0]
    record.store.connection.execute(f"PRAGMA max_page_count = {pages}")

    def fill() -> None:
        for _ in range(200):
            record.save(answer("x" * 500))

    with pytest.raises(StoreError) as told:
        fill()
    assert told.value.code == "store-full"
    assert saved in record.log()
    record.store.connection.execute("PRAGMA max_page_count = 100000")
    record.save(answer("after"))
    assert ("after", 1) in record.seen("small")


def test_a_record_in_memory_works_and_leaves_nothing(tmp_path: Path) -> None:
    record = open_record(None).record
    record.save(answer())
    assert record.seen("small") == {("ce-start", 1)}
    record.close()
    assert list(tmp_path.iterdir()) == []


def test_a_closed_record_says_so(record: Record) -> None:
    record.close()
    record.close()
    with pytest.raises(StoreError):
        record.save(answer())
    with pytest.raises(StoreError):
        record.seen("small")


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["save", "skip", "void", "restore"]), st.integers(0, 4), st.booleans(), st.integers(-5, 5)
    ),
    max_size=25,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTIONS)
def test_what_the_record_says_is_what_the_log_says(clock: Clock, actions: list[tuple[str, int, bool, int]]) -> None:
    record = open_record(None, clock=clock).record
    entries: list[Entry] = []
    standing_answers: dict[str, Entry] = {}
    for action, number, right, hours in actions:
        clock.move(hours=hours)
        if action in ("save", "skip"):
            given_now = answer(f"i{number}", right=right)
            entry = record.save(given_now) if action == "save" else record.skip(given_now)
            entries.append(entry)
            standing_answers[entry.uuid] = entry
        elif entries:
            target = entries[number % len(entries)]
            if action == "void":
                record.void(target.uuid)
                standing_answers.pop(target.uuid, None)
            else:
                record.restore(target.uuid)
                standing_answers[target.uuid] = target
    answered = [entry for entry in standing_answers.values() if entry.kind == "answer"]
    assert record.seen("small") == {(entry.item, 1) for entry in answered}
    assert [outcome.time for outcome in record.verdicts("small")] == sorted(entry.time for entry in answered)
    assert list(record.answers_in("s")) == [entry for entry in entries if entry.uuid in standing_answers]
    record.close()
