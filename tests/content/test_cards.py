"""Whatever was answered, undone, imported and whenever: what is kept beside the log is what a replay of it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.memory.curve import curve, known
from content.memory.entry import Entry
from content.memory.forgetting import recall
from content.memory.merging import merge
from content.memory.parcel import Parcel
from content.memory.progress import progress
from content.memory.record import Record, open_record
from content.memory.schedule import Card, Plan, card_of
from tests.content.test_record import Clock, answer

DERIVED = ("cards", "days")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def record(clock: Clock) -> Iterator[Record]:
    opened = open_record(None, clock=clock).record
    yield opened
    opened.close()


def kept(record: Record) -> dict[str, list[tuple[object, ...]]]:
    """Return all that is derived."""
    record.refresh()
    return {table: record.store.rows(f"SELECT * FROM {table} ORDER BY 1, 2, 3, 4") for table in DERIVED}


def replayed(entries: tuple[Entry, ...], plan: Plan) -> dict[tuple[str, int], Card]:
    """Return the cards from nothing but the log, by the plain rule: a mark of the latest time decides."""
    ordered = sorted(entries, key=lambda entry: (entry.time, entry.uuid))
    gone: dict[str, bool] = {}
    for entry in ordered:
        if entry.target:
            gone[entry.target] = entry.kind == "void"
    by_key: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    for entry in ordered:
        if entry.kind == "answer" and not gone.get(entry.uuid, False):
            by_key[entry.item, entry.revision].append(entry)
    cards = {key: card_of(answers, plan) for key, answers in by_key.items()}
    return {key: card for key, card in cards.items() if card is not None}


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["answer", "answer", "skip", "void", "restore", "import", "plan"]),
        st.integers(0, 3),
        st.booleans(),
        st.integers(-40, 90),
    ),
    max_size=30,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTIONS)
def test_replay_of_the_log_is_the_state(actions: list[tuple[str, int, bool, int]]) -> None:
    clock, other_clock = Clock(), Clock()
    record = open_record(None, clock=clock).record
    other = open_record(None, clock=other_clock).record
    saved: list[Entry] = []
    for action, number, right, hours in actions:
        clock.move(hours=hours)
        other_clock.move(hours=3 * hours)
        given_now = answer(f"i{number}", right=right, revision=1 + number % 2)
        match action:
            case "answer":
                saved.append(record.save(given_now))
            case "skip":
                record.skip(given_now)
            case "void" | "restore" if saved:
                target = saved[number % len(saved)].uuid
                record.void(target) if action == "void" else record.restore(target)
            case "import":
                other.save(given_now)
                merge(record, Parcel(other.log()))
            case "plan":
                record.keep_plan(Plan(retention=0.8 + number / 40))
    expected = replayed(record.log(), record.plan)
    cards = record.cards("small")
    assert {key: (card.stability, card.due, card.last) for key, card in cards.items()} == {
        key: (card.stability, card.due, card.last) for key, card in expected.items()
    }
    days = {(row[2], row[3], row[1]): row[4] for row in kept(record)["days"]}
    assert days == {
        (item, revision, day.day): day.answers for (item, revision), card in expected.items() for day in card.days
    }
    before = kept(record)
    record.keep_plan(record.plan)  # throws everything derived away
    assert kept(record) == before
    record.close()
    other.close()


def test_a_revision_starts_anew_and_a_typo_does_not(record: Record, clock: Clock) -> None:
    record.save(answer("a"))
    clock.move(days=30)
    record.save(answer("a", revision=2))
    cards = record.cards("small")
    assert cards["a", 1].last + 30 == cards["a", 2].first
    assert cards["a", 2].stability == cards["a", 1].stability  # as if never asked before
    stands = progress([("a", 2)], cards, record.today)
    assert (stands.seen, stands.all) == (1, 1)


def test_a_removed_question_leaves_the_numbers_and_stays_in_the_log(record: Record, clock: Clock) -> None:
    record.save(answer("gone", right=False))
    clock.move(seconds=1)
    record.save(answer("here"))
    stands = progress([("here", 1)], record.cards("small"), record.today + 400)
    assert (stands.seen, stands.all, stands.due) == (1, 1, 1)
    assert [entry.item for entry in record.log()] == ["gone", "here"]


def test_coverage_and_recall_are_two_numbers(record: Record) -> None:
    record.save(answer("a"))
    record.save(answer("b", right=False))
    cards = record.cards("small")
    stands = progress([("a", 1), ("b", 1), ("c", 1), ("d", 1)], cards, record.today)
    assert stands.coverage == 0.5
    expected = [recall(cards[key, 1].stability, 7) for key in ("a", "b")]
    assert stands.recall == pytest.approx(sum(expected) / 2)
    assert progress([("c", 1)], cards, record.today).recall is None
    assert stands.plus(stands).seen == 4


def test_the_curve_fades_between_answers_and_its_past_is_computed_once(record: Record, clock: Clock) -> None:
    record.save(answer("a"))
    clock.move(days=10)
    record.save(answer("b"))
    first = record.today - 10
    keys = [("a", 1), ("b", 1)]
    points = curve(record, "small", keys, record.today)
    assert [point.day for point in points] == list(range(first, first + 11))
    assert [point.seen for point in points] == [1] * 10 + [2]
    fading = [point.expected for point in points[:10]]
    assert fading == sorted(fading, reverse=True)
    assert points[-1].expected == pytest.approx(progress(keys, record.cards("small"), record.today).expected)
    assert known(record, "small", record.today) == points[:-1]
    assert curve(record, "small", keys, record.today) == points


def test_a_day_of_the_curve_is_what_was_predicted_on_it(record: Record, clock: Clock) -> None:
    """Each seven days ahead, by the parameters of the learner's own."""
    record.keep_plan(Plan(parameters=(*DEFAULT_PARAMETERS[:-1], 0.3)))
    keys = [("a", 1), ("b", 1), ("never", 1)]
    predicted = []
    for day in range(12):
        if day % 4 == 0:
            record.save(answer("a", right=day != 4))
            record.save(answer("b", right=day == 4))
        predicted.append(progress(keys, record.cards("small"), record.today, record.plan.decay).expected)
        clock.move(days=1)
    clock.move(days=-1)
    points = curve(record, "small", keys, record.today)
    assert [point.expected for point in points] == pytest.approx(predicted)


def test_an_answer_that_arrives_late_changes_the_curve_from_its_day_on(record: Record, clock: Clock) -> None:
    record.save(answer("a"))
    clock.move(days=10)
    record.save(answer("b"))
    before = curve(record, "small", [("a", 1), ("b", 1), ("c", 1)], record.today)
    clock.move(days=-5)
    record.save(answer("c"))
    clock.move(days=5)
    after = curve(record, "small", [("a", 1), ("b", 1), ("c", 1)], record.today)
    assert after[:5] == before[:5]
    assert [point.seen for point in after] == [1] * 5 + [2] * 5 + [3]


def test_an_entry_that_makes_no_sense_hinders_no_other(record: Record) -> None:
    record.save(answer("a"))
    record.store.connection.execute("DROP TRIGGER answers_stay_as_they_are")
    record.store.connection.execute("UPDATE answers SET slips = '{' ")
    record.save(answer("a", right=False))
    assert record.cards("small")["a", 1].first == record.today
    assert [entry.right for entry in record.log()] == [False]
    assert [each.number for each in record.unclear()] == [1]
