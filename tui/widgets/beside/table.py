"""The runs of an overlay as a table: which line is which, and how each stands."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from tui.sides import Side
from tui.strip import number, short_name
from tui.text.fitting import fit, padded
from tui.widgets.beside.overlay import MARKS, Figure
from tui.words import Words

RUN, STATE, UPDATE, FIGURE = 13, 9, 11, 6
"""Cells of the columns."""

LEAST_NAME, MOST_NAME = 12, 40
INKS = ("$model", "$valid", "$warning", "$error", "$success", "$foreground")
"""The colours that the chart gives to its lines, in their order."""


def rows(sides: Sequence[Side], words: Words, width: int, figure: Figure) -> list[Content]:
    """Return a heading and a row for each run."""
    name = max(LEAST_NAME, min(MOST_NAME, width - 12 - RUN - STATE - UPDATE - 3 * FIGURE))
    heads = [
        padded(words("beside.name"), name),
        padded(words("beside.run"), RUN),
        padded(words("beside.state"), STATE),
        *(_right(words(f"beside.{head}"), cells) for head, cells in _figures()),
    ]
    return [Content.styled("      " + " ".join(heads), "$quiet")] + [
        _row(at, side, words, name, figure) for at, side in enumerate(sides, 1)
    ]


def _figures() -> Sequence[tuple[str, int]]:
    return (("update", UPDATE), ("loss", FIGURE), ("valid", FIGURE), ("test", FIGURE))


def _row(at: int, side: Side, words: Words, name: int, figure: Figure) -> Content:
    progress, said = side.progress, side.progress.evaluated
    updates = f"{progress.update:,}" + (f"/{progress.planned.updates:,}" if progress.planned else "")
    tested = progress.tested
    figures = (
        updates,
        number(said.train_loss if said else None),
        number(said.val_accuracy if said else None),
        number(tested.accuracy if tested else None),
    )
    cells = [padded(side.name, name), padded(short_name(side.run_id), RUN), padded(_state(side, words), STATE)]
    cells += [_right(text, wide) for text, (_, wide) in zip(figures, _figures(), strict=True)]
    sample = "⠒⠒" if figure == "loss" else f"⠒{MARKS[at - 1]}"
    return Content.styled(f" {at} {sample} ", INKS[at - 1]) + Content(" ".join(cells))


def _state(side: Side, words: Words) -> str:
    return words("beside.waits" if side.state == "queued" else f"states.{side.state}")


def _right(text: str, cells: int) -> str:
    text = fit(text, cells)
    return " " * (cells - cell_len(text)) + text
