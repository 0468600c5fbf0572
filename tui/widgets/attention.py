"""Where each token of a sentence looks, as a map of shaded cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import clamp
from textual.reactive import var

from tui.glyphs import RICH, Glyphs
from tui.text.fitting import fit
from tui.widgets.attention_plan import NUMBER_CELLS, WIDEST_PIECE, AttentionPlan, headed, plan, stacked
from tui.widgets.bars import share
from tui.widgets.canvas.board import Board
from tui.widgets.canvas.grid import Grid
from tui.widgets.canvas.tint import few_colours, heat
from tui.widgets.chart.description import aligned

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Weights = NDArray[Any]

STEPS = 8
"""Tints between nothing and all."""

LABEL, CHOSEN, SAID, QUIET, SUM, POINTED, KEY, HEAT = range(1, 9)
"""Numbers in the palette; the tints begin at the last one."""

SHADES, ASCII_SHADES = " ⠂⠒⠶⣿", " .:*#"
"""What tells weights apart where no tint can: in 16 colours, and without any."""

LEAST = 0.005
"""Weights below this are not named in words."""

KEYS_APART = 3
"""Cells at least between the caption and the keys."""

FAINT = 0.1
"""Weights below this have no number, but in the chosen row."""


class AttentionMap(Board, can_focus=True):
    """Rows are the tokens that look, columns those they look at; a row sums to 1.

    Attributes:
        pieces: The tokens, without padding.
        weights: Shape (tokens, tokens), row q says where token q looks; None while nothing is known.
        cursor: The chosen row, and the column that is pointed at, -1 for none.
        words: Gives `bert.attention-row` (token, most, sum), `.attention-cell` (token, other, weight, sum),
            `.attention-caption`, `.attention-tenths`, `.attention-none`, `.attention-token` (number, count), and for
            the text form `.attention-from`, `.attention-to`, `.attention-sum`.
        glyphs: Signs to draw with.
    """

    DEFAULT_CSS = """
    AttentionMap {
        height: 1fr;
        & > .attention--label { color: $quiet; }
        & > .attention--chosen { color: $foreground; text-style: bold; }
        & > .attention--said { color: $foreground; }
        & > .attention--quiet { color: $quiet; }
        & > .attention--key { color: $learner; text-style: bold; }
        & > .attention--weight { color: $model; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "attention--label",
        "attention--chosen",
        "attention--said",
        "attention--quiet",
        "attention--key",
        "attention--weight",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"move({down}, {right})", "bert.keys.token", show=False, id="attention.token")
        for key, down, right in (("up,k", -1, 0), ("down,j", 1, 0), ("left", 0, -1), ("right", 0, 1))
    ]

    pieces: var[Sequence[str]] = var(())
    weights: var[Weights | None] = var(None, always_update=True)
    cursor: var[tuple[int, int]] = var((0, -1))

    def __init__(
        self,
        words: Callable[..., str],
        glyphs: Glyphs = RICH,
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.words = words
        self.glyphs = glyphs

    def put(self, pieces: Sequence[str], weights: Weights | None) -> None:
        """Show a sentence's attention; the cursor stays where another layer, head or epoch is shown."""
        if tuple(pieces) != tuple(self.pieces):
            self.cursor = (0, -1)
        count = 0 if weights is None else min(len(pieces), len(weights))
        self.pieces = tuple(pieces[:count])
        self.weights = weights[:count, :count] if weights is not None and count else None

    def speak(self, words: Callable[..., str], glyphs: Glyphs) -> None:
        """Say everything in other words or with other signs."""
        self.words, self.glyphs = words, glyphs
        self.redraw()

    def describe(self) -> str:
        """Return where each token looks most, and its sum."""
        if self.weights is None:
            return self.words("bert.attention-none")
        heads = [self.words(f"bert.attention-{name}") for name in ("from", "sum", "to")]
        rows = [
            [piece, f"{float(self.weights[at].sum()):.2f}", self._most(at, 4)] for at, piece in enumerate(self.pieces)
        ]
        return f"{aligned([heads, *rows])}\n\n{self.words('bert.attention-caption')}"

    def palette(self) -> list[Style]:
        """Return labels, chosen ones, the sentence, the caption, the sum, the cell pointed at, keys, then the tints."""
        label, chosen, said, quiet, key = (
            self.get_component_rich_style(f"attention--{name}") for name in ("label", "chosen", "said", "quiet", "key")
        )
        return [
            self.rich_style,
            label,
            chosen,
            said,
            quiet,
            chosen,
            chosen + Style(reverse=True),
            key,
            *heat(self, "attention--weight", STEPS),
        ]

    def draw(self, columns: int, rows: int) -> Grid:
        """Return the map in a size."""
        grid = Grid(columns, rows)
        if self.weights is None:
            grid.write(0, 0, self.words("bert.attention-none"), QUIET)
            return grid
        layout = self._plan(columns, rows)
        self._write_heads(grid, layout)
        for row in layout.rows:
            self._write_row(grid, layout, row)
        foot = layout.head + len(layout.rows) * layout.height
        spare = rows - foot > 3
        grid.write(0, foot + spare, fit(self._said(columns), columns, self.glyphs.ellipsis), SAID)
        caption = self.words("bert.attention-caption" if layout.width >= NUMBER_CELLS else "bert.attention-tenths")
        grid.write(0, foot + 1 + spare, fit(caption, columns, self.glyphs.ellipsis), QUIET)
        self._write_place(grid, foot + 1 + spare, cell_len(caption))
        return grid

    def action_move(self, down: int, right: int) -> None:
        """Choose another row, or point at another column."""
        last = len(self.pieces) - 1
        row, column = self.cursor
        self.cursor = clamp(row + down, 0, max(0, last)), clamp(column + right, -1, max(0, last))

    def on_click(self, event: events.Click) -> None:
        """Choose the row, and point at the cell, under the mouse."""
        offset = event.get_content_offset(self)
        found = self._plan(*self.size).at(offset.x, offset.y) if offset is not None and self.pieces else None
        if found is not None:
            self.cursor = found

    def _plan(self, columns: int, rows: int) -> AttentionPlan:
        return plan(self.pieces, self.cursor, columns, rows)

    def _write_heads(self, grid: Grid, layout: AttentionPlan) -> None:
        """Write the pieces above their columns, in lines that end just above the cells."""
        for column in layout.columns:
            lines = stacked(headed(self.pieces[column]), layout.width)[: layout.head]
            style = CHOSEN if column == self.cursor[1] else LABEL
            x, _ = layout.place(layout.rows.start, column)
            for at, line in enumerate(lines, layout.head - len(lines)):
                grid.write(x + (layout.width > 2), at, line, style)

    def _write_place(self, grid: Grid, y: int, after: int) -> None:
        """Write which token is chosen and the keys of the others, behind the caption, as far as there is room."""
        count = len(self.pieces)
        keys = "up down" if self.glyphs.ascii else "↑ ↓"
        place = self.words("bert.attention-token", number=min(self.cursor[0], count - 1) + 1, count=count)
        start = grid.columns - cell_len(f"{keys} {place}")
        if start >= after + KEYS_APART:
            grid.write(grid.write(start, y, keys, KEY) + 1, y, place, QUIET)

    def _write_row(self, grid: Grid, layout: AttentionPlan, row: int) -> None:
        assert self.weights is not None
        chosen = row == self.cursor[0]
        _, y = layout.place(row, layout.columns.start)
        if chosen:
            grid.write(0, y, ">" if self.glyphs.ascii else self.glyphs.arrow, CHOSEN)
        piece = fit(self.pieces[row], WIDEST_PIECE, self.glyphs.ellipsis)
        grid.write(layout.left - 1 - cell_len(piece), y, piece, CHOSEN if chosen else LABEL)
        plain = few_colours(self)
        for column in layout.columns:
            x, _ = layout.place(row, column)
            weight = min(1.0, max(0.0, float(self.weights[row, column])))
            text = self._number(weight, layout.width, chosen)
            if plain:
                text = self._shade(weight, layout.width - 1 - len(text)) + text
            style = POINTED if (row, column) == self.cursor else HEAT + round(weight**0.5 * STEPS)
            for line in range(1, layout.height):
                grid.write(
                    x, y + line, (self._shade(weight, layout.width - 1) if plain else "").rjust(layout.width), style
                )
            grid.write(x, y, text.rjust(layout.width), style)
        if chosen:
            x, _ = layout.place(row, layout.columns.stop)
            grid.write(x, y, f" = {float(self.weights[row].sum()):.2f}", SUM)

    def _number(self, weight: float, width: int, chosen: bool) -> str:
        """Return a weight in the digits that fit; "" where it is too faint to name."""
        if width >= NUMBER_CELLS:
            return share(weight) if chosen or weight >= FAINT else ""
        return str(min(9, int(10 * weight))) if weight >= FAINT else ""

    def _shade(self, weight: float, cells: int) -> str:
        shades = ASCII_SHADES if self.glyphs.ascii else SHADES
        return shades[min(len(shades) - 1, round(weight**0.5 * (len(shades) - 1)))] * cells

    def _said(self, columns: int) -> str:
        """Return what the chosen row says, or the cell that is pointed at."""
        assert self.weights is not None
        row, column = self.cursor
        row = min(row, len(self.pieces) - 1)
        total = f"{float(self.weights[row].sum()):.2f}"
        token = self.pieces[row]
        if 0 <= column < len(self.pieces):
            weight = f"{float(self.weights[row, column]):.3f}"
            return self.words("bert.attention-cell", token=token, other=self.pieces[column], weight=weight, sum=total)
        for count in range(6, 0, -1):
            said = self.words("bert.attention-row", token=token, most=self._most(row, count), sum=total)
            if cell_len(said) <= columns:
                break
        return said

    def _most(self, row: int, count: int) -> str:
        """Return the tokens that a row looks at most, with their weights."""
        assert self.weights is not None
        order = self.weights[row].argsort()[::-1][:count].tolist()
        shown = [at for at in order if self.weights[row, at] >= LEAST] or order[:1]
        return "  ".join(f"{self.pieces[at]} {share(float(self.weights[row, at]))}" for at in shown)

    def _again(self) -> None:
        self.redraw()

    watch_pieces = watch_weights = watch_cursor = _again
