"""Blocks of text and bars, one below the other, of which only those cells are painted that changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

import msgspec
from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.geometry import clamp
from textual.reactive import var

from tui.glyphs import RICH, Glyphs
from tui.text.fitting import fit
from tui.text.span import Span, plain
from tui.text.wrap import wrap
from tui.widgets.canvas.board import Board
from tui.widgets.canvas.grid import Grid

Words = Callable[..., str]

STYLES = ("blank", "text", "strong", "quiet", "model", "learner", "right", "wrong", "mask", "special")
"""Looks of a piece; the place in this tuple is its number in a grid."""

BLANK, TEXT, STRONG, QUIET, MODEL, LEARNER, RIGHT, WRONG, MASK, SPECIAL = range(len(STYLES))

LONGEST = 1200
"""Letters of a text that are looked at: no screen shows more of it."""


class Piece(msgspec.Struct, frozen=True):
    """Text from a column on, in one look."""

    column: int
    text: str
    style: int = TEXT


Row = tuple[Piece, ...]
Block = tuple[Row, ...]
"""Rows that belong together."""


class Blocks(Board, can_focus=True):
    """Shows as many blocks as there is room for, from `top` on; up and down move by a block.

    Subclasses give `blocks` and, where they have any, `heading` (stays in sight) and `foot`.

    Attributes:
        top: The first block in sight, counted from 0.
        words: Gives `bert.part` (first, last, count), and what the subclass names.
        glyphs: Signs to draw with.
    """

    DEFAULT_CSS = """
    Blocks {
        height: 1fr;
        & > .blocks--text { color: $foreground; }
        & > .blocks--strong { color: $foreground; text-style: bold; }
        & > .blocks--quiet { color: $quiet; }
        & > .blocks--model { color: $model; }
        & > .blocks--learner { color: $learner; text-style: bold; }
        & > .blocks--right { color: $success; text-style: bold; }
        & > .blocks--wrong { color: $error; text-style: bold; }
        & > .blocks--mask { color: $model; text-style: bold reverse; }
        & > .blocks--special { color: $valid; }
    }
    """
    INKS = tuple(f"blocks--{name}" for name in STYLES)
    COMPONENT_CLASSES: ClassVar[set[str]] = set(INKS)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "bert.keys.move", show=False, id="blocks.move"),
        Binding("down,j", "move(1)", "bert.keys.move", show=False, id="blocks.move"),
        Binding("pageup", "turn(-1)", "bert.keys.move", show=False, id="blocks.move"),
        Binding("pagedown", "turn(1)", "bert.keys.move", show=False, id="blocks.move"),
        Binding("home", "move(-9999)", "bert.keys.move", show=False, id="blocks.move"),
        Binding("end", "move(9999)", "bert.keys.move", show=False, id="blocks.move"),
    ]

    top: var[int] = var(0)

    def __init__(
        self, words: Words, glyphs: Glyphs = RICH, *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.words = words
        self.glyphs = glyphs

    def blocks(self, columns: int, rows: int) -> Sequence[Block]:
        """Return all blocks, laid out for a room; they may need more of it."""
        raise NotImplementedError

    def heading(self, columns: int) -> Sequence[Row]:
        """Return the rows above all blocks."""
        return ()

    def foot(self, columns: int) -> Row:
        """Return the row below them: what the signs mean."""
        return ()

    def counted(self, first: int, last: int, count: int) -> tuple[int, int, int]:
        """Return what blocks `first` to `last` (counted from 0, without the last) of `count` are in texts."""
        return first, last, count

    def speak(self, words: Words, glyphs: Glyphs) -> None:
        """Show everything in other words or with other signs."""
        self.words, self.glyphs = words, glyphs
        self.redraw()

    def draw(self, columns: int, rows: int) -> Grid:
        """Return the blocks in a size."""
        grid = Grid(columns, rows)
        heading, foot, blocks, room = self._laid(columns, rows)
        for row, pieces in enumerate(heading):
            _write(grid, row, pieces)
        first = min(self.top, _last_top(blocks, room))
        row, end, seen = len(heading), len(heading) + room, first
        for block in blocks[first:]:
            if seen > first and 2 * (end - row) < len(block):
                break  # less than half of it would be seen
            for pieces in block:
                if row < end:
                    _write(grid, row, pieces)
                row += 1
            seen += row <= end
        below = min(rows - 1, min(row, end) + (row < end))
        _write(grid, below, foot)
        if len(blocks) > max(1, seen - first):
            first, last, count = self.counted(first, max(seen, first + 1), len(blocks))
            part = self.words("bert.part", first=first + 1, last=last, count=count)
            grid.write_before(columns - 1, below, part, QUIET, foot[-1].column + cell_len(foot[-1].text) if foot else 0)
        return grid

    def action_move(self, blocks: int) -> None:
        """Move by some blocks."""
        _, _, laid, room = self._laid(*self.size)
        last = _last_top(laid, room)
        self.top = clamp(min(self.top, last) + blocks, 0, last)

    def action_turn(self, pages: int) -> None:
        """Move by as many blocks as are in sight."""
        _, _, laid, room = self._laid(*self.size)
        self.action_move(pages * max(1, len(laid) - _last_top(laid, room)))

    def watch_top(self) -> None:
        """Show other blocks."""
        self.redraw()

    def _laid(self, columns: int, rows: int) -> tuple[Sequence[Row], Row, Sequence[Block], int]:
        """Return heading, foot, blocks, and the rows that the blocks have."""
        heading, foot = self.heading(columns), self.foot(columns)
        room = max(1, rows - len(heading) - 1)
        return heading, foot, self.blocks(columns, room), room


def lines(text: str, width: int, most: int, ellipsis: str) -> list[str]:
    """Return a text as at most `most` lines; an ellipsis stands where something is missing."""
    found = [plain(line) for line in wrap([Span(text[:LONGEST])], max(4, width))] or [""]
    if len(found) > most:
        found = [*found[: most - 1], fit(" ".join(found[most - 1 : most + 1]), width, ellipsis)]
        if not found[-1].endswith(ellipsis):
            found[-1] = fit(found[-1] + ellipsis * 2, width, ellipsis)
    return [fit(line, width, ellipsis) for line in found]


def _last_top(blocks: Sequence[Block], room: int) -> int:
    """Return the first block that is in sight when the last one is."""
    top = len(blocks)
    while top and len(blocks[top - 1]) <= room:
        top -= 1
        room -= len(blocks[top])
    return min(top, max(0, len(blocks) - 1))


def _write(grid: Grid, row: int, pieces: Row) -> None:
    for piece in pieces:
        grid.write(piece.column, row, piece.text, piece.style)
