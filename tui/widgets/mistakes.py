"""Texts that a model got wrong, with what it took them for."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from rich.cells import cell_len
from textual.reactive import var

from tui.widgets.bars import SHARE_CELLS, bar, share
from tui.widgets.blocks import MODEL, QUIET, RIGHT, STRONG, TEXT, WRONG, Block, Blocks, Piece, Row, lines
from tui.widgets.chart.description import aligned

LAYOUTS = ((4, 1), (2, 1), (1, 1), (1, 0))
"""Rows for a text at most, and empty rows after each: the first layout that shows everything is taken."""

BAR_CELLS = 24
INDENT = 2


class Mistake(msgspec.Struct, frozen=True):
    """A text, its label, and the label that it was taken for with this probability."""

    text: str
    truth: str
    guess: str
    probability: float


class Mistakes(Blocks):
    """The mistakes, most confident first.

    Attributes:
        mistakes: What is shown.
        words: Gives `bert.mistakes-none` and, for the text form, `run.table-truth`, `.table-guess`,
            `.table-probability`, `bert.table-text`.
    """

    mistakes: var[Sequence[Mistake]] = var(())

    def describe(self) -> str:
        """Return the mistakes as a table."""
        if not self.mistakes:
            return self.words("bert.mistakes-none")
        keys = ("run.table-probability", "run.table-truth", "run.table-guess", "bert.table-text")
        rows = [[f"{one.probability:.3f}", one.truth, one.guess, one.text] for one in self.mistakes]
        return aligned([[self.words(key) for key in keys], *rows])

    def blocks(self, columns: int, rows: int) -> Sequence[Block]:
        """Return a block a mistake."""
        made: list[Block] = []
        for most, gap in LAYOUTS:
            made = [self._block(mistake, columns, most, gap) for mistake in self.mistakes]
            if sum(map(len, made)) - gap <= rows:
                break
        return made

    def foot(self, columns: int) -> Row:
        """Return what the signs mean."""
        if not self.mistakes:
            return (Piece(0, self.words("bert.mistakes-none"), QUIET),)
        truth, guess = self.words("bert.legend-right"), self.words("run.table-guess")
        column = cell_len(truth) + 5
        return (
            Piece(0, self.glyphs.check, RIGHT),
            Piece(2, truth, QUIET),
            Piece(column, self.glyphs.cross, WRONG),
            Piece(column + 2, guess, QUIET),
        )

    def _block(self, mistake: Mistake, columns: int, most: int, gap: int) -> Block:
        text = [
            (Piece(INDENT, line, TEXT),)
            for line in lines(mistake.text, columns - INDENT - 1, most, self.glyphs.ellipsis)
        ]
        names = max(cell_len(name) for one in self.mistakes for name in (one.truth, one.guess))
        names = max(6, min(names, (columns - INDENT - 14) // 3))
        guess = INDENT + names + 4
        number = guess + names + 4
        figures = (
            Piece(INDENT, self.glyphs.check, RIGHT),
            Piece(INDENT + 2, lines(mistake.truth, names, 1, self.glyphs.ellipsis)[0], QUIET),
            Piece(guess, self.glyphs.cross, WRONG),
            Piece(guess + 2, lines(mistake.guess, names, 1, self.glyphs.ellipsis)[0], TEXT),
            Piece(number, share(mistake.probability).rjust(SHARE_CELLS), STRONG),
            Piece(number + 4, bar(mistake.probability, min(BAR_CELLS, columns - number - 5), self.glyphs), MODEL),
        )
        return (*text, figures, *[()] * gap)

    def watch_mistakes(self) -> None:
        """Show others, from the first."""
        self.top = 0
        self.redraw()
