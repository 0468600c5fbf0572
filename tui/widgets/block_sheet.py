"""A page laid out for one width: its rows, where each block begins, what can be chosen in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Literal

import msgspec

from content.course.visible import visible
from tui.glyphs import Glyphs
from tui.text.narrow import drawn, narrow
from tui.text.span import Line
from tui.words import Words

Kind = Literal["term", "link", "page", "copy", "train", "demo", "way"]


OVERLAP = 2
"""Rows that are seen twice when a page is turned within a block."""


class Look(msgspec.Struct, frozen=True):
    """In what language and with which signs a page is drawn.

    Attributes:
        demos: How the demos stand that the learner has touched, by name, as the record keeps it.
    """

    words: Words
    glyphs: Glyphs
    language: str
    demos: Mapping[str, object] = {}

    @property
    def ambiguous_width(self) -> int:
        """Cells that a character of ambiguous width takes."""
        return 2 if self.glyphs.ascii else 1

    def prose(self, text: str) -> str:
        """Return running text as it is shown."""
        text = visible(text)
        return narrow(text, self.language) if self.glyphs.ascii else text

    def drawn(self, text: str) -> str:
        """Return a line of a drawing or of code as it is shown, column by column."""
        text = visible(text).expandtabs(4)
        return drawn(text) if self.glyphs.ascii else text


class Target(msgspec.Struct, frozen=True):
    """Something on a page that can be chosen.

    Attributes:
        value: A term's id, a link's address, a place in the course, the code to copy, a preset's or a demo's name;
            of a way onwards "questions" or "next".
        block: The index of its block.
    """

    kind: Kind
    value: str
    block: int


class Targets:
    """Numbers what can be chosen while a page is laid out."""

    def __init__(self) -> None:
        self.all: list[Target] = []
        self.block = 0

    def add(self, kind: Kind, value: str) -> str:
        """Return the number of a new target, as spans carry it."""
        self.all.append(Target(kind, value, self.block))
        return str(len(self.all) - 1)


class Place(msgspec.Struct, frozen=True):
    """A place in a page that outlives a change of width or language.

    Attributes:
        block: The index of the block at the top.
        offset: How far into that block the top is, in thousandths of its rows.
    """

    block: int = 0
    offset: int = 0


class Spot(msgspec.Struct, frozen=True):
    """Cells of one row that belong to a target."""

    row: int
    left: int
    right: int
    target: int


class Sheet(msgspec.Struct, frozen=True):
    """A page as rows.

    Attributes:
        begins: For each block the row at which it begins, the white space before it included.
        tops: For each block its first row that is not white space.
        headings: The indices of the blocks that are headings.
        width: Cells of the widest row.
    """

    rows: tuple[Line, ...]
    begins: tuple[int, ...]
    tops: tuple[int, ...]
    headings: frozenset[int]
    targets: tuple[Target, ...]
    spots: tuple[Spot, ...]
    width: int

    def block_at(self, row: int) -> int:
        """Return the index of the block that a row belongs to."""
        return max(bisect_right(self.begins, row) - 1, 0)

    def top(self, block: int) -> int:
        """Return a block's first row that is not white space; a page without blocks has an ending all the same."""
        return self.tops[block] if block < len(self.tops) else 0

    def end(self, block: int) -> int:
        """Return the row after a block's last."""
        return self.begins[block + 1] if block + 1 < len(self.begins) else len(self.rows)

    def window(self, top: int, bottom: int) -> tuple[Place, Place]:
        """Return the places of rows `top` up to `bottom`, with the white space before and behind: it is not read."""
        first, last = self.block_at(top), self.block_at(bottom)
        if top <= self.top(first):
            top = min(top, self.begins[first]) if self.begins else top
        if bottom < len(self.rows):
            bottom = max(bottom, min(self.top(last), len(self.rows)))
        return self.place(top), self.place(bottom)

    def place(self, row: int) -> Place:
        """Return the place of a row."""
        block = self.block_at(row)
        if block >= len(self.begins):
            return Place()
        begin = self.begins[block]
        return Place(block, (row - begin) * 1000 // max(self.end(block) - begin, 1))

    def row(self, place: Place) -> int:
        """Return the row of a place; of the page's end where the page is shorter."""
        if not self.begins:
            return 0
        if place.block >= len(self.begins):
            return len(self.rows)
        begin = self.begins[place.block]
        return begin - (-place.offset * (self.end(place.block) - begin) // 1000)

    def next_top(self, top: int, height: int) -> int:
        """Return the row at the top of the next screenful: where the first block begins that is cut off.

        A heading goes with what follows it. A block that begins in the upper quarter is read on instead,
        with `OVERLAP` rows seen twice.
        """
        bottom = top + height
        cut = next((block for block in range(len(self.tops)) if self.end(block) > bottom), None)
        if cut is None:
            return len(self.rows)
        while cut and cut - 1 in self.headings and self.tops[cut - 1] - 1 > top:
            cut -= 1
        start = self.tops[cut] - 1
        return start if start > top + height // 4 else max(bottom - OVERLAP, top + 1)

    def last_top(self, top: int, height: int) -> int:
        """Return the row at the top of the screenful before: the first block that still fits above."""
        highest = top - height
        if highest <= 0:
            return 0
        starts = [tops - 1 for tops in self.tops if highest <= tops - 1 <= top - height // 2]
        return starts[0] if starts else min(highest + OVERLAP, top - 1)

    def spots_of(self, target: int) -> tuple[Spot, ...]:
        """Return the cells of a target, from above to below."""
        return tuple(spot for spot in self.spots if spot.target == target)

    def target_at(self, row: int, column: int) -> int | None:
        """Return the number of the target at a cell, None where there is none."""
        for spot in self.spots:
            if spot.row == row and spot.left <= column < spot.right:
                return spot.target
        return None


EMPTY = Sheet((), (), (), frozenset(), (), (), 0)
