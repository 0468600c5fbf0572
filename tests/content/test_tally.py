"""Rates by question, option and language, and what they say of a question."""

from __future__ import annotations

import math
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.classroom.picks import offers, picks
from content.classroom.tally import Rate, chance, tallies, tally_of
from content.course.course import Course, open_course
from content.memory.entry import Entry
from content.quiz.answer import Chosen, Filled, Judged, Marked, Matched, Ordered, Spotted, Typed, Written
from content.quiz.draw import drawn
from tests.content.class_answers import choices, entry
from tests.content.questions import questions
from tests.content.small_course import build


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return open_course(build(tmp_path / "course"))


def picked(item: str, answer: object) -> set[tuple[str, str]]:
    """Return what an answer has chosen."""
    found = picks(questions()[item], entry(item, answer))  # type: ignore[arg-type]  # any answer
    assert found is not None
    return set(found)


def test_a_right_answer_chooses_only_what_is_right() -> None:
    for name, item in questions().items():
        known = {(offer.part, offer.chosen): offer for offer in offers(item)}
        found = picks(item, entry(name))
        assert found
        assert all(known[pick].right for pick in found), name


def test_what_is_chosen_by_type() -> None:
    values = drawn(questions()["updates"], 7)  # type: ignore[arg-type]  # it is one for a number
    mistake = values["w"] * 2 * math.floor(values["n"] / values["b"])
    assert picked("ce-start", Chosen("log-base")) == {("option", "log-base")}
    assert picked("needs", Marked(("name", "right"))) == {("option", "name"), ("option", "right")}
    assert picked("lower-is-better", Judged(True, "other")) == {("verdict", "true"), ("option", "other")}
    assert picked("step-early", Spotted("  opt.zero_grad()", "general")) == {
        ("line", "opt.zero_grad()"),
        ("option", "general"),
    }
    assert picked("updates", Typed(repr(mistake))) == {("answer", "last-batch")}
    assert picked("updates", Typed("7")) == {("answer", "wrong")}
    assert picked("neuron", Filled({"sum": "积", "bias": "x"})) == {("sum", "product"), ("bias", "wrong")}
    assert picked("one-update", Ordered(("back", "zero", "loss", "step"))) == {
        ("zero<back", "wrong"),
        ("loss<back<step", "wrong"),
    }
    assert picked("why-ln", Written("x", (True, False))) == {("0", "right"), ("1", "wrong")}
    assert picked("which-loss", Matched({"price": "mse", "digit": "none"})) == {("price", "right"), ("digit", "wrong")}


def test_everything_that_can_be_chosen_is_offered_even_where_nobody_did() -> None:
    tally = tally_of(questions()["ce-start"], choices("ce-start", "en", right=3))
    assert [(taken.offer.chosen, taken.total.count) for taken in tally.taken] == [
        ("right", 3),
        ("log-base", 0),
        ("other", 0),
    ]


def test_rates_stand_by_language() -> None:
    answers = choices("ce-start", "en", right=6, log_base=2) + choices("ce-start", "zh", right=1, other=3)
    tally = tally_of(questions()["ce-start"], answers)
    assert tally.passed == {"en": Rate(6, 8), "zh": Rate(1, 4)}
    assert tally.taken[1].rates == {"en": Rate(2, 8), "zh": Rate(0, 4)}
    assert tally.taken[2].total == Rate(3, 12)


@pytest.mark.parametrize(
    ("english", "chinese", "apart"),
    [
        ((18, 12), (21, 9), False),  # 60 and 70 %: just ten points
        ((18, 12), (22, 8), True),
        ((22, 8), (18, 12), True),
        ((18, 11), (29, 1), False),  # one answer too few
        ((18, 12), (0, 0), False),
    ],
)
def test_languages_that_lie_apart_after_thirty_answers_each(
    english: tuple[int, int], chinese: tuple[int, int], apart: bool
) -> None:
    answers = choices("ce-start", "en", right=english[0], other=english[1])
    answers += choices("ce-start", "zh", right=chinese[0], other=chinese[1])
    tally = tally_of(questions()["ce-start"], answers)
    assert tally.apart is apart
    assert (tally.gap is None) == (min(sum(english), sum(chinese)) < 30)


def test_a_distractor_is_idle_below_five_percent_of_thirty_answers() -> None:
    def idle(answers: list[Entry]) -> set[str]:
        return {taken.offer.chosen for taken in tally_of(questions()["ce-start"], answers).taken if taken.idle}

    assert idle(choices("ce-start", "en", right=29)) == set()
    assert idle(choices("ce-start", "en", right=30)) == {"log-base", "other"}
    assert idle(choices("ce-start", "en", right=37, log_base=2, other=1)) == {"other"}  # 5 % are enough
    assert idle(choices("ce-start", "en", log_base=40, other=2)) == {"other"}  # the key is no distractor
    both = choices("ce-start", "en", right=18, other=2) + choices("ce-start", "zh", right=18, log_base=2)
    assert idle(both) == set()  # both languages count together


def test_parts_of_other_types_are_never_called_idle() -> None:
    for name in ("updates", "neuron", "one-update", "why-ln", "which-loss"):
        tally = tally_of(questions()[name], [entry(name) for _ in range(40)])
        assert not any(taken.idle for taken in tally.taken)


def test_other_revisions_and_answers_that_fit_no_more_are_counted(course: Course) -> None:
    fits = entry("ce-start")
    old = msgspec.structs.replace(entry("ce-start"), revision=0)
    foreign = msgspec.structs.replace(entry("ce-start"), answer='{"type":"typed","text":"2"}')
    newer = msgspec.structs.replace(entry("ce-start"), answer='{"type":"sung","note":"a"}')
    found = tallies([fits, old, foreign, newer, entry("gone")], course)
    assert [(tally.item.id, tally.answers) for tally in found.questions] == [("ce-start", 1)]
    assert found.outdated == 4


def test_questions_stand_in_the_courses_order(course: Course) -> None:
    found = tallies([entry("which-loss"), entry("updates"), entry("ce-start")], course)
    assert [tally.item.id for tally in found.questions] == ["updates", "ce-start", "which-loss"]


def test_an_option_that_was_removed_without_a_new_revision_still_shows() -> None:
    tally = tally_of(questions()["ce-start"], [entry("ce-start"), entry("ce-start", Chosen("was-there"))])
    assert [(taken.offer.chosen, taken.total.count, taken.idle) for taken in tally.taken][-1] == ("was-there", 1, False)


def test_chance_is_that_of_the_two_proportion_test() -> None:
    # 45 of 100 against 60 of 100: z = 2.1240, p = 0.03367, worked out by hand from the formula
    assert chance(Rate(45, 100), Rate(60, 100)) == pytest.approx(0.03367, abs=5e-5)
    assert chance(Rate(5, 50), Rate(10, 100)) == 1.0
    assert chance(Rate(0, 30), Rate(0, 40)) == 1.0


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_counts_add_up(a: int, b: int, c: int, d: int) -> None:
    answers = choices("ce-start", "en", right=a, other=b) + choices("ce-start", "zh", right=c, log_base=d)
    tally = tally_of(questions()["ce-start"], answers)
    assert tally.answers == a + b + c + d
    assert sum(taken.total.count for taken in tally.taken) == tally.answers
    assert sum(rate.count for rate in tally.passed.values()) == a + c
