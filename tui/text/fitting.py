"""Texts cut or filled to a number of cells."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size


def fit(text: str, cells: int, ellipsis: str = "…") -> str:
    """Return `text` cut to at most `cells` cells, with an ellipsis where something is missing."""
    if cell_len(text) <= cells:
        return text
    if cells <= 1:
        return ellipsis[:cells]
    return set_cell_size(text, cells - 1).rstrip() + ellipsis


def padded(text: str, cells: int) -> str:
    """Return `text` cut or filled with spaces to exactly `cells` cells."""
    return set_cell_size(fit(text, cells), cells)
