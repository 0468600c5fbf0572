"""Where a model puts texts, in two dimensions: a letter a text, one for each label."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.reactive import var

from tui.glyphs import RICH, Glyphs
from tui.text.fitting import fit
from tui.widgets.canvas.board import Board
from tui.widgets.canvas.grid import Grid
from tui.widgets.chart.description import aligned
from tui.widgets.embedding_separation import Separation, separation, signs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[Any]

COLOURS = 6
"""Labels with a colour of their own; more begin again with the first, told apart by their letters."""

QUIET, SAID, STRONG, FIRST = 1, 2, 3, 4
"""Numbers in the palette; the labels' colours begin at the last one, the bold ones behind them."""

BETWEEN = 3
"""Cells between two labels of the legend."""


SEVERAL, CAPITAL = -1, "A"
"""In the place of a label of the legend: what stands for several texts in one cell."""


class EmbeddingMap(Board, can_focus=True):
    """Letters for texts: small for one, capital where several texts share a cell.

    Attributes:
        points: Shape (m, 2); None while there are none.
        labels: The label of each point, shape (m,).
        names: Of the labels.
        extent: The map reaches so far from its middle, across and up.
        chosen: A label that stands out, None for none.
        words: Gives `bert.map-none`, `.map-alike` (share, chance), `.map-label` (name, count, share),
            `.map-nearest` (other), `.map-several`, and heads of the text form.
        glyphs: Signs to draw with.
    """

    DEFAULT_CSS = """
    EmbeddingMap {
        height: 1fr;
        & > .map--quiet { color: $quiet; }
        & > .map--said { color: $foreground; }
        & > .map--strong { color: $foreground; text-style: bold; }
        & > .map--label-0 { color: $model; }
        & > .map--label-1 { color: $warning; }
        & > .map--label-2 { color: $error; }
        & > .map--label-3 { color: $success; }
        & > .map--label-4 { color: $foreground; }
        & > .map--label-5 { color: $valid; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "map--quiet",
        "map--said",
        "map--strong",
        *(f"map--label-{number}" for number in range(COLOURS)),
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "label(-1)", "bert.keys.label", show=False, id="map.label"),
        Binding("right,down", "label(1)", "bert.keys.label", show=False, id="map.label"),
    ]

    names: var[Sequence[str]] = var(())
    extent: var[tuple[float, float]] = var((2.0, 2.0))
    chosen: var[int | None] = var(None)

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
        self.points: Points | None = None
        self.labels: Points | None = None
        self.separation: Separation | None = None

    def put(self, points: Points | None, labels: Points | None, names: Sequence[str]) -> None:
        """Show a map; points without a label of a name are left out."""
        self.names = tuple(names)
        self.points = self.labels = self.separation = None
        if points is not None and labels is not None and len(points) == len(labels):
            known = (labels >= 0) & (labels < len(names))
            self.points, self.labels = points[known], labels[known]
            self.separation = separation(self.points, self.labels, len(names))
        self.redraw()

    def speak(self, words: Callable[..., str], glyphs: Glyphs) -> None:
        """Say everything in other words or with other signs."""
        self.words, self.glyphs = words, glyphs
        self.redraw()

    def describe(self) -> str:
        """Return how separated the labels are, as a table and a sentence."""
        found = self.separation
        if found is None:
            return self.words("bert.map-none")
        table = [[self.words(f"bert.map-{head}") for head in ("name", "texts", "share", "other")]]
        for name, count, share, other in zip(self.names, found.counts, found.shares, found.nearest, strict=True):
            table.append([name, f"{count:,}", _percent(share), "-" if other is None else self.names[other]])
        return f"{aligned(table)}\n\n{self._alike()}"

    def palette(self) -> list[Style]:
        """Return the words' styles, then the labels' colours, then the same in bold."""
        words = [self.get_component_rich_style(f"map--{name}") for name in ("quiet", "said", "strong")]
        colours = [self.get_component_rich_style(f"map--label-{number}") for number in range(COLOURS)]
        return [self.rich_style, *words, *colours, *(colour + Style(bold=True) for colour in colours)]

    def draw(self, columns: int, rows: int) -> Grid:
        """Return the map in a size."""
        grid = Grid(columns, rows)
        if self.points is None or self.labels is None:
            grid.write(0, 0, self.words("bert.map-none"), QUIET)
            return grid
        legend = self._legend(columns)
        plot = max(1, rows - len(legend) - 1)
        self._write_points(grid, columns, plot)
        for row, items in enumerate(legend, plot):
            for column, label, text in items:
                chosen = self.chosen in (None, label)
                sign, style = (
                    (signs(self.names)[label], self._style(label, chosen)) if label != SEVERAL else (CAPITAL, STRONG)
                )
                after = grid.write(column, row, sign, style, columns)
                grid.write(after + 1, row, text, SAID if chosen else QUIET)
        grid.write(0, rows - 1, fit(self._said(), columns, self.glyphs.ellipsis), SAID)
        return grid

    def action_label(self, by: int) -> None:
        """Let the next label stand out; after the last one all of them."""
        count = len(self.names)
        at = (count if self.chosen is None else self.chosen) + by
        self.chosen = None if at % (count + 1) == count else at % (count + 1)

    def _write_points(self, grid: Grid, columns: int, rows: int) -> None:
        import numpy as np

        assert self.points is not None
        assert self.labels is not None
        scaled = (np.nan_to_num(np.asarray(self.points, np.float64)) / np.array(self.extent) + 1) / 2
        across = np.clip((scaled[:, 0] * columns).astype(np.intp), 0, columns - 1)
        down = np.clip(((1 - scaled[:, 1]) * rows).astype(np.intp), 0, rows - 1)
        count = len(self.names)
        counts = np.zeros((count, rows * columns), np.intp)
        np.add.at(counts, (np.asarray(self.labels, np.intp), down * columns + across), 1)
        if self.chosen is not None:
            counts[self.chosen] *= len(self.points) + 1  # of what shares a cell, the chosen label is seen
        most = counts.argmax(0)
        letters = signs(self.names)
        for cell in np.flatnonzero(counts.any(0)).tolist():
            label = int(most[cell])
            row, column = divmod(cell, columns)
            if self.chosen not in (None, label):
                grid.write(column, row, self.glyphs.dot if not self.glyphs.ascii else ".", QUIET)
                continue
            several = counts[label, cell] > (len(self.points) + 1 if self.chosen == label else 1)
            sign = letters[label].upper() if several else letters[label]
            grid.write(column, row, sign, self._style(label, several))

    def _style(self, label: int, bold: bool) -> int:
        return FIRST + label % COLOURS + COLOURS * bold

    def _legend(self, columns: int) -> list[list[tuple[int, int, str]]]:
        """Return rows of (column, label, name); where signs are letters, the last one says what a capital means."""
        found: list[list[tuple[int, int, str]]] = [[]]
        column = 0
        said = [(SEVERAL, self.words("bert.map-several"))] if any(map(str.isalpha, signs(self.names))) else []
        for label, name in [*enumerate(self.names), *said]:
            text = fit(name, max(4, columns - 3), self.glyphs.ellipsis)
            width = 2 + cell_len(text)
            if column and column + width > columns:
                found.append([])
                column = 0
            found[-1].append((column, label, text))
            column += width + BETWEEN
        return found

    def _said(self) -> str:
        found = self.separation
        if found is None or self.chosen is None or self.chosen >= len(found.counts):
            return self._alike() if found else ""
        at, other = self.chosen, found.nearest[self.chosen]
        said = self.words(
            "bert.map-label", name=self.names[at], count=f"{found.counts[at]:,}", share=_percent(found.shares[at])
        )
        return said if other is None else said + self.words("bert.map-nearest", other=self.names[other])

    def _alike(self) -> str:
        assert self.separation is not None
        return self.words(
            "bert.map-alike", share=_percent(self.separation.alike), chance=_percent(self.separation.chance)
        )

    def _again(self) -> None:
        self.redraw()

    watch_names = watch_extent = watch_chosen = _again


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%" if math.isfinite(share) else "-"
