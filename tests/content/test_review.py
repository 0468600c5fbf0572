"""A review asks what is most nearly forgotten, mixed over the sections."""

from __future__ import annotations

import time
from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from content.quiz.review import Due, chosen, interleaved

DUE = st.lists(
    st.builds(
        Due,
        item=st.uuids().map(str),
        section=st.sampled_from("abcd"),
        recall=st.floats(0.01, 0.99),
        slips=st.frozensets(st.sampled_from(["log-base", "sum", "twice"]), max_size=2),
    ),
    max_size=25,
)


@given(DUE, st.integers(1, 30))
def test_the_least_likely_known_are_chosen_and_no_more_than_the_cap(due: list[Due], cap: int) -> None:
    some = chosen(due, cap)
    assert len(some) == min(cap, len(due))
    assert all(each.recall <= other.recall for each in some for other in due if other not in some)


@given(DUE)
def test_no_two_of_a_section_follow_each_other_where_that_can_be_helped(due: list[Due]) -> None:
    order = interleaved(due)
    assert sorted(order, key=lambda each: each.item) == sorted(due, key=lambda each: each.item)
    most = max(Counter(each.section for each in due).values(), default=0)
    pairs = sum(one.section == other.section for one, other in pairwise(order))
    assert pairs <= max(0, most - (len(due) - most) - 1)


def test_what_is_confused_stands_near_but_not_side_by_side() -> None:
    due = [
        Due("a1", "a", 0.1, frozenset({"log-base"})),
        Due("b1", "b", 0.2),
        Due("b2", "b", 0.3),
        Due("c1", "c", 0.4),
        Due("a2", "a", 0.5, frozenset({"log-base"})),
    ]
    order = [each.item for each in interleaved(due)]
    assert abs(order.index("a1") - order.index("a2")) == 2


def slowly(due: list[Due]) -> tuple[Due, ...]:
    """Mix as the rules are told: look at every question that waits, for every place."""
    waiting, order = list(due), list[Due]()
    while waiting:
        last = order[-1].section if order else ""
        recent = frozenset[str]().union(*(each.slips for each in order[-3:-1]))
        left = Counter(each.section for each in waiting)
        order.append(
            min(waiting, key=lambda each: (each.section == last, -left[each.section], not each.slips & recent))
        )
        waiting.remove(order[-1])
    return tuple(order)


@given(DUE)
def test_the_order_is_that_of_the_rules(due: list[Due]) -> None:
    assert interleaved(due) == slowly(due)


def test_all_questions_of_a_large_course_are_mixed_at_once() -> None:
    """Ten thousand are due, and the learner wants them all: seconds would be too long, hours even more so."""
    due = [Due(f"i{n}", f"s{n % 500}", 0.5, frozenset({f"slip-{n % 700}"})) for n in range(10_000)]
    began = time.process_time()
    order = interleaved(due)
    assert time.process_time() - began < 20
    assert len(order) == len(due)
    assert all(one.section != other.section for one, other in pairwise(order))
