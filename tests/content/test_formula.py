"""Formulas are computed by us, soundly and safely."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.course.formula import FormulaError, read
from content.course.numerals import close, fill, placeholders, show


def value(source: str, **names: float) -> float:
    return read(source).compute(names)


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("784*128 + 128", 100480),
        ("-2**2", -4),
        ("2**-1", 0.5),
        ("2**3**2", 512),
        ("10 - 4 - 3", 3),
        ("12 / 4 / 3", 1),
        ("--3 + +2", 5),
        ("1e-3 * 1_000", 1),
        (".5 + 2.", 2.5),
        ("ceil(60000/64) * 10", 9380),
        ("floor(-1.5)", -2),
        ("if(2 >= 2, ln(exp(3)), 1/0)", 3),
        ("if(1 != 1, 1, 2)", 2),
        ("max(1, 5, 3) - min(4, 2) + sum(1, 2, 3)", 9),
        ("round(2.5) + round(-0.5) + round(1.005, 2)", 3.01),
        ("abs(-3) + sqrt(16) + tanh(0)", 7),
        ("w * (1 - lr)", 1.8),
    ],
)
def test_it_computes(source: str, wanted: float) -> None:
    assert value(source, w=2, lr=0.1) == pytest.approx(wanted)


def test_whole_numbers_stay_exact() -> None:
    assert value("175 * 10**9 + 1") == 175_000_000_001


@pytest.mark.parametrize(
    "source",
    [
        "",
        "1 +",
        "(1",
        "1)",
        "1 2",
        "__import__('os')",
        "a.b",
        "x[0]",
        "lambda: 1",
        "sin(1)",
        "ln()",
        "ln(1, 2)",
        "if(1, 2, 3)",
        *("1 < 2", "a = 1", "2 ^ 3", "1" * 501, "(" * 60 + "1" + ")" * 60, "１", "0x10", "**2", "a if b else c"),
    ],
)
def test_anything_else_is_no_formula(source: str) -> None:
    with pytest.raises(FormulaError):
        read(source)


@pytest.mark.parametrize(
    "source",
    [
        *("1/0", "ln(0)", "ln(-1)", "sqrt(-1)", "(-8)**0.5", "9**9**9", "10**200 * 10**200", "exp(1000)", "0**-1"),
        *("nope", "round(1, 99)", "1e200 * 1e200", "10**299 * 10 * 10 * 10"),
    ],
)
def test_what_has_no_value_is_said_and_takes_no_time(source: str) -> None:
    with pytest.raises(FormulaError):
        value(source)


@given(st.text(alphabet="0123456789.eE+-*/()<>=!, abcfinmoqrsux_'\"", max_size=60))
def test_no_text_does_anything_but_compute_or_fail(source: str) -> None:
    try:
        found = value(source, a=2, b=3)
    except FormulaError:
        return
    assert math.isfinite(found)


expressions = st.recursive(
    st.integers(0, 99).map(str),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*"]), inner).map(
            lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"
        ),
        inner.map(lambda part: f"-{part}"),
        st.tuples(inner, inner).map(lambda parts: f"max({parts[0]}, {parts[1]})"),
    ),
    max_leaves=12,
)


@given(expressions)
def test_it_agrees_with_python(source: str) -> None:
    assert value(source) == eval(source)


@pytest.mark.parametrize(
    ("number", "form", "wanted"),
    [
        (100480, "", "100,480"),
        (2.0, "", "2"),
        (math.log(10), "", "2.303"),
        (0.1 * 3, "", "0.3"),
        (12345.678, "", "12,346"),
        (-0.0, "", "0"),
        (-0.0004, ".2f", "0.00"),
        (0.00001234, "", "1.234e-05"),
        (math.log(10), ".1f", "2.3"),
        (9380, ".3f", "9380.000"),
        (0.905, ".1%", "90.5%"),
        (0.001, ".1e", "1.0e-03"),
        (1234567, "d", "1234567"),
        (1234567.25, ",.1f", "1,234,567.2"),
        (3, "+", "+3"),
    ],
)
def test_numbers_are_written_as_asked(number: float, form: str, wanted: str) -> None:
    assert show(number, form) == wanted


@pytest.mark.parametrize("form", ["99999999", ">10", ".999f", "s", "r", "{", "x", "_", "n", "d.3"])
def test_other_formats_are_refused(form: str) -> None:
    with pytest.raises(FormulaError):
        show(1.5, form)


def test_placeholders_are_filled_and_other_braces_left() -> None:
    text = "{n} of {n:.1f}, {unknown}, {0}, {a b}, {}"
    assert placeholders(text) == [("n", ""), ("n", ".1f"), ("unknown", "")]
    assert fill(text, {"n": 60000}) == "60,000 of 60000.0, {unknown}, {0}, {a b}, {}"


def test_near_is_near_enough_and_whole_is_whole() -> None:
    assert close(0.3, 0.1 * 3)
    assert close(2.3, math.log(10), absolute=0.005)
    assert not close(2.29, math.log(10), absolute=0.005)
    assert close(99, 100, relative=0.01)
    assert not close(175_000_000_000, 175_000_000_001)
    assert not close(float("nan"), 1, absolute=9)
