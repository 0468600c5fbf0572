"""The rungs of the ladder: a model a row, its parameters as a bar, what it needs, whether that fits here."""

from __future__ import annotations

import math
from itertools import groupby

import msgspec
from rich.cells import cell_len
from textual.content import Content

from engine.reading.zoo import Model, Purpose
from tui.glyphs import Glyphs
from tui.text.fitting import padded
from tui.widgets.zoo.figures import count, size
from tui.words import Words

COLUMNS: tuple[tuple[Purpose, str, str], ...] = (
    ("weights", "fp32", "fp32"),
    ("weights", "bf16", "bf16"),
    ("weights", "int8", "int8"),
    ("training", "fp32", "adam"),
)
"""Purpose, precision and head of each column."""

NAME, COUNT, NEED = 14, 5, 9
"""Cells of the model's name, of its parameters, and of each column."""

BAR_MOST = 48
LEAST_BAR = 4

DISPENSABLE = ("int8", "bf16")
"""Columns that a narrow window does without, in this order."""

LEAST, MOST = 4.0, 12.0
"""Ends of the bars' scale, as powers of ten."""


class Place(msgspec.Struct, frozen=True):
    """The machine that a model is to fit into, and how rows are drawn."""

    available: int
    """Bytes of memory; 0 where unknown."""
    width: int
    """Cells of a row."""

    @property
    def bar(self) -> int:
        """Cells of a bar."""
        return max(LEAST_BAR, min(BAR_MOST, self.width - NAME - COUNT - 2 - len(self.columns) * (NEED + 1)))

    @property
    def columns(self) -> tuple[tuple[Purpose, str, str], ...]:
        """The columns that there is room for; the detail below has them all."""
        free = self.width - NAME - COUNT - 2 - LEAST_BAR
        left_out = DISPENSABLE[: max(0, len(COLUMNS) - max(0, free) // (NEED + 1))]
        return tuple(each for each in COLUMNS if each[2] not in left_out)


def head(place: Place, words: Words) -> str:
    """Return what stands above the columns."""
    said = padded(words("zoo.model"), NAME) + " " + padded(words("zoo.scale"), COUNT + 1 + place.bar)
    return said + "".join(" " + _right(words(f"zoo.{name}"), NEED) for _, _, name in place.columns)


def row(model: Model, place: Place, glyphs: Glyphs) -> Content:
    """Return a model's row."""
    said = Content(padded(model.title, NAME) + " " + _right(count(model.parameters), COUNT) + " ")
    said += Content.styled(padded(bar(model.parameters, place.bar, glyphs), place.bar), "$model")
    needs = [need(model.bytes(purpose, precision), place.available, glyphs) for purpose, precision, _ in place.columns]
    for tone, alike in groupby(needs, key=lambda need: need.tone):  # a change of colour costs more than a word
        said += Content.styled("".join(f" {need.text}" for need in alike), tone)
    return said


def bar(parameters: int, cells: int, glyphs: Glyphs) -> str:
    """Return a bar whose length is the number's logarithm, to half a cell."""
    share = (math.log10(parameters) - LEAST) / (MOST - LEAST)
    halves = max(1, round(2 * cells * share))
    if glyphs.ascii:
        return "#" * -(-halves // 2)
    return "⣿" * (halves // 2) + "⡇" * (halves % 2)


class Need(msgspec.Struct, frozen=True):
    """An amount of memory in words, and the colour that says whether it is there."""

    text: str
    tone: str


def need(needed: int | None, available: int, glyphs: Glyphs) -> Need:
    """Return how much memory is needed, with a sign for whether it is there."""
    if needed is None:
        return Need(_right("-", NEED), "$quiet")
    said = _right(size(needed), NEED - 2)
    if not available:
        return Need(f"  {said}", "$foreground")
    fits = needed <= available
    return Need(f"{glyphs.check if fits else glyphs.cross} {said}", "$success" if fits else "$error")


def _right(text: str, cells: int) -> str:
    return " " * max(0, cells - cell_len(text)) + text
