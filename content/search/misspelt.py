"""What was meant by a query that is found nowhere: its words as the course spells them."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from content.search.folding import words

SHORTEST = 4
"""A shorter word is like too many others."""

ALIKE = 0.75
"""How like two words are that may be one: a letter too few, too many, wrong or in the wrong place."""


def meant(wanted: str, names: Iterable[str]) -> str:
    """Return the query with the words of `names` that are nearest to its own; "" where one is like none of them.

    The first letter is taken to be right.
    """
    spelt = (each for name in names for each in (name, name.replace("-", " ")))  # a part of a compound, too
    known = {word for each in spelt for word in words(each) if len(word) >= SHORTEST}
    found: list[str] = []
    for word in words(wanted):
        if any(each.startswith(word) for each in known):
            found.append(word)
            continue
        near = get_close_matches(word, [each for each in known if each[0] == word[0]], 1, ALIKE)
        if len(word) < SHORTEST or not near:
            return ""
        found += near
    return " ".join(found) if found != words(wanted) else ""
