"""Large numbers in a few cells: three digits and a unit."""

from __future__ import annotations

import re

COUNTS = ("", "k", "M", "B", "T")
"""Thousand, million, billion, trillion: as in "Llama 7B"."""

CHINESE = ("", " 万", " 亿", " 万亿")
"""Ten thousand, a hundred million, a trillion: each is ten thousand times the one before."""

DECIMAL = ("", "k", "M", "G", "T", "P", "E")
"""Prefixes of the SI: of bytes and operations."""


def count(number: int) -> str:
    """Return a number of parameters, such as "1.56B"."""
    return _scaled(number, COUNTS)


def amount(number: int, language: str, *, rounded: bool = False) -> str:
    """Return a number of parameters as people say it: "175B", "1,746 亿"; of a `rounded` one "1.5B", not "1.50B"."""
    said = _scaled(number, CHINESE, 10_000) if language == "zh" else count(number)
    if not rounded or "." not in said:
        return said
    figures, unit = re.fullmatch(r"([\d.]+)(.*)", said, re.DOTALL).groups()  # type: ignore[union-attr]  # so it is written
    return figures.rstrip("0").rstrip(".") + str(unit)


def size(number: int) -> str:
    """Return a number of bytes, such as "6.23 GB"."""
    return _scaled(number, tuple(f" {prefix}B" for prefix in DECIMAL))


def operations(number: int) -> str:
    """Return a number of floating-point operations, such as "3.27 GFLOP"."""
    return _scaled(number, tuple(f" {prefix}FLOP" for prefix in DECIMAL))


def percent(part: int, whole: int) -> str:
    """Return a share, such as "63.1%"; a trace is not called nothing."""
    share = 100 * part / whole
    return "<0.1%" if 0 < share < 0.1 else f"{share:.1f}%"


def _scaled(number: int, units: tuple[str, ...], step: int = 1000) -> str:
    value = float(number)
    for unit in units[:-1]:
        if value < step - 0.5:
            return _digits(value, whole=unit == units[0]) + unit
        value /= step
    return _digits(value) + units[-1]


def _digits(value: float, *, whole: bool = False) -> str:
    """Return three digits; a number without a prefix is a whole one."""
    if whole or value >= 99.95:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 9.995 else f"{value:.2f}"
