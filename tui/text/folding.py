"""Where the lines begin of a text that is being written, or that is shown as it was written.

Each line is filled before the next begins, so that what stands above the cursor never moves while one types on;
where all breaks are chosen together (`wrap`) it may.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, pairwise

from tui.text.breaks import breaks, characters
from tui.text.span import Span


def folds(text: str, width: int) -> list[int]:
    """Return where each line but the first begins, so that none is wider than `width` cells.

    No character goes: spaces at a break stay at the end of their line, and count. A character that is wider
    than `width` overflows.
    """
    spans = [Span(text)]
    letters = characters(spans)
    reach = [0, *accumulate(letter.width for letter in letters)]
    offsets = [0, *accumulate(len(letter.text) for letter in letters)]
    if reach[-1] <= width:
        return []
    places = [(place.start, place.cost) for place in breaks(spans, letters, width)]
    found, line, first = [], 0, 0
    while reach[-1] - reach[line] > width:
        limit = reach[line] + width
        fullest = max(bisect_right(reach, limit) - 1, line + 1)
        last = bisect_right(places, fullest, lo=first, key=lambda place: place[0])
        fair = [(limit - reach[at]) ** 2 + cost for at, cost in places[first:last]]
        line = places[first + fair.index(min(fair))][0] if fair else fullest
        first = bisect_right(places, line, lo=first, key=lambda place: place[0])
        found.append(offsets[line])
    return found


def folded(text: str, width: int) -> list[str]:
    """Return a text of one paragraph as lines of at most `width` cells, without the spaces at their ends."""
    starts = [0, *folds(text, width), len(text)]
    return [text[start:stop].rstrip(" ") for start, stop in pairwise(starts)]
