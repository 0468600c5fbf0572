"""The probability of every class as a bar."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.reactive import var

from tui.text.fitting import fit
from tui.widgets.bars import bar
from tui.widgets.blocks import MODEL, QUIET, STRONG, TEXT, Block, Blocks, Piece, Row

WIDEST_NAME = 18
NUMBER_CELLS = 5


class ClassBars(Blocks):
    """A row a class, in their own order where all have room, else the likeliest first.

    Attributes:
        names: The classes.
        shares: Their probabilities; empty while nothing is known, and then only the names stand there.
        words: Gives `bert.part`.
    """

    names: var[Sequence[str]] = var(())
    shares: var[Sequence[float]] = var(())

    def describe(self) -> str:
        """Return the classes with their probabilities, the likeliest first."""
        return "\n".join(f"{share:.3f}  {name}" for name, share in sorted(self._rows(), key=lambda row: -row[1]))

    def blocks(self, columns: int, rows: int) -> Sequence[Block]:
        """Return a row a class."""
        found = self._rows()
        best = max((share for _, share in found), default=0.0)
        if len(found) > rows:
            found.sort(key=lambda row: -row[1])
        width = min(WIDEST_NAME, max((cell_len(name) for name, _ in found), default=0), columns // 2)
        return [(self._row(name, share, width, columns, likeliest=0 < share == best),) for name, share in found]

    def _row(self, name: str, share: float, width: int, columns: int, *, likeliest: bool) -> Row:
        said = Piece(0, fit(name, width, self.glyphs.ellipsis), STRONG if likeliest else TEXT)
        if not self.shares:
            return (Piece(said.column, said.text, QUIET),)
        first = width + 2 + NUMBER_CELLS + 2
        return (
            said,
            Piece(width + 2, f"{share:.3f}", STRONG if likeliest else QUIET),
            Piece(first, bar(share, columns - first - 1, self.glyphs), MODEL),
        )

    def _rows(self) -> list[tuple[str, float]]:
        shares = self.shares or [0.0] * len(self.names)
        return list(zip(self.names, shares, strict=False))

    def _again(self) -> None:
        self.redraw()

    watch_names = watch_shares = _again
