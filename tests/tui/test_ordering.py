"""Orders: a part that moves, and pairs that stand the same way round."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from tui.ordering import Agreement, agreement, shifted

PARTS = "abcdef"
orders = st.permutations(PARTS)
weights = st.lists(st.sampled_from([0.1, 0.2, 0.3, 0.4]), min_size=6, max_size=6)


@given(orders, st.sampled_from(PARTS), st.integers(-9, 9))
def test_a_part_moves_as_far_as_there_is_room_and_the_others_keep_their_order(
    order: list[str], part: str, by: int
) -> None:
    found = shifted(order, part, by)
    assert found.index(part) == min(max(order.index(part) + by, 0), len(PARTS) - 1)
    assert [each for each in found if each != part] == [each for each in order if each != part]


@given(orders, weights)
def test_an_order_and_its_reverse_share_the_pairs_that_are_told_apart(order: list[str], found: list[float]) -> None:
    given_weights = dict(zip(PARTS, found, strict=True))
    told = sum(one != other for at, one in enumerate(found) for other in found[at + 1 :])
    forth, back = agreement(order, given_weights), agreement(order[::-1], given_weights)
    assert forth.of == back.of == forth.same + back.same == told


def test_each_pair_is_counted_once() -> None:
    heavy = {"a": 0.4, "b": 0.3, "c": 0.2, "d": 0.1}
    assert agreement("abcd", heavy) == Agreement(6, 6)
    assert agreement("abdc", heavy) == Agreement(5, 6)
    assert agreement("dcba", heavy) == Agreement(0, 6)
    assert agreement("abcd", heavy).by_luck == 3


def test_what_has_no_weight_or_none_that_is_a_number_is_left_out() -> None:
    assert agreement("abc", {"a": 0.1, "c": 0.2}) == Agreement(0, 1)
    assert agreement("ab", {"a": math.nan, "b": 0.2}) == agreement("ab", {}) == Agreement()


def test_agreements_add_up() -> None:
    assert Agreement(1, 3) + Agreement(5, 6) == Agreement(6, 9)
