"""One model in detail: its parts as a stacked bar, memory by precision, arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.cells import cell_len
from textual.content import Content

from engine.reading.zoo import PARTS, PURPOSES, WEIGHT_BYTES, Model, Part
from tui.glyphs import Glyphs
from tui.text.fitting import fit, padded
from tui.text.span import Span, plain
from tui.text.wrap import wrap
from tui.widgets.zoo.figures import count, operations, percent
from tui.widgets.zoo.ladder import NEED, need
from tui.words import Words

ROOMY = 17
"""From so many rows on, each part has a row of its own, and the accounting is explained."""

SIGNS = dict(zip(PARTS, "⠶⣿⡇⠭⠒⠤", strict=True))
ASCII_SIGNS = dict(zip(PARTS, "EAFCNH", strict=True))
INKS = {
    "embeddings": "$valid",
    "attention": "$model",
    "feed-forward": "$success",
    "convolution": "$model",
    "norm": "$quiet",
    "head": "$foreground",
}
"""A part's sign and its colour, neither of which speaks alone."""

LEGEND = 2
"""Rows for the names of parts, so that what is below stands still."""

LABEL = 12
MEASURE, WIDE_MEASURE = 90, 120
"""Cells of a line that is read with ease, and of one that still is where rows are few."""


class Detail:
    """Draws a model into so many cells."""

    def __init__(self, words: Words, glyphs: Glyphs, available: int, width: int, height: int) -> None:
        self._words = words
        self._glyphs = glyphs
        self._available = available
        self._width = width
        self._height = height

    def lines(self, model: Model) -> list[Content]:
        """Return the rows."""
        about = self._words(f"zoo.is-{model.name}")
        found = [self._title(model), Content.styled(fit(about, self._width), "$quiet"), self.stacked(model)]
        found += self._parts(model) if self._height >= ROOMY else self._legend(model)
        gap = [Content("")] if self._height >= ROOMY else []
        found += [*gap, *self._memory(model), *gap, Content(fit(arithmetic(model, self._words), self._width))]
        if self._height >= ROOMY:
            found += self._notes(model, self._height - len(found))
        return found[: self._height]

    def stacked(self, model: Model) -> Content:
        """Return all parts as one bar; what is there has at least one cell."""
        cells = shares([part.parameters for part in model.parts], self._width)
        said = Content("")
        for part, length in zip(model.parts, cells, strict=True):
            said += Content.styled(self._sign(part) * length, INKS[part.name])
        return said

    def _title(self, model: Model) -> Content:
        said = f"  {model.parameters:,}  "
        room = self._width - cell_len(model.title) - cell_len(said)
        facts = shaped(model, self._words)
        while facts and cell_len(joined := f" {self._glyphs.dot} ".join(facts)) > room:
            facts.pop()
        return Content.styled(model.title, "bold") + Content(said + joined if facts else said)

    def _legend(self, model: Model) -> list[Content]:
        """Return the parts side by side, in as many rows as they need."""
        rows = [Content("")]
        for part in model.parts:
            said = f" {self._part(part)} {count(part.parameters)} {percent(part.parameters, model.parameters)}"
            if rows[-1].cell_length + cell_len(said) + 4 > self._width:
                rows.append(Content(""))
            gap = "   " if rows[-1].cell_length else ""
            rows[-1] += Content(gap) + Content.styled(self._sign(part), INKS[part.name]) + Content(said)
        return [*rows, *[Content("")] * (LEGEND - len(rows))]

    def _parts(self, model: Model) -> list[Content]:
        """Return the parts below each other, with all digits."""
        rows = []
        for part in model.parts:
            name = padded(self._part(part), LABEL + 2)
            share = percent(part.parameters, model.parameters)
            said = f" {name}{part.parameters:>17,}{share:>9}"
            rows.append(Content.styled(self._sign(part), INKS[part.name]) + Content(said))
        return rows

    def _memory(self, model: Model) -> Iterator[Content]:
        heads = "".join(f"   {name:>{NEED}}" for name in WEIGHT_BYTES)
        yield Content.styled(padded(self._words("zoo.memory"), LABEL) + heads, "$quiet")
        for purpose in PURPOSES:
            line = Content(padded(self._words(f"zoo.{purpose}"), LABEL))
            needs = [need(model.bytes(purpose, each), self._available, self._glyphs) for each in WEIGHT_BYTES]
            for tone, alike in groupby(needs, key=lambda need: need.tone):  # as on the ladder
                line += Content.styled("".join(f"   {need.text}" for need in alike), tone)
            beside = self._words("zoo.beside") if purpose == "training" else ""
            yield line + Content.styled(f"   {beside}", "$quiet")

    def _notes(self, model: Model, rows: int) -> list[Content]:
        """Return as many whole notes as there are rows for, behind an empty one."""
        found = [Content("")]
        for note in notes(model, self._words):
            lines = [plain(line) for line in wrap([Span(note)], min(self._width, WIDE_MEASURE))]
            if len(found) + len(lines) > rows:
                break
            found += [Content.styled(line, "$quiet") for line in lines]
        return found

    def _part(self, part: Part) -> str:
        return self._words(f"zoo.part-{part.name}")

    def _sign(self, part: Part) -> str:
        return (ASCII_SIGNS if self._glyphs.ascii else SIGNS)[part.name]


def shares(amounts: Sequence[int], cells: int) -> list[int]:
    """Return how many cells each amount gets: at least one, all of them together exactly `cells`."""
    whole = sum(amounts)
    exact = [cells * amount / whole for amount in amounts]
    found = [max(1, int(share)) for share in exact]
    while sum(found) < cells:
        found[max(range(len(found)), key=lambda at: exact[at] - found[at])] += 1
    while sum(found) > cells and max(found) > 1:
        found[max(range(len(found)), key=lambda at: (found[at] > 1, found[at] - exact[at]))] -= 1
    return found


def shaped(model: Model, words: Words) -> list[str]:
    """Return a model's year and sizes in words."""
    found = [str(model.year)] if model.year else []
    for name, value in model.shape.items():
        if name != "classes" and not (name == "key-value heads" and value == model.shape["heads"]):
            found.append(words(f"zoo.shape-{name.replace(' ', '-')}", n=f"{value:,}"))
    return found


def arithmetic(model: Model, words: Words) -> str:
    """Return how much arithmetic a forward pass and an update are."""
    return words(
        f"zoo.flops-{model.unit}",
        context=f"{model.context:,}",
        forward=operations(model.flops),
        training=operations(model.training_flops),
    )


def notes(model: Model, words: Words) -> list[str]:
    """Return how memory and arithmetic are reckoned, and what is left out."""
    found = [words("zoo.note-training"), words("zoo.note-beside")]
    if model.attention_flops:
        share = percent(model.attention_flops, model.flops)
        found.append(words("zoo.note-comparing", share=share, context=f"{model.context:,}"))
    if model.tied:
        found.append(words("zoo.note-tied"))
    if model.name == "gpt3":
        found.append(words("zoo.note-shape"))
    return found
