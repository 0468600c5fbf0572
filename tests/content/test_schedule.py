"""The schedule is FSRS's, of the first answer of each of the learner's days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from fsrs import Card as Memory
from fsrs import Rating, Scheduler
from hypothesis import given, settings
from hypothesis import strategies as st

from content.memory.clock import offset_of, stamp
from content.memory.day import day_at, day_of
from content.memory.entry import Entry
from content.memory.forgetting import recall
from content.memory.rating import AGAIN, GOOD, HARD, rating_of
from content.memory.schedule import Plan, card_of, sound

START = datetime(2026, 11, 23, 14, 15, 2, tzinfo=UTC)


def entry(at: datetime, *, right: bool = True, confidence: int = 3, hints: int = 0, revision: int = 1) -> Entry:
    return Entry(
        course="small",
        item="ce-start",
        revision=revision,
        language="en",
        answer="null",
        credit=float(right),
        right=right,
        confidence=confidence,
        hints=hints,
        seconds=10.0,
        slips=() if right else ("log-base",),
        uuid=f"{at.timestamp():020.6f}",
        time=stamp(at),
        extra={"offset": offset_of(at)},
    )


@pytest.mark.parametrize(
    ("right", "confidence", "hints", "rating"),
    [
        (False, 3, 0, AGAIN),
        (True, 1, 0, AGAIN),
        (True, 2, 0, HARD),
        (True, 3, 1, HARD),
        (True, 3, 0, GOOD),
        (True, 0, 0, GOOD),
    ],
)
def test_ratings_follow_from_what_happened(right: bool, confidence: int, hints: int, rating: int) -> None:
    assert rating_of(entry(START, right=right, confidence=confidence, hints=hints)) == rating


def test_a_day_begins_at_four_in_the_morning_of_where_one_is() -> None:
    shanghai = timezone(timedelta(hours=8))
    late = datetime(2026, 11, 24, 3, 59, tzinfo=shanghai)
    assert day_at(late) == datetime(2026, 11, 23).toordinal()
    assert day_of(stamp(late), offset_of(late)) == day_at(late)
    assert day_of(stamp(late + timedelta(minutes=1)), 480) == day_at(late) + 1


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 200), st.booleans(), st.integers(1, 3), st.integers(0, 2)), min_size=1))
def test_golden_the_schedule_is_what_fsrs_itself_says(reviews: list[tuple[int, bool, int, int]]) -> None:
    """One review a day, at noon, straight through the library."""
    now, entries = START.replace(hour=12, minute=0, second=0), []
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    memory = Memory(card_id=7)
    for gap, right, confidence, hints in reviews:
        now += timedelta(days=gap + 1)
        given_now = entry(now, right=right, confidence=confidence, hints=hints)
        entries.append(given_now)
        memory, _ = scheduler.review_card(memory, Rating(rating_of(given_now)), now)
    card = card_of(entries, Plan())
    assert card is not None
    assert (card.stability, card.difficulty) == (memory.stability, memory.difficulty)
    assert card.due == memory.due.toordinal()
    later = memory.due + timedelta(days=30)
    expected = scheduler.get_card_retrievability(memory, later)
    assert recall(card.stability, later.toordinal() - card.last) == pytest.approx(expected, rel=1e-12)


def test_three_known_days() -> None:
    """Right and sure on days 0, 2 and 13: what fsrs 6.3 answered when this was written."""
    card = card_of([entry(START + timedelta(days=day)) for day in (0, 2, 13)], Plan())
    assert card is not None
    assert [round(day.stability, 2) for day in card.days] == [2.31, 10.96, 46.28]
    assert card.due - card.last == 46


def test_only_the_first_answer_of_a_day_counts_for_memory_and_all_count_for_the_rest() -> None:
    once = card_of([entry(START, right=False)], Plan())
    again = card_of([entry(START, right=False), entry(START + timedelta(minutes=3))], Plan())
    assert once is not None
    assert again is not None
    assert (again.due, again.stability) == (once.due, once.stability)
    assert (again.answers, again.days[0].rights, again.right) == (2, 1, True)
    assert again.sure == ((0, 0), (0, 0), (0, 0), (2, 1))
    assert again.slips == {"log-base": 1}


def test_a_lapse_is_forgetting_what_was_known() -> None:
    rights = [False, True, False, False, True, False]
    card = card_of([entry(START + timedelta(days=day), right=right) for day, right in enumerate(rights)], Plan())
    assert card is not None
    assert card.lapses == 2


def test_a_higher_retention_asks_sooner_and_no_answers_make_no_card() -> None:
    answers = [entry(START), entry(START + timedelta(days=3))]
    lax, strict = card_of(answers, Plan(retention=0.8)), card_of(answers, Plan(retention=0.95))
    assert lax is not None
    assert strict is not None
    assert strict.due < lax.due
    assert card_of([], Plan()) is None


@pytest.mark.parametrize("plan", [Plan(retention=1.0), Plan(parameters=(1.0,)), Plan(parameters=(-1.0,) * 21)])
def test_a_plan_that_cannot_be_is_refused(plan: Plan) -> None:
    with pytest.raises(ValueError, match=r"retention|parameters"):
        sound(plan)
