"""How many cells of a terminal a character takes."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from rich.cells import cell_len, split_graphemes


def cells(text: str, ambiguous_width: int = 1) -> int:
    """Return the cells that `text` takes, counted as Textual counts them.

    With `ambiguous_width` 2, characters of East Asian Ambiguous width count two: so do some terminals.
    """
    width = cell_len(text)
    if ambiguous_width == 2 and not text.isascii():
        width += sum(map(_is_ambiguous, text))
    return width


def clusters(text: str, ambiguous_width: int = 1) -> list[tuple[str, int]]:
    """Return what a reader takes for single characters, each with its cells; joined they are `text`."""
    if text.isascii():
        return [(character, 1) for character in text]
    spans, _ = split_graphemes(text)
    if ambiguous_width == 1:
        return [(text[start:end], width) for start, end, width in spans]
    return [(text[start:end], width + _is_ambiguous(text[start])) for start, end, width in spans]


@lru_cache(maxsize=4096)
def _is_ambiguous(character: str) -> bool:
    """Return whether Textual counts one cell where a terminal may draw two."""
    return unicodedata.east_asian_width(character) == "A" and cell_len(character) == 1
