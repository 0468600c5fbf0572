"""Whatever a learner types for a number is read as that number, or not at all."""

from __future__ import annotations

import math
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.quiz.numbers import parse_number

UNITS = ("updates", "次", "%")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1e-3", 0.001),
        ("0.001", 0.001),
        ("1,000", 1000),
        ("1，000", 1000),
        ("１．５", 1.5),
        ("1。5", 1.5),
        ("１０００", 1000),
        (" 60 000 ", 60000),
        ("60\u202f000", 60000),
        ("60_000", 60000),
        (".5", 0.5),
        ("5.", 5),
        ("+5", 5),
        ("-5", -5),
        ("−5", -5),
        ("－5", -5),
        ("– 5", -5),
        ("1/2", 0.5),
        ("-1/4", -0.25),
        ("1 / 8", 0.125),
        ("½", 0.5),
        ("１／２", 0.5),
        ("1.5e3", 1500),
        ("1.5E+3", 1500),
        ("1.5x10^3", 1500),
        ("1.5 × 10³", 1500),
        ("1.5*10**-3", 0.0015),
        ("10⁻³", 0.001),
        ("10^-3", 0.001),
        ("2^20", 1_048_576),
        ("2**20", 1_048_576),
        ("2²⁰", 1_048_576),
        ("-2^3", -8),
        ("2^-3", 0.125),
        ("0.5^(2)", 0.25),
        ("12%", 0.12),
        ("12 ％", 0.12),
        ("≈ 2.30", 2.3),
        ("= 4", 4),
        ("约 3", 3),
        ("1.1亿", 110_000_000),
        ("6万", 60000),
        ("1，750 亿", 175_000_000_000),
    ],
)
def test_it_is_read(text: str, wanted: float) -> None:
    assert parse_number(text) == pytest.approx(wanted, rel=1e-12)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "-", ".", "e5", "1e", "1,5", "1,00", "1,0000", "10,00,000", "1.2.3", "1//2", "1/0", "abc"),
        *(
            "5 apples",
            "nan",
            "inf",
            "0x10",
            "1e999",
            "1" * 61,
            "٣",
            "1½",
            "--5",
            "1 2",
            "1 5.5",
            "2**",
            "2^^3",
            "2^0.5",
            "9^999",
            "0^-1",
            "5%%",
        ),
        *("万", "%", "五"),
    ],
)
def test_what_is_no_number_is_not_guessed(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize("text", ["9380 updates", "9,380 update", "9380Updates", "9380次", "9380 次", "９３８０　次"])
def test_a_unit_is_left_out(text: str) -> None:
    assert parse_number(text, ("updates", "次")) == 9380


def test_a_percent_sign_divides_unless_it_is_the_unit() -> None:
    assert parse_number("95%", ("%",)) == 95
    assert parse_number("95", ("%",)) == 95
    assert parse_number("95%", ("updates",)) == 0.95


@given(st.integers(-(10**15), 10**15))
def test_every_whole_number_is_read_in_every_way(number: int) -> None:
    wide = "".join(
        unicodedata.lookup(f"FULLWIDTH DIGIT {unicodedata.name(d)[6:]}") if d.isdigit() else d for d in str(number)
    )
    for text in (str(number), f"{number:,}", f"{number:,}".replace(",", "，"), f"{number:,}".replace(",", " "), wide):
        assert parse_number(text) == number
        assert parse_number(f" {text} 次", ("次",)) == number


@given(st.floats(-1e12, 1e12, allow_nan=False))
def test_every_float_is_read_as_python_writes_it(number: float) -> None:
    assert parse_number(repr(number)) == number
    assert parse_number(f"{number:e}") == pytest.approx(number, rel=1e-5)


@given(st.text(max_size=30), st.lists(st.text(max_size=4), max_size=2))
def test_any_text_gives_a_finite_number_or_none(text: str, units: list[str]) -> None:
    found = parse_number(text, units)
    assert found is None or math.isfinite(found)
