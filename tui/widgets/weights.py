"""The first layer's weights: what each unit looks for, as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.reactive import var

from tui.glyphs import RICH, Glyphs
from tui.widgets.canvas.grid import Grid
from tui.widgets.canvas.tiles import CAPTION, FIRST, INK, SIDE, TileBoard, Tiling, fitting, squared
from tui.widgets.canvas.tint import colourless, scale
from tui.widgets.chart.description import Words, aligned
from tui.widgets.chart.numbers import exact

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tui.widgets.canvas.tiles import Levels

STEPS = 6
"""Tints on either side of zero."""

ENOUGH_LARGE = 6
"""As many tiles must fit a page to be shown in full size."""


class Weights(TileBoard):
    """Receptive fields, each scaled to its own largest weight.

    Negative and positive weights differ in colour; without colours in brightness (negative is dark), and where
    signs are drawn, in the sign. The last line shows which is which.

    Attributes:
        units: Weights of shape (units, 28, 28), or None while there are none.
        large: Full size or half; None chooses by the room.
        words: Gives `weights.unit` (unit, most), `.page` (first, last, count), `.negative`, `.positive`, `.none`,
            and for the text form `.number`, `.lowest`, `.highest`, `.where`.
    """

    DEFAULT_CSS = """
    Weights {
        height: 1fr;
        & > .weights--negative { color: $error; }
        & > .weights--zero { color: $panel; }
        & > .weights--positive { color: $model; }
        & > .weights--caption { color: $quiet; }
        &:nocolor > .weights--negative { color: #000000; }
        &:nocolor > .weights--zero { color: #808080; }
        &:nocolor > .weights--positive { color: #ffffff; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "weights--negative",
        "weights--zero",
        "weights--positive",
        "weights--caption",
    }
    RAMP = "===--   ++###"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "resize", "weights.size", show=False, id="weights.size"),
    ]

    units: var[NDArray[np.floating] | None] = var(None, always_update=True)
    large: var[bool | None] = var(None)

    def __init__(
        self,
        words: Words,
        glyphs: Glyphs = RICH,
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(glyphs, id=id, classes=classes)
        self.words = words

    def describe(self) -> str:
        """Return each unit's extremes and where its strongest weight looks."""
        if self.units is None or not len(self.units):
            return self.words("weights.none")
        table = [[self.words(f"weights.{key}") for key in ("number", "lowest", "highest", "where")]]
        for number, unit in enumerate(self.units):
            row, column = divmod(int(abs(unit).argmax()), SIDE)
            table.append([str(number), exact(float(unit.min())), exact(float(unit.max())), f"{row}, {column}"])
        return aligned(table)

    def count(self) -> int:
        """Return the number of units."""
        return 0 if self.units is None else len(self.units)

    def levels(self, tile: int, side: int) -> Levels:
        """Return a unit's weights as tints around the middle one, zero."""
        import numpy as np

        assert self.units is not None
        weights = squared(np.nan_to_num(np.asarray(self.units[tile], np.float64)))
        step = SIDE // side
        weights = weights.reshape(side, step, side, step).mean(axis=(1, 3))
        most = float(np.abs(weights).max()) or 1.0
        tints: Levels = np.rint(weights / most * STEPS).astype(np.intp) + STEPS
        return tints

    def caption(self, tile: int) -> str:
        """Return a unit's number and its largest weight."""
        assert self.units is not None
        most = float(abs(self.units[tile]).max())
        return self.words("weights.unit", unit=tile, most=f"{most:.2g}")

    def colours(self) -> list[Color]:
        """Return the tints from negative over zero to positive."""
        names = ("negative", "zero", "positive")
        low, zero, high = (self.get_component_styles(f"weights--{name}").color for name in names)
        return scale(low, zero, high, STEPS)

    def caption_style(self) -> Style:
        """Return the style of captions."""
        return self.get_component_rich_style("weights--caption")

    def tiling(self, columns: int, rows: int) -> Tiling:
        """Return tiles in full size where enough of them fit, else in half."""
        full = fitting(columns, rows, SIDE)
        large = full.count >= ENOUGH_LARGE if self.large is None else self.large and full.count
        return full if large else fitting(columns, rows, SIDE // 2)

    def foot(self, first: int, last: int, count: int) -> str:
        """Return which units are in sight."""
        return self.words("weights.page", first=first, last=last, count=count) if count else self.words("weights.none")

    def write_foot(self, grid: Grid, row: int, text: str) -> None:
        """Write which units are in sight, and what the colours mean: in a narrow room that alone."""
        legend = [("-", 0, self.words("weights.negative")), ("+", 2 * STEPS, self.words("weights.positive"))]
        wanted = cell_len(text) + sum(7 + cell_len(words) for _, _, words in legend)
        column = grid.write(0, row, text, CAPTION) + 3 if wanted <= grid.columns else 0
        for sign, tint, words in legend:
            style = FIRST + STEPS * len(self.RAMP) + tint
            if self.glyphs.ascii or colourless(self):
                style = INK
            column = grid.write(column, row, f" {sign} ", style)
            column = grid.write(column, row, f" {words}", CAPTION) + 3

    def watch_units(self) -> None:
        """Show the weights of another epoch, on the same page."""
        self.redraw()

    def watch_large(self) -> None:
        """Lay the tiles out again."""
        self.redraw()

    def action_resize(self) -> None:
        """Switch between full size and half."""
        self.large = self.tiling(self.size.width, self.size.height - 1).side < SIDE
