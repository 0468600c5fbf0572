"""Where a line may break: English between words, Chinese between any two characters, kinsoku obeyed.

Kinsoku, "what is forbidden": closing punctuation begins no line, opening punctuation ends none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import msgspec

from tui.text.cells import clusters
from tui.text.span import Span

CLOSERS = frozenset(
    "，。、；：！？）」』】》〉〕｝］〗〙〞″′…—～％‰℃°·・”’»›ー々〻ゝゞヽヾぁぃぅぇぉっゃゅょァィゥェォッャュョ"
)
"""Begin no line, whatever stands before them."""

ASCII_CLOSERS = frozenset(",.;:!?)]}%")
"""Begin no line after a Chinese character; after a letter they never could."""

SPACED_CLOSERS = frozenset(",;:!?)]}")
"""Begin no line after a space either; `.5` may."""

OPENERS = frozenset("（「『【《〈〔｛［〖〘〝“‘«‹([{￥＄")
"""End no line."""

GLUE = frozenset("\u00a0\u202f\u2060\ufeff")
"""Hold both neighbours together, such as a number and its unit."""

OPERATORS = frozenset("+-*/=<>×÷≤≥≈")

SPACES = frozenset(" \u3000")

HYPHEN_COST = 12.0
DIGIT_COST = 6.0
OPERATOR_COST = 30.0
SPLIT_COST = 25.0
"""What breaks in a compound, after a number, in a formula, in an overlong word cost.

Costs are counted as squared cells of white space.
"""

_AS_SPACE = str.maketrans("\t\n\r\v\f", "     ")


class Character(msgspec.Struct, frozen=True):
    """One character as a reader sees it, its cells, and the number of the span that it is in."""

    text: str
    width: int
    span: int


class Break(msgspec.Struct, frozen=True):
    """A place to end a line: text up to `stop` on it, from `start` on the next; spaces between go."""

    stop: int
    start: int
    cost: float


def characters(spans: Sequence[Span], ambiguous_width: int = 1) -> list[Character]:
    """Return all characters of `spans` in order."""
    return [
        Character(text, width, index)
        for index, span in enumerate(spans)
        for text, width in clusters(span.text.translate(_AS_SPACE), ambiguous_width)
    ]


def breaks(spans: Sequence[Span], text: Sequence[Character], width: int) -> list[Break]:
    """Return the places where lines may end, the text's own end as the last of them.

    A piece that is wider than `width` may break after each of its characters.
    """
    found: list[Break] = []
    stop = start = 0
    for index, here in enumerate(text):
        whole = spans[here.span].whole
        if here.text in SPACES and not (whole and stop > start):
            continue
        if stop == 0:
            start = index
        elif (cost := _cost(text, stop - 1, index, whole)) is not None:
            _close(found, text, start, stop, index, cost, width)
            start = index
        stop = index + 1
    if stop:
        _close(found, text, start, stop, len(text), 0.0, width)
    return found


def _close(
    found: list[Break], text: Sequence[Character], start: int, stop: int, after: int, cost: float, width: int
) -> None:
    """Add the end of the piece from `start` to `stop`, and its inner breaks where it fits on no line."""
    if _width(text, start, stop) > width:
        found.extend(_inner(text, start, stop, width))
    found.append(Break(stop, after, cost))


def _inner(text: Sequence[Character], start: int, stop: int, width: int) -> list[Break]:
    """Return where an overlong piece may break: best beside signs, and by kinsoku if that is enough."""
    every = range(start + 1, stop)
    fair = [i for i in every if text[i - 1].text not in OPENERS and text[i].text not in CLOSERS | ASCII_CLOSERS]
    edges = [start, *fair, stop]
    enough = all(_width(text, left, right) <= width for left, right in pairwise(edges))
    return [
        Break(i, i, SPLIT_COST if text[i - 1].text.isalnum() and text[i].text.isalnum() else 0.0)
        for i in (fair if enough else every)
    ]


def _width(text: Sequence[Character], start: int, stop: int) -> int:
    """Return the cells from one character to before another."""
    return sum(character.width for character in text[start:stop])


def _cost(text: Sequence[Character], last: int, index: int, whole: bool) -> float | None:
    """Return what a break between two characters costs, None where it is forbidden."""
    left, right = text[last], text[index]
    if whole and left.span == right.span:
        return None
    a, b = left.text[0], right.text[0]
    if index == last + 1 and a != "-" and a.isascii() and b.isascii():
        return None
    if left.text[-1] in GLUE or b in GLUE or a in OPENERS or b in CLOSERS:
        return None
    if index > last + 1:
        return None if b in SPACED_CLOSERS else OPERATOR_COST * (a in OPERATORS or b in OPERATORS)
    if _is_wide(a) and b in ASCII_CLOSERS:
        return None
    if _is_wide(a) or _is_wide(b):
        return DIGIT_COST if a.isdigit() else 0.0
    if a in "—…":
        return 0.0
    return HYPHEN_COST if a == "-" and _is_compound(text, last) else None


def _is_compound(text: Sequence[Character], hyphen: int) -> bool:
    """Return whether a hyphen joins two words of two letters or more."""
    around = [*text[max(hyphen - 2, 0) : hyphen], *text[hyphen + 1 : hyphen + 3]]
    return len(around) == 4 and all(character.text.isalpha() for character in around)


@lru_cache(maxsize=8192)
def _is_wide(character: str) -> bool:
    """Return whether lines may break on both sides: Chinese, kana, hangul, full-width signs, emoji."""
    return unicodedata.east_asian_width(character) in "WF"
