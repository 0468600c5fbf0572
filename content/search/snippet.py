"""The part of a text in which something was found."""

from __future__ import annotations

from collections.abc import Sequence

from content.course.cells import cells
from content.search.folding import fold, stretches

PIECE = 600
"""Letters that are looked at closely; a text is cut into pieces that overlap by half."""


def snippet(text: str, wanted: Sequence[str], room: int, ellipsis: str = "…") -> str:
    """Return what stands around the first hit, on one line, a third of the room before it; it may be too wide."""
    line = _piece(" ".join(text.split()), wanted)
    found = stretches(line, wanted)
    if not found or cells(line) <= room:
        return line
    begin = found[0][0]
    free = max(0, room // 3)
    while begin > 0 and cells(line[begin - 1]) <= free:
        begin -= 1
        free -= cells(line[begin])
    if begin == 0:
        return line
    gap = line.find(" ", begin, found[0][0])
    begin = gap + 1 if gap >= 0 else begin
    return f"{ellipsis}{line[begin:]}"


def _piece(line: str, wanted: Sequence[str]) -> str:
    """Return the part of a long line that holds the first word that is in it."""
    for at in range(0, max(1, len(line) - PIECE // 2), PIECE // 2):
        piece = line[at : at + PIECE]
        folded = fold(piece)
        if any(word in folded for word in wanted):
            return piece
    return line[:PIECE]
