"""Break paragraphs of English and Chinese into lines that are as full as the rules allow.

All breaks of a paragraph are chosen together: where a full stop would begin a line, an earlier line gives
one character more, or this one one less, whichever leaves the smaller holes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from tui.text.breaks import SPACES, Break, Character, breaks, characters
from tui.text.span import Line, Span

RAGGED_SHARE = 0.1
"""A line that leaves more of the width than this is avoided at nearly any price."""

RAGGED_COST = 1000.0
ORPHAN_CELLS = 4
ORPHAN_COST = 30.0
"""What a last line of one word of `ORPHAN_CELLS` or less costs, in squared cells of white space."""

_AS_BLANK = str.maketrans({"\u00a0": " ", "\u202f": " "})


def wrap(spans: Sequence[Span], width: int, ambiguous_width: int = 1) -> list[Line]:
    """Return the lines of a paragraph, none wider than `width` cells.

    White space at a break is dropped; nothing else is. A character that is wider than `width` overflows.
    """
    text = characters(spans, ambiguous_width)
    places = breaks(spans, text, width)
    if not places:
        return []
    start = next(index for index, here in enumerate(text) if here.text not in SPACES)
    lines = []
    for number in _choose(places, [0, *accumulate(here.width for here in text)], start, width):
        lines.append(_line(spans, text[start : places[number].stop]))
        start = places[number].start
    return lines


def _choose(places: Sequence[Break], reach: Sequence[int], first: int, width: int) -> list[int]:
    """Return the numbers of the best breaks; `reach[i]` cells stand before character i."""
    stops = [reach[place.stop] for place in places]
    starts = [reach[first], *(reach[place.start] for place in places)]
    end = len(places)
    best = [float("inf")] * (end + 1)
    best[0] = 0.0
    came = [0] * (end + 1)
    ragged = width * RAGGED_SHARE
    for line in range(end):
        if best[line] == float("inf"):
            continue
        limit = starts[line] + width
        fullest = max(bisect_right(stops, limit) - 1, line)
        if fullest == end - 1:
            short = stops[fullest] - starts[line] <= ORPHAN_CELLS and line > 0
            _offer(best, came, line, end, ORPHAN_COST if short else 0.0)
            if not short:
                continue
        allowed = max(limit - stops[fullest], 1.5 * ragged)
        for stop in range(fullest, line - 1, -1):
            hole = limit - stops[stop]
            if hole > allowed:
                break
            if stop < end - 1:
                price = hole * hole + places[stop].cost + (RAGGED_COST if hole > ragged else 0.0)
                _offer(best, came, line, stop + 1, price)
    return _path(came, end)


def _offer(best: list[float], came: list[int], line: int, target: int, price: float) -> None:
    """Remember the cheapest way to end a line at `target`."""
    if best[line] + price < best[target]:
        best[target] = best[line] + price
        came[target] = line


def _path(came: Sequence[int], end: int) -> list[int]:
    """Return the numbers of the chosen breaks in order."""
    chosen = []
    while end:
        chosen.append(end - 1)
        end = came[end]
    return chosen[::-1]


def _line(spans: Sequence[Span], text: Sequence[Character]) -> Line:
    """Return characters as spans again."""
    pieces: list[Span] = []
    at = 0
    while at < len(text):
        number, start = text[at].span, at
        while at < len(text) and text[at].span == number:
            at += 1
        piece = "".join(here.text for here in text[start:at]).translate(_AS_BLANK)
        span = spans[number]
        pieces.append(Span(piece, span.style, span.whole, span.target))
    return tuple(pieces)
