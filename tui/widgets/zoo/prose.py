"""The zoo as text: for a screen reader, for pasting, for the command line."""

from __future__ import annotations

from engine.reading.zoo import PURPOSES, WEIGHT_BYTES, Model, Zoo
from tui.glyphs import Glyphs
from tui.text.span import Span, plain
from tui.text.wrap import wrap
from tui.widgets.chart.description import aligned
from tui.widgets.zoo.detail import MEASURE, arithmetic, notes, shaped
from tui.widgets.zoo.figures import count, percent, size
from tui.widgets.zoo.ladder import COLUMNS
from tui.words import Words

DIGITS = 15
"""Cells of the largest number of parameters."""


def told(model: Model, available: int, words: Words, glyphs: Glyphs, width: int) -> str:
    """Return all that is known of a model, sentences wrapped to a width."""
    parts = [
        [
            words(f"zoo.part-{part.name}"),
            f"{part.parameters:>{DIGITS},}",
            f"{percent(part.parameters, model.parameters):>6}",
        ]
        for part in model.parts
    ]
    memory = [["", *WEIGHT_BYTES]]
    for purpose in PURPOSES:
        needs = [model.bytes(purpose, precision) for precision in WEIGHT_BYTES]
        memory.append([words(f"zoo.{purpose}"), *(fitting(need, available, glyphs) for need in needs)])
    facts = f" {glyphs.dot} ".join(shaped(model, words))
    return "\n\n".join(
        [
            f"{model.title} ({model.name}): {facts}\n{words(f'zoo.is-{model.name}')}",
            aligned([[words("zoo.parameters"), f"{model.parameters:>{DIGITS},}", ""], *parts]),
            f"{aligned(memory)}\n{available_in_words(available, words)}",
            arithmetic(model, words),
            *(
                "\n".join(plain(line) for line in wrap([Span(note)], min(width, MEASURE)))
                for note in notes(model, words)
            ),
        ]
    )


def table(zoo: Zoo, available: int, words: Words, glyphs: Glyphs) -> str:
    """Return all models, one a line."""
    rows = [[words("zoo.model"), words("zoo.parameters"), "", *(words(f"zoo.{name}") for _, _, name in COLUMNS)]]
    for model in zoo.models:
        needs = [fitting(model.bytes(purpose, precision), available, glyphs) for purpose, precision, _ in COLUMNS]
        rows.append([model.name, f"{model.parameters:>{DIGITS},}", f"{count(model.parameters):>5}", *needs])
    return f"{aligned(rows)}\n{available_in_words(available, words)}"


def fitting(needed: int | None, available: int, glyphs: Glyphs) -> str:
    """Return how much memory is needed, with a sign for whether it is there."""
    if needed is None:
        return "-"
    sign = (glyphs.check if needed <= available else glyphs.cross) + " " if available else ""
    return f"{sign}{size(needed):>7}"


def available_in_words(available: int, words: Words) -> str:
    """Return how much memory is here."""
    return words("zoo.here-signs", size=size(available)) if available else words("zoo.here-unknown")
