"""Sentences that follow one another."""

from __future__ import annotations

FULL = frozenset("，。、；：！？）」』】》…")
"""Chinese signs that bring their own space along."""


def joined(*sentences: str) -> str:
    """Return sentences in one row: parted by a space, but not where a Chinese full stop parts them already."""
    said = ""
    for sentence in filter(None, sentences):
        said += ("" if not said or said[-1] in FULL else " ") + sentence
    return said
