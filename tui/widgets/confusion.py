"""A confusion matrix: what was taken for what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import var

from tui.glyphs import RICH, Glyphs
from tui.widgets.canvas.board import Board
from tui.widgets.canvas.grid import Grid
from tui.widgets.canvas.tint import heat
from tui.widgets.confusion_counts import Counts, Words, confusions, described, labelled, percent, recall, spoken
from tui.widgets.confusion_plan import Plan, plan

STEPS = 8
"""Tints between nothing and full."""

LABEL, SAID, POINTED, RIGHT = 1, 2, 3, 4
WRONG = RIGHT + STEPS + 1
"""Numbers in the palette; the tints of right and of wrong cells begin at the last two."""

SHORT_NAME = 3
"""Names up to so many cells are left out where they would touch; longer ones are cut."""

DIAGONAL = "\\"
SHADES, ASCII_SHADES = " ⠄⠤⠶⣿", " .:*#"
"""Marks of the diagonal and of how many were confused: colour is never alone."""


class ConfusionMatrix(Board, can_focus=True):
    """Rows are what is true, columns what it was taken for; the diagonal is right.

    Attributes:
        matrix: `matrix[t][g]` counts examples of class t taken for class g; empty while nothing is known.
        names: Of the classes.
        cursor: (truth, guess) of the cell that the line below speaks of, or None.
        words: Gives `confusion.corner`, `.recall`, `.empty`, `.total` (right, total, share),
            `.known` (truth, count, total, share), `.mistaken` (truth, guess, count, total, share).
        glyphs: Signs to draw with.
    """

    DEFAULT_CSS = """
    ConfusionMatrix {
        height: 1fr;
        & > .confusion--label { color: $quiet; }
        & > .confusion--said { color: $foreground; }
        & > .confusion--right { color: $model; }
        & > .confusion--wrong { color: $error; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "confusion--label",
        "confusion--said",
        "confusion--right",
        "confusion--wrong",
    }

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, action, f"confusion.{name}", show=False, id=f"confusion.{name}")
        for key, action, name in (
            ("up,k", "move(-1, 0)", "up"),
            ("down,j", "move(1, 0)", "down"),
            ("left", "move(0, -1)", "left"),
            ("right", "move(0, 1)", "right"),
            ("e", "worst", "worst"),
        )
    ]

    matrix: var[Counts] = var(())
    names: var[Sequence[str]] = var(())
    cursor: var[tuple[int, int] | None] = var(None)
    glyphs: var[Glyphs] = var(RICH)

    class Pointed(Message):
        """The learner points at a cell."""

        def __init__(self, widget: ConfusionMatrix, truth: int, guess: int) -> None:
            super().__init__()
            self.widget = widget
            self.truth = truth
            self.guess = guess

        @property
        def control(self) -> ConfusionMatrix:
            """The matrix."""
            return self.widget

    def __init__(
        self,
        words: Words,
        glyphs: Glyphs = RICH,
        *,
        matrix: Counts = (),
        names: Sequence[str] = (),
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.words = words
        self.set_reactive(ConfusionMatrix.glyphs, glyphs)
        self.set_reactive(ConfusionMatrix.matrix, matrix)
        self.set_reactive(ConfusionMatrix.names, names)

    def describe(self) -> str:
        """Return the matrix as text."""
        return described(self.matrix, self._labels, self.words)

    def palette(self) -> list[Style]:
        """Return labels, the sentence, the cell under the cursor, then the tints of right and of wrong ones."""
        label, said = (self.get_component_rich_style(f"confusion--{name}") for name in ("label", "said"))
        right = heat(self, "confusion--right", STEPS)
        wrong = heat(self, "confusion--wrong", STEPS)
        return [self.rich_style, label, said, said + Style(reverse=True, bold=True), *right, *wrong]

    def draw(self, columns: int, rows: int) -> Grid:
        """Return the matrix in a size."""
        grid = Grid(columns, rows)
        foot = rows - 1
        if self.matrix and rows > 2:
            layout = self._plan(columns, rows)
            foot = min(foot, 2 + layout.height * len(layout.rows))
            self._write_names(grid, layout)
            most = max((self.matrix[truth][guess] for truth, guess in confusions(self.matrix)), default=0)
            for truth in layout.rows:
                for guess in layout.columns:
                    self._write_cell(grid, layout, truth, guess, most)
        grid.write(0, foot, spoken(self.matrix, self._labels, self.cursor, self.words), SAID)
        return grid

    @property
    def _labels(self) -> list[str]:
        return labelled(self.matrix, self.names)

    def _plan(self, columns: int, rows: int) -> Plan:
        largest = max(map(max, self.matrix))
        return plan(self._labels, largest, self.words("confusion.corner"), self.cursor, columns, rows)

    def _write_names(self, grid: Grid, layout: Plan) -> None:
        grid.write(0, 0, self.words("confusion.corner"), LABEL, layout.left - 1)
        names = self._labels
        widest = max(map(cell_len, names))
        every = -(-(widest + 1) // layout.width) if widest <= SHORT_NAME else 1
        for guess in layout.columns[::every]:
            column, _ = layout.place(layout.rows.start, guess)
            end = column + layout.width - layout.numbers
            name = names[guess]
            grid.write(max(column, end - cell_len(name)), 0, name, LABEL, end + (every - 1) * layout.width)
        for truth in layout.rows:
            column, row = layout.place(truth, layout.columns.stop)
            name = names[truth]
            grid.write(max(0, layout.left - 1 - cell_len(name)), row, name, LABEL, layout.left - 1)
            if layout.recall and recall(self.matrix, truth) is not None:
                share = percent(self.matrix[truth][truth], sum(self.matrix[truth]))
                grid.write_before(column + 8, row, share, LABEL, column)
        if layout.recall:
            column, _ = layout.place(layout.rows.start, layout.columns.stop)
            grid.write_before(min(column + 8, grid.columns), 0, self.words("confusion.recall"), LABEL, column + 1)

    def _write_cell(self, grid: Grid, layout: Plan, truth: int, guess: int, most: int) -> None:
        count = self.matrix[truth][guess]
        if truth == guess:
            strength, style, mark = recall(self.matrix, truth) or 0.0, RIGHT, DIAGONAL
        else:
            strength, style = (count / most) ** 0.5 if most else 0.0, WRONG
            shades = ASCII_SHADES if self.glyphs.ascii else SHADES
            mark = shades[min(len(shades) - 1, round(strength * (len(shades) - 1)) or int(count > 0))]
        style += round(strength * STEPS) or int(count > 0)
        if self.cursor == (truth, guess):
            style = POINTED
        column, row = layout.place(truth, guess)
        text = f"{count:,}".rjust(layout.width - 2) if layout.numbers and (count or truth == guess) else ""
        for line in range(layout.height):
            grid.write(column, row + line, " " * layout.width, style)
        filled = mark + (text if layout.numbers else mark)
        grid.write(column, row, filled.ljust(layout.width), style)

    def _again(self) -> None:
        self.redraw()

    watch_matrix = watch_names = watch_cursor = watch_glyphs = _again

    def point(self, truth: int, guess: int) -> None:
        """Point at a cell."""
        if self.matrix:
            last = len(self.matrix) - 1
            self.cursor = min(max(truth, 0), last), min(max(guess, 0), last)
            self.post_message(self.Pointed(self, *self.cursor))

    def action_move(self, down: int, right: int) -> None:
        """Point at a neighbour; first at the most frequent confusion."""
        if self.cursor is None:
            self.action_worst()
        else:
            self.point(self.cursor[0] + down, self.cursor[1] + right)

    def action_worst(self) -> None:
        """Point at the most frequent confusion, then at the next ones in turn."""
        worst = confusions(self.matrix)
        if worst:
            place = worst.index(self.cursor) + 1 if self.cursor in worst else 0
            self.point(*worst[place % len(worst)])
        elif self.cursor is None:
            self.point(0, 0)

    def on_click(self, event: events.Click) -> None:
        """Point at the cell under the mouse."""
        offset = event.get_content_offset(self)
        cell = self._plan(*self.size).at(offset.x, offset.y) if offset is not None and self.matrix else None
        if cell is not None:
            self.point(*cell)
