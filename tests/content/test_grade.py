"""Every type of question is graded as it says."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.course.choice import Choice, Multiple
from content.course.order import Order
from content.quiz.answer import (
    Answer,
    Chosen,
    Filled,
    Judged,
    Marked,
    Matched,
    Ordered,
    Spotted,
    Typed,
    Written,
    decode_answer,
    encode_answer,
)
from content.quiz.draw import drawn
from content.quiz.grade import complete, grade
from content.quiz.shuffle import obeys
from content.quiz.verdict import Verdict
from tests.content.questions import questions


def graded(name: str, answer: Answer, seed: int = 0) -> Verdict:
    return grade(questions()[name], answer, seed)


def test_a_choice_is_right_or_it_names_its_misconception() -> None:
    assert graded("ce-start", Chosen("right")).right
    wrong = graded("ce-start", Chosen("log-base"))
    assert (wrong.credit, wrong.right, wrong.slips) == (0, False, ("log-base",))
    assert wrong.parts[0].why.say("en") == "That is log10."


def test_an_option_that_is_gone_is_just_wrong() -> None:
    verdict = graded("ce-start", Chosen("removed"))
    assert (verdict.credit, verdict.right, verdict.slips) == (0, False, ())


@pytest.mark.parametrize(
    ("picked", "credit", "right"),
    [
        (("right", "right-2"), 1, True),
        (("right",), 0.5, False),
        (("right", "right-2", "name"), 0.5, False),
        (("right", "general"), 0, False),
        (("general", "name"), 0, False),
        (("right", "right-2", "general", "name"), 0, False),
    ],
)
def test_in_multiple_response_a_false_pick_takes_a_hit_away(
    picked: tuple[str, ...], credit: float, right: bool
) -> None:
    verdict = graded("needs", Marked(picked))
    assert (verdict.credit, verdict.right) == (credit, right)
    assert verdict.slips == (("general",) if "general" in picked else ())


def test_a_statement_needs_the_verdict_and_the_reason() -> None:
    assert graded("lower-is-better", Judged(False, "right")).right
    assert graded("lower-is-better", Judged(False, "other")).credit == 0.5
    assert graded("lower-is-better", Judged(True, "right")).credit == 0
    assert not graded("lower-is-better", Judged(False, "other")).right


def test_a_bug_needs_the_line_and_the_reason() -> None:
    assert graded("step-early", Spotted("    opt.step()", "right")).right
    assert graded("step-early", Spotted("opt.zero_grad()", "right")).credit == 0.5
    half = graded("step-early", Spotted("opt.step()", "step-first"))
    assert (half.credit, half.right, half.slips) == (0.5, False, ("step-first",))
    assert half.parts[0].why.say("en") == "There is no gradient yet."


@pytest.mark.parametrize("seed", range(20))
def test_a_drawn_number_is_graded_with_its_own_numbers(seed: int) -> None:
    item: Any = questions()["updates"]
    values = drawn(item, seed)
    assert graded("updates", Typed(f"{values['answer']:,} updates"), seed).right
    slipped = values["w"] * 2 * (values["n"] // values["b"])
    wrong = graded("updates", Typed(str(slipped)), seed)
    assert (wrong.right, wrong.slips) == (False, ("last-batch",))
    assert not graded("updates", Typed("-1"), seed).right
    assert not graded("updates", Typed("what?"), seed).right


def test_every_order_that_obeys_is_right_and_no_other() -> None:
    item = questions()["one-update"]
    assert isinstance(item, Order)
    right = {order for order in permutations(item.parts) if grade(item, Ordered(order)).right}
    assert right == {
        ("zero", "loss", "back", "step"),
        ("loss", "zero", "back", "step"),
    }


def test_an_order_earns_by_the_rules_it_obeys() -> None:
    verdict = graded("one-update", Ordered(("loss", "back", "step", "zero")))
    assert (verdict.credit, verdict.right) == (0.5, False)
    assert [(part.key, part.right) for part in verdict.parts] == [("zero<back", False), ("loss<back<step", True)]


@given(st.lists(st.sampled_from(["zero", "loss", "back", "step", "x"]), max_size=6))
def test_no_list_of_parts_but_a_whole_one_is_right(parts: list[str]) -> None:
    item = questions()["one-update"]
    assert isinstance(item, Order)
    verdict = grade(item, Ordered(tuple(parts)))
    assert verdict.right == obeys(item, parts)
    assert not verdict.right or sorted(parts) == sorted(item.parts)


def test_a_short_answer_is_worth_the_points_that_were_met() -> None:
    assert graded("why-ln", Written("x", (True, True))).right
    assert graded("why-ln", Written("x", (True, False))).credit == 0.5
    assert graded("why-ln", Written("x", ())).credit == 0


def test_a_match_is_worth_its_pairs() -> None:
    assert graded("which-loss", Matched({"price": "mse", "digit": "ce"})).right
    half = graded("which-loss", Matched({"price": "mse", "digit": "none"}))
    assert (half.credit, [part.right for part in half.parts]) == (0.5, [True, False])
    assert graded("which-loss", Matched({})).credit == 0


@pytest.mark.parametrize("word", ["sum", " SUM ", "Total.", "ｓｕｍ", "和", "总 和", "su-m"])
def test_a_blank_takes_equivalents_of_any_language(word: str) -> None:
    assert graded("neuron", Filled({"sum": word, "bias": "Bias"})).right


def test_a_blank_knows_its_misconceptions() -> None:
    verdict = graded("neuron", Filled({"sum": "积", "bias": ""}))
    assert (verdict.credit, verdict.right, verdict.slips) == (0, False, ("product",))
    assert verdict.parts[0].why.say("en") == "Then zero kills all."


def test_an_answer_to_another_type_is_refused() -> None:
    with pytest.raises(TypeError):
        graded("ce-start", Typed("2.30"))


@pytest.mark.parametrize(
    ("name", "whole", "partial"),
    [
        ("ce-start", Chosen("right"), Chosen("")),
        ("needs", Marked(("name",)), Marked(())),
        ("lower-is-better", Judged(True, "right"), Judged(True, "")),
        ("updates", Typed("1e3 次"), Typed("1,0")),
        ("one-update", Ordered(("zero", "loss", "step", "back")), Ordered(("zero",))),
        ("step-early", Spotted("opt.step()", "right"), Spotted("", "right")),
        ("why-ln", Written("so", (True, False)), Written(" ", (True, False))),
        ("which-loss", Matched({"price": "ce", "digit": "ce"}), Matched({"price": "ce"})),
        ("neuron", Filled({"sum": "a", "bias": "b"}), Filled({"sum": "a", "bias": " "})),
    ],
)
def test_only_a_whole_answer_can_be_locked_and_every_answer_can_be_kept(
    name: str, whole: Answer, partial: Answer
) -> None:
    item = questions()[name]
    assert complete(item, whole)
    assert not complete(item, partial)
    assert decode_answer(encode_answer(whole)) == whole
    assert decode_answer(encode_answer(partial)) == partial


@pytest.mark.parametrize("text", ["", "{}", '{"type": "sung"}', '{"type": "typed"}', "\ud800"])
def test_an_answer_of_another_program_is_none(text: str) -> None:
    assert decode_answer(text) is None


OPTIONS = ["right", "right-2", "general", "name", "log-base", "other", "x"]
ANSWERS = {
    "ce-start": st.builds(Chosen, st.sampled_from(OPTIONS)),
    "needs": st.builds(lambda picked: Marked(tuple(picked)), st.lists(st.sampled_from(OPTIONS))),
    "lower-is-better": st.builds(Judged, st.booleans(), st.sampled_from(OPTIONS)),
    "updates": st.builds(Typed, st.text(max_size=12)),
    "step-early": st.builds(Spotted, st.sampled_from(["opt.step()", "", "x"]), st.sampled_from(OPTIONS)),
    "why-ln": st.builds(lambda met: Written("", tuple(met)), st.lists(st.booleans(), max_size=4)),
    "which-loss": st.builds(
        Matched, st.dictionaries(st.sampled_from(["price", "digit", "x"]), st.sampled_from(["mse", "ce"]))
    ),
    "neuron": st.builds(Filled, st.dictionaries(st.sampled_from(["sum", "bias", "x"]), st.text(max_size=6))),
}


@given(
    st.sampled_from(sorted(ANSWERS)).flatmap(lambda name: st.tuples(st.just(name), ANSWERS[name])), st.integers(0, 99)
)
def test_credit_is_a_share_and_only_all_of_it_is_right(asked: tuple[str, Answer], seed: int) -> None:
    name, answer = asked
    verdict = graded(name, answer, seed)
    assert 0 <= verdict.credit <= 1
    assert verdict.right == (verdict.credit == 1)
    assert verdict == graded(name, answer, seed)
    assert not verdict.right or all(part.right for part in verdict.parts)


@given(st.sets(st.sampled_from(["right", "right-2", "general", "name"])))
def test_multiple_response_is_right_for_exactly_the_right_set(picked: set[str]) -> None:
    item = questions()["needs"]
    assert isinstance(item, Multiple)
    assert grade(item, Marked(tuple(picked))).right == (picked == {"right", "right-2"})


def test_a_single_choice_has_one_right_answer() -> None:
    item = questions()["ce-start"]
    assert isinstance(item, Choice)
    assert sum(grade(item, Chosen(option.id)).right for option in item.options) == 1
