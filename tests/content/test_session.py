"""A session goes on where it was, from nothing but what was answered."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from content.quiz.session import GAP, TRIES, Session, Standing, Step, begin, standing
from tests.content.questions import questions

ITEMS = tuple("abcdefg")
SESSION = Session(id="s", course="small", section="steps", items=ITEMS, seed=5, redrawn=("b",))


def walk(session: Session, verdicts: list[bool]) -> tuple[list[str], Standing]:
    """Answer whatever is asked with these verdicts, then right; return what was asked and the end."""
    steps: list[Step] = []
    while (turn := standing(session, steps).turn) is not None:
        right = verdicts[len(steps)] if len(steps) < len(verdicts) else True
        steps.append(Step(turn.item, right))
        assert len(steps) <= TRIES * len(session.items)
    return [step.item for step in steps], standing(session, steps)


def test_questions_come_in_their_order_and_end() -> None:
    asked, end = walk(SESSION, [])
    assert asked == list(ITEMS)
    assert (end.turn, end.asked, end.right, end.total, end.waiting) == (None, 7, 7, 7, ())


def test_a_wrong_one_returns_after_three_others() -> None:
    asked, end = walk(SESSION, [False])
    assert asked == list("abcdaefg")
    assert (end.asked, end.right) == (7, 6)
    assert GAP == 3


def test_a_wrong_last_one_returns_at_once_and_not_for_ever() -> None:
    asked, _ = walk(SESSION, [True] * 6 + [False] * 9)
    assert asked == list("abcdefggg")


def test_a_skipped_one_does_not_return() -> None:
    steps = [Step("a", skipped=True)]
    after = standing(SESSION, steps)
    assert after.turn is not None
    assert after.turn.item == "b"
    assert "a" not in after.waiting
    assert after.right == 0


def test_a_retry_shows_the_same_order_and_a_drawn_question_new_numbers() -> None:
    first_a = standing(SESSION, []).turn
    again_a = standing(SESSION, [Step("a"), Step("b", True), Step("c", True), Step("d", True)]).turn
    assert first_a is not None
    assert again_a is not None
    assert (again_a.item, again_a.attempt, again_a.seed) == ("a", 2, first_a.seed)
    first_b = standing(SESSION, [Step("a", True)]).turn
    again_b = standing(SESSION, [Step(name, name != "b") for name in "abcde"]).turn
    assert first_b is not None
    assert again_b is not None
    assert (again_b.item, again_b.attempt) == ("b", 2)
    assert again_b.seed != first_b.seed


def test_returning_ones_are_named() -> None:
    after = standing(SESSION, [Step("a")])
    assert after.returning == ("a",)
    assert after.waiting == ("c", "d", "a", "e", "f", "g")


def test_a_session_of_real_questions_knows_which_are_drawn() -> None:
    session = begin(list(questions().values()), course="small", section="", session_id="x", seed=1)
    assert session.redrawn == ("updates",)
    assert len(session.items) == 16


@given(st.lists(st.tuples(st.sampled_from([*ITEMS, "gone"]), st.booleans(), st.booleans()), max_size=40))
def test_any_log_leads_somewhere_and_always_to_the_same_place(log: list[tuple[str, bool, bool]]) -> None:
    steps = [Step(item, right and not skipped, skipped) for item, right, skipped in log]
    where = standing(SESSION, steps)
    assert where == standing(SESSION, steps)
    assert where.right <= where.asked <= where.total
    queue = [where.turn.item, *where.waiting] if where.turn else []
    assert len(set(queue)) == len(queue)
    assert set(queue) <= set(ITEMS)


@given(st.lists(st.booleans(), max_size=30))
def test_every_question_is_asked_and_the_session_ends(verdicts: list[bool]) -> None:
    asked, end = walk(SESSION, verdicts)
    assert set(asked) == set(ITEMS)
    assert end.asked == len(ITEMS)


@given(st.lists(st.booleans(), max_size=12), st.integers(0, 12))
def test_a_crash_in_between_changes_nothing(verdicts: list[bool], cut: int) -> None:
    steps: list[Step] = []
    for right in verdicts:
        turn = standing(SESSION, steps).turn
        if turn is None:
            break
        steps.append(Step(turn.item, right))
    kept = list(steps[:cut])
    resumed = standing(SESSION, kept)
    for step in steps[cut:]:
        assert resumed.turn is not None
        assert resumed.turn.item == step.item
        kept.append(step)
        resumed = standing(SESSION, kept)
    assert resumed == standing(SESSION, steps)
