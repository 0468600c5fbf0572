"""A misspelt word is taken for the nearest one that the course knows, or for none."""

from __future__ import annotations

import pytest

from content.search.misspelt import meant

NAMES = ("Gradient", "Gradient descent", "Backpropagation", "Cross-entropy", "Learning rate", "Adam", "梯度")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("gradent", "gradient"),
        ("Backpropogation", "backpropagation"),
        ("lerning rate", "learning rate"),
        ("grad descnt", "grad descent"),
        ("entrpy", "entropy"),
    ],
)
def test_the_nearest_word_is_found(wanted: str, found: str) -> None:
    assert meant(wanted, NAMES) == found


@pytest.mark.parametrize("wanted", ["", "xyzzy", "gra", "adm", "gradient", "tensor gradent", "梯渡"])
def test_what_is_like_nothing_or_spelt_right_is_left(wanted: str) -> None:
    assert meant(wanted, NAMES) == ""
