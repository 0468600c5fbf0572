"""The glossary in the order of a dictionary, and the terms of it that fit a query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from content.course.term import Term
from content.search.folding import fold, is_chinese, words
from content.search.pinyin import Spelling, in_order, spelling
from content.search.ranking import WORST, rank, rank_spelled

SAID = WORST + 1
"""How well a term fits whose definition alone holds a word."""


class Entry(msgspec.Struct, frozen=True):
    """A term, prepared to be looked for.

    Attributes:
        names: Folded, in every language, other names included.
        said: Names and definitions of every language, folded.
    """

    term: Term
    names: tuple[str, ...]
    spellings: tuple[Spelling, ...]
    said: str

    def rank(self, wanted: Sequence[str]) -> int | None:
        """Return how well it fits folded words: 0 is best, None not at all."""
        ranks = [rank(name, wanted) for name in self.names]
        ranks += [rank_spelled(name, wanted) for name in self.spellings]
        telling = any(len(word) > 1 or is_chinese(word) for word in wanted)  # a single letter is everywhere
        ranks.append(SAID if telling and all(word in self.said for word in wanted) else None)
        return min((each for each in ranks if each is not None), default=None)


class Glossary:
    """The terms of a course, in the order of a language's dictionary."""

    def __init__(self, terms: Iterable[Term], language: str) -> None:
        self.entries = sorted(map(entry, terms), key=lambda each: in_order(each.term.term.say(language)))

    def fitting(self, wanted: str) -> list[Term]:
        """Return the terms that fit, names before definitions; all of them where nothing is wanted."""
        looked_for = words(wanted)
        if not looked_for:
            return [each.term for each in self.entries]
        ranked = [(place, each.term) for each in self.entries if (place := each.rank(looked_for)) is not None]
        return [term for _, term in sorted(ranked, key=lambda each: each[0])]


def names(term: Term) -> tuple[str, ...]:
    """Return every name of a term, in every language, the usual ones first."""
    usual = [name for _, name in term.term.all()]
    return tuple(dict.fromkeys([*usual, *(name for others in term.aka.values() for name in others)]))


def entry(term: Term) -> Entry:
    """Return a term, prepared."""
    called = names(term)
    said = fold("\n".join([*called, *(words for _, words in term.says.all())]))
    return Entry(term, tuple(map(fold, called)), tuple(map(spelling, called)), said)
