"""The training examples that a model takes for most alike."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from rich.cells import cell_len
from textual.reactive import var

from tui.text.fitting import fit
from tui.widgets.bars import SHARE_CELLS, share
from tui.widgets.blocks import QUIET, STRONG, TEXT, Block, Blocks, Piece, Row, lines

MOST_ROWS, USUAL_ROWS = 3, 2
"""Rows of an example where all of them have room, and where some have to be scrolled to."""

LEAST_SEEN = 3
"""So many are seen at once; where there is no room for that, an example takes one row."""


class Near(msgspec.Struct, frozen=True):
    """A training example, its label, and the cosine of the angle between its vector and that of the text."""

    text: str
    label: str
    similarity: float


class Nearest(Blocks):
    """A block an example: how near it is, its label, and its text.

    Attributes:
        near: The nearest first.
        hollow: What is said where there are none.
        words: Gives `try.nearest`, `bert.part`.
    """

    near: var[Sequence[Near]] = var(())
    hollow: var[str] = var("")

    def describe(self) -> str:
        """Return the examples, one a line."""
        return "\n".join(f"{near.similarity:.3f}  {near.label}  {near.text}" for near in self.near) or self.hollow

    def heading(self, columns: int) -> Sequence[Row]:
        """Return what this is."""
        return [(Piece(0, fit(self.words("try.nearest"), columns, self.glyphs.ellipsis), QUIET),)] if self.near else ()

    def blocks(self, columns: int, rows: int) -> Sequence[Block]:
        """Return the examples, their texts as long as all of them have room, and at least a line."""
        if not self.near:
            said = lines(self.hollow, columns - 1, rows, self.glyphs.ellipsis) if self.hollow else []
            return [((Piece(0, line, QUIET),),) for line in said]
        count = len(self.near)
        most = MOST_ROWS if rows >= MOST_ROWS * count else USUAL_ROWS if rows >= USUAL_ROWS * LEAST_SEEN else 1
        return [self._block(near, columns, most) for near in self.near]

    def _block(self, near: Near, columns: int, most: int) -> Block:
        """Return an example; a short label stands before its text."""
        left = SHARE_CELLS + 1
        beside = left + cell_len(near.label) + 2
        if most == 1:
            text = fit(" ".join(near.text.split()), max(1, columns - 1 - beside), self.glyphs.ellipsis)
            return ((*self._head(near), Piece(beside, text, TEXT)),)
        text_lines = lines(near.text, columns - 1 - left, most - 1, self.glyphs.ellipsis)
        return (self._head(near), *((Piece(left, line, TEXT),) for line in text_lines))

    def _head(self, near: Near) -> Row:
        return (
            Piece(0, share(near.similarity).rjust(SHARE_CELLS), QUIET),
            Piece(SHARE_CELLS + 1, near.label, STRONG),
        )

    def _again(self) -> None:
        self.top = 0
        self.redraw()

    watch_near = watch_hollow = _again
