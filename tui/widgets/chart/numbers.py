"""Numbers as axes and readouts write them: short, and never longer than they are exact."""

from __future__ import annotations

import math


def nice(at_least: float) -> float:
    """Return the smallest of 1, 2, 5, 10, ... times a power of ten that is not below a positive number."""
    power = math.floor(math.log10(at_least))
    for digit in (1, 2, 5, 10):
        step = digit * 10.0**power if power >= 0 else digit / 10.0**-power
        if step >= at_least * (1 - 1e-9):
            return step
    return 10.0 ** (power + 1)


def count(number: float) -> str:
    """Return a number of updates: 1,000 in full, then 25 k, 1 M, 2.5 G."""
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(number) >= max(size, 1e4):
            return f"{number / size:.6g} {letter}"
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.6g}"


def tick(number: float, step: float) -> str:
    """Return a label of an axis whose ticks are `step` apart."""
    if number == 0:
        return "0"
    if abs(number) >= 1e4:
        return compact(number)
    if step < 1e-4 and abs(number) < 1e-2:
        return compact(number)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    return f"{number:,.{decimals}f}"


def compact(number: float) -> str:
    """Return a label of a logarithmic axis: 100, 1, 0.05, 2e-4."""
    if 1e-3 <= abs(number) < 1e4:
        return f"{number:,.6g}"
    if 1e4 <= abs(number) < 1e12:
        return count(number)
    digits, exponent = f"{number:.2e}".split("e")
    return f"{float(digits):g}e{int(exponent)}"


def exact(number: float) -> str:
    """Return a value in four digits: 2.303, 0.01204, 1.2e-5, nan."""
    if not math.isfinite(number):
        return str(number)
    if number == 0:
        return "0"
    if 1e-3 <= abs(number) < 1e6:
        decimals = max(0, 3 - math.floor(math.log10(abs(number)) + 1e-12))
        return f"{number:,.{decimals}f}"
    return compact(number)
