"""Numbers as demos write and read them."""

from __future__ import annotations

import math

from content.quiz.numbers import parse_number

MOST_TYPED = 10
"""Letters of a number that is being typed."""


def short(number: float, digits: int = 4) -> str:
    """Return a number in at most four digits that mean something: 0.2907, 12, -1,539, 1.88e-5."""
    if not math.isfinite(number):
        return "inf" if number > 0 else "-inf" if number < 0 else "nan"
    if number == 0:
        return "0"
    if 1e-3 <= abs(number) < 1e6:
        decimals = max(0, digits - 1 - math.floor(math.log10(abs(number)) + 1e-12))
        written = f"{number:,.{decimals}f}"
        return written.rstrip("0").rstrip(".") if "." in written else written
    mantissa, exponent = f"{number:.{digits - 2}e}".split("e")
    return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"


def typed_on(typed: str, sign: str) -> str:
    """Return what is typed after one more sign; nothing changes where it is long enough."""
    return typed + sign if len(typed) < MOST_TYPED else typed


def number_in(typed: str) -> float | None:
    """Return the number that was typed, None where it is none."""
    number = parse_number(typed) if typed else None
    return None if number is None else float(number)
