"""What number did the learner type? 1e-3, 0.001, 1,000, １．５, 1/2, 2^20, 9380 updates, 12 %, 1.1亿."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable

LONGEST = 60

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "。": ".", "×": "x", "·": "x", "\u2044": "/"})
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+(?:_\d+)*)"
_PLAIN = rf"[+-]?\s?(?:{_DIGITS}(?:\.\d*)?|\.\d+)"
_NUMBER = re.compile(
    rf"(?P<plain>{_PLAIN})(?:e(?P<e>[+-]?\d+)|\s*[x*]\s*10\s*(?:\^|\*\*)\s*\(?(?P<power>[+-]?\d+)\)?)?",
    re.ASCII,
)
_POWER = re.compile(
    rf"(?P<sign>[+-]?)(?P<base>{_DIGITS}(?:\.\d+)?)\s*(?:\^|\*\*)\s*\(?(?P<power>[+-]?\d{{1,4}})\)?", re.ASCII
)
_FRACTION = re.compile(rf"(?P<above>{_PLAIN})\s*/\s*(?P<below>{_PLAIN})", re.ASCII)
_LARGE = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}


def parse_number(text: str, units: Iterable[str] = ()) -> int | float | None:
    """Return the number that `text` says, None where it says none; the screen then asks again.

    A unit at the end is left out, `%` divides by 100 unless it is the unit, 万 and 亿 multiply. Commas and
    spaces must group three digits: what "1,5" means is not guessed.
    """
    if len(text) > LONGEST:
        return None
    words = _folded(text).lstrip("=≈~约").strip()
    for unit in sorted({_folded(unit) for unit in units if unit.strip()}, key=len, reverse=True):
        for form in (unit, unit + "s", unit.removesuffix("s")):
            if form and words.endswith(form) and words != form:
                return _scaled(words.removesuffix(form).rstrip())
    return _scaled(words)


def _folded(text: str) -> str:
    raised = re.sub("[⁰¹²³⁴-⁹⁺⁻]+", lambda found: "^" + found[0].translate(_RAISED), text)
    apart = "".join(" " + letter if "VULGAR" in unicodedata.name(letter, "") else letter for letter in raised)
    return unicodedata.normalize("NFKC", apart).translate(_SIGNS).casefold().strip()


def _scaled(words: str) -> int | float | None:
    factor: int | float = 1
    if words.endswith("%"):
        number = _value(words[:-1].rstrip())
        return None if number is None else number / 100
    if words and words[-1] in _LARGE:
        factor, words = _LARGE[words[-1]], words[:-1].rstrip()
    number = _value(words)
    if number is None:
        return None
    scaled = number * factor
    rounded = round(scaled)
    return rounded if factor > 1 and math.isclose(scaled, rounded, rel_tol=1e-12) else scaled


def _value(words: str) -> int | float | None:
    if found := _FRACTION.fullmatch(words):
        below = _plain(found["below"])
        return _finite(_plain(found["above"]) / below) if below else None
    if found := _POWER.fullmatch(words):
        power = _power(_plain(found["base"]), int(found["power"]))
        return -power if found["sign"] == "-" and power is not None else power
    if found := _NUMBER.fullmatch(words):
        exponent = found["e"] or found["power"]
        if exponent is None:
            return _finite(_plain(found["plain"]))
        return _finite(float(f"{_bare(found['plain'])}e{exponent}"))
    return None


def _power(base: int | float, power: int) -> int | float | None:
    """Return a power, exact where it can be; None where it is no number that a question asks for."""
    if base == 10:
        return _finite(float(f"1e{power}"))
    try:
        near = _finite(float(base) ** power)  # and so no integer is worked out that nobody could write down
    except (OverflowError, ZeroDivisionError):
        return None
    return base**power if near is not None and power >= 0 else near


def _bare(digits: str) -> str:
    return re.sub(r"[,_ ]", "", digits)


def _plain(digits: str) -> int | float:
    bare = _bare(digits)
    return float(bare) if "." in bare else int(bare)


def _finite(number: int | float) -> int | float | None:
    return number if abs(number) < 1e300 else None
