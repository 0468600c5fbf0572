"""How a number of a course is written: `{=784*128:,}` in a page, `{answer:.3f}` in a question."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from content.course.formula import FormulaError, Number

_FORMAT = re.compile(r"\+?,?(\.\d{1,2})?[defg%]?")
PLACEHOLDER = re.compile(r"\{([A-Za-z_]\w*)(?::([^{}]*))?\}")
"""The name of a value, and its format."""


def show(number: Number, form: str = "") -> str:
    """Return the number as text.

    Without a format: whole numbers with commas, others with up to four significant digits.

    Raises:
        FormulaError: The format is none of `,` `.3f` `.2e` `.3g` `.1%` and the like.
    """
    if not _FORMAT.fullmatch(form):
        raise FormulaError("number-format", form)
    if form.endswith("d") and not float(number).is_integer():
        raise FormulaError("number-format", form)
    if form and form[-1] in "efg%":
        return _unsigned(format(number, form))
    sign = "+" if form.startswith("+") else ""
    if "." in form:
        return _unsigned(format(number, form + "g"))
    if float(number).is_integer():
        comma = "," if "," in form or not form else ""
        return format(int(number), f"{sign}{comma}d")
    return _unsigned(format(number, sign + (",.0f" if abs(number) >= 1000 else ".4g")))


def placeholders(text: str) -> list[tuple[str, str]]:
    """Return the name and format of every `{name}` or `{name:.3f}` in a text, in order."""
    return [(found[1], found[2] or "") for found in PLACEHOLDER.finditer(text)]


def fill(text: str, values: Mapping[str, Number]) -> str:
    """Return the text with each `{name}` replaced by its value; names without a value stay as they are.

    Raises:
        FormulaError: A format is unknown.
    """

    def put(found: re.Match[str]) -> str:
        name, form = found[1], found[2] or ""
        return show(values[name], form) if name in values else found[0]

    return PLACEHOLDER.sub(put, text)


def _unsigned(shown: str) -> str:
    """Return the text without its minus if it shows a zero: "-0.00" would puzzle a reader."""
    if shown.startswith("-") and not any(digit in shown for digit in "123456789"):
        return shown[1:]
    return shown


def close(given: Number, wanted: Number, absolute: float = 0.0, relative: float = 0.0) -> bool:
    """Return whether `given` is `wanted` within the tolerances.

    Two whole numbers without a tolerance must be equal; else a billionth is forgiven, since 0.1 * 3 is not
    quite 0.3 for a computer.
    """
    if given == wanted:
        return True
    if isinstance(given, int) and isinstance(wanted, int) and not absolute and not relative:
        return False
    if not math.isfinite(given) or not math.isfinite(wanted):
        return False
    allowed = max(absolute, relative * abs(wanted))
    return abs(given - wanted) <= allowed * (1 + 1e-9) + 1e-9 * abs(wanted) + 1e-12
