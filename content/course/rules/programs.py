"""Programs of the pages, once somebody has run them: each runs, and prints what the comment behind it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Protocol

from content.course.programs import Listing, Program, claims
from content.course.sentences import fault
from content.errors import Fault

_NUMBER = re.compile(r"(?<![\w.])[-+]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?(%?)(?![\w.]*\d)", re.IGNORECASE)
_WORD = re.compile(r"\b(?:True|False|None)\b")


class Came(Protocol):
    """What came of a program: whoever runs it says so.

    Attributes:
        ended: "done", "failed" (an exception), "time" and "memory" (beyond a limit) or "died" (its process).
        line: Where, counted as in the file of the first listing; 0 where that is not known.
        error: The exception, or what its process said last.
        printed: By line, counted in the same way.
    """

    @property
    def ended(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def error(self) -> str: ...
    @property
    def printed(self) -> Mapping[int, str]: ...


def failure(program: Program, came: Came, limits: Mapping[str, object]) -> Fault | None:
    """Return what is wrong with a program that did not run to its end, None for one that did."""
    if came.ended == "done":
        return None
    listing = program.first
    lines = listing.text.split("\n")
    at = came.line - listing.line
    source = lines[at].strip() if 0 <= at < len(lines) else ""
    return fault(
        f"program-{came.ended}",
        file=listing.file,
        line=came.line or listing.line,
        field="code",
        value=source,
        reason=came.error.rstrip(".") or "no word",
        **limits,
    )


def contradictions(program: Program, came: Came) -> Iterator[Fault]:
    """Yield every comment behind a `print` that names a number, or True or False, which was not printed there."""
    for listing in program.listings:
        for ours, theirs in zip(claims(listing.text), claims(program.first.text), strict=True):
            start = program.first.line - 1 + theirs.start
            printed = [
                came.printed[line]
                for line in range(start, start + theirs.end - theirs.start + 1)
                if line in came.printed
            ]
            if printed and not says(ours.comment, "".join(printed)):
                yield _contradiction(listing, ours.end, ours.comment, "".join(printed))


def _contradiction(listing: Listing, line: int, comment: str, printed: str) -> Fault:
    return fault(
        "program-comment",
        file=listing.file,
        line=listing.line - 1 + line,
        field="code",
        value=comment,
        printed=" ".join(printed.split())[:80],
    )


def says(comment: str, printed: str) -> bool:
    """Return whether all numbers of a comment, rounded as it rounds them, and its True and False were printed."""
    words = set(_WORD.findall(comment)) <= set(_WORD.findall(printed))
    there = [_value(found) for found in _NUMBER.finditer(printed)]
    return words and all(
        any(abs(value - _value(found)) <= _half(found) * (1 + 1e-9) for value in there)
        for found in _NUMBER.finditer(comment)
    )


def _value(found: re.Match[str]) -> float:
    number = float(found[0].rstrip("%").replace(",", ""))
    return number / 100 if found[1] else number


def _half(found: re.Match[str]) -> float:
    """Return half of the last digit that a number is written with."""
    digits, _, power = found[0].rstrip("%").lower().partition("e")
    decimals = len(digits.partition(".")[2])
    return float(0.5 * 10.0 ** (int(power or 0) - decimals - (2 if found[1] else 0)))
