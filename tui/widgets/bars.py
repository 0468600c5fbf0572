"""Probabilities as short numbers and bars, the same in every panel."""

from __future__ import annotations

import math

from tui.glyphs import Glyphs

FULL, HALF = "⣿", "⡇"
"""A cell and half a cell of a bar: braille is one cell wide everywhere."""

SHARE_CELLS = 3
"""Cells of a probability as `share` writes it."""


def bar(probability: float, cells: int, glyphs: Glyphs) -> str:
    """Return a bar; `cells` cells are a probability of 1. From 2 % on there is at least a trace."""
    if not math.isfinite(probability) or cells < 1:
        return ""
    steps = 1 if glyphs.ascii else 2
    filled = min(cells * steps, max(round(probability * cells * steps), int(probability >= 0.02)))
    return "#" * filled if glyphs.ascii else FULL * (filled // 2) + HALF * (filled % 2)


def share(probability: float) -> str:
    """Return a probability in three cells: ".81", "1.0"."""
    if not math.isfinite(probability):
        return "NaN"
    return "1.0" if probability >= 0.995 else f"{max(0.0, probability):.2f}"[1:]
