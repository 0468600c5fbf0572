"""How many cells of a terminal a text takes."""

from __future__ import annotations

import unicodedata


def cells(text: str) -> int:
    """Return the width of one line of text: 2 for a Chinese letter, 0 for a combining mark, else 1.

    East Asian Ambiguous characters count 1; the screen draws its own marks by another rule where a terminal
    shows them wider.
    """
    if text.isascii():
        return len(text)
    return sum(map(_width, text))


def _width(letter: str) -> int:
    if unicodedata.east_asian_width(letter) in "WF":
        return 2
    return 0 if unicodedata.category(letter) in ("Mn", "Me", "Cf") else 1
