"""Writes cells as a terminal reads them, in few bytes: a colour that stays is said once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tui.painting.look import ANY, PLAIN, Cell, Look, seen_in_blanks

JUMP_BYTES = 4
"""About what a jump costs: unchanged letters that are no longer than that are written again instead."""


class Pen:
    """Begins plain and at no place, and ends plain."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._look = PLAIN
        self._x = self._y = -1

    def go(self, x: int, y: int, row: Sequence[Cell | None] = ()) -> None:
        """Go to a cell; `row` is what its row shows."""
        if y != self._y or x < self._x:
            self._written.append(f"\x1b[{y + 1};{x + 1}H")
        elif x > self._x:
            between = self._between(row[self._x : x])
            self._written.append(between or f"\x1b[{x + 1}G")
        self._x, self._y = x, y

    def put(self, cells: Sequence[Cell]) -> None:
        """Write cells from here on."""
        for letter, look in cells:
            if look is not self._look:
                codes, self._look = _change(self._look, look)
                self._written.append(codes)
            self._written.append(letter)
        self._x += len(cells)

    def put_raw(self, text: str) -> None:
        """Write a text that has its own codes and ends plain; where the pen is then is not known."""
        codes, self._look = _change(self._look, PLAIN)
        self._written.append(codes + text)
        self._x = self._y = -1

    def end(self) -> str:
        """Return what was written."""
        self.put_raw("")
        return "".join(self._written)

    def _between(self, row: Sequence[Cell | None]) -> str:
        """Return the letters that stand between here and there where that is shorter than a jump, else ""."""
        if len(row) > JUMP_BYTES or not all(cell and _change(self._look, cell[1])[1] == self._look for cell in row):
            return ""
        text = "".join(cell[0] for cell in row if cell is not None)
        return text if len(text) == len(row) and len(text.encode()) <= JUMP_BYTES else ""


@lru_cache(maxsize=4096)
def _change(before: Look, after: Look) -> tuple[str, Look]:
    """Return the codes that lead from one look to another, and how it looks then: what may be anything stays."""
    colour = before.colour if after.colour == ANY else after.colour
    attributes = after.attributes
    if attributes == ANY:
        attributes = "" if seen_in_blanks(before.attributes) else before.attributes
    then = Look(attributes, colour, after.ground, after.link)
    if then == before:
        return "", before
    link = "" if before.link == after.link else f"\x1b]8;{after.link or ';'}\x1b\\"
    lost = (before.colour and not colour) or (before.ground and not after.ground)
    if lost or (before.attributes and before.attributes != attributes):
        then = Look(*("" if new == ANY else new for new in after))
        codes = ["0", *then[:3]]
    else:
        codes = [new for old, new in zip(before[:3], then[:3], strict=True) if new != old]
    said = ";".join(code for code in codes if code)
    return link + (f"\x1b[{said}m" if said else ""), then
