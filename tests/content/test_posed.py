"""Numbers are drawn and options shuffled by a seed, the same for ever."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from content.course.number import NumberItem
from content.course.order import Order
from content.quiz.answer import Typed
from content.quiz.dice import roll, shuffled
from content.quiz.draw import drawn
from content.quiz.posed import Posed
from content.quiz.shuffle import obeys, shown
from tests.content.questions import questions

seeds = st.integers(0, 2**53)


def updates() -> NumberItem:
    item = questions()["updates"]
    assert isinstance(item, NumberItem)
    return item


def test_chance_is_the_same_on_every_machine() -> None:
    assert [roll(7, "ce-start", n) % 1000 for n in range(5)] == [659, 268, 531, 426, 62]
    assert shuffled("abcdef", 7) == ("b", "e", "d", "c", "a", "f")


@given(seeds)
def test_a_seed_always_draws_the_same_numbers_within_their_bounds(seed: int) -> None:
    item = updates()
    values = drawn(item, seed)
    assert values == drawn(item, seed)
    assert all(draw.has(values[name]) for name, draw in item.draws.items())
    assert values["answer"] != item.wrongs[0].formula.compute(values)


def test_seeds_draw_different_numbers() -> None:
    assert len({drawn(updates(), seed)["n"] for seed in range(50)}) > 45


@given(seeds)
def test_every_option_is_shown_once_in_an_order_that_stays(seed: int) -> None:
    for name, item in questions().items():
        order = shown(item, seed)
        assert order == shown(item, seed)
        assert len(set(order)) == len(order)
        if name == "needs":
            assert sorted(order) == ["general", "name", "right", "right-2"]
        if name == "which-loss":
            assert sorted(order) == ["ce", "mse", "none"]


def test_orders_differ_between_seeds() -> None:
    assert len({shown(questions()["needs"], seed) for seed in range(60)}) > 15


def test_numbers_stand_in_order_of_size() -> None:
    for seed in range(20):
        assert shown(questions()["ce-start"], seed) == ("other", "log-base", "right")


@given(seeds)
def test_an_order_is_never_given_away(seed: int) -> None:
    item = questions()["one-update"]
    assert isinstance(item, Order)
    assert not obeys(item, shown(item, seed))


def test_a_posed_question_speaks_with_its_numbers() -> None:
    posed = Posed(updates(), 3)
    n, b, per, answer = (posed.values[name] for name in ("n", "b", "per", "answer"))
    assert posed.say(posed.item.ask, "en").startswith(f"{n:,} images, batch {b}, ")
    assert posed.say(posed.item.hints[1], "zh") == f"一轮有 {per:,} 次。"
    assert posed.steps("en")[0] == f"ceil({n:,} / {b}) = {per:,}"
    assert posed.grade(Typed(str(answer))).right
    wrong = updates().wrongs[0]
    assert posed.say(wrong.why, "en") == f"The rest of {n:,} is a batch too."


def test_a_cloze_comes_in_pieces() -> None:
    posed = Posed(questions()["neuron"], 0)
    assert posed.pieces("en") == (
        ("A neuron forms a weighted ", "sum"),
        (" and adds a ", "bias"),
        (".", ""),
    )


def test_numbers_that_come_back_are_other_numbers() -> None:
    """Different seeds may draw alike; a question that was just explained is then no question."""
    from content.course.course import bundled, open_course
    from content.course.number import NumberItem
    from content.quiz.draw import drawn, unlike

    course = open_course(bundled())
    items = [item for section in course.sections for item in course.items(section.slug)]
    drawing = [item for item in items if isinstance(item, NumberItem) and item.draws]
    assert drawing
    for item in drawing:
        seeds = [7]
        for seed in range(1, 4):
            seeds.append(unlike(item, seed, seeds))
        numbers = {tuple(drawn(item, seed)[name] for name in item.draws) for seed in seeds}
        assert len(numbers) == len(seeds), item.id
