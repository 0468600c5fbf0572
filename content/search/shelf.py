"""Scraps of one kind and language as one folded text, one a line: looked through by the C code of `str.find`."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from content.search.folding import fold
from content.search.pinyin import Spellings, spellable
from content.search.ranking import begins_word, rank, rank_spelled
from content.search.scraps import Kind, Scrap

MOST_SEEN = 150
"""So many lines that fit are ranked; whoever looks for a word of every page gets the first ones."""

SAMPLE = 65_536
"""Letters in which words are counted, to tell rare ones from common ones."""

Ranked = list[tuple[int, int]]
"""How well a scrap fits, 0 being best, and its index."""


class Lines(msgspec.Struct, frozen=True):
    """Folded texts, one a line.

    Attributes:
        text: Each line has a newline before it, the last one also behind it.
        ends: For each line where it ends in `text`.
    """

    text: str
    ends: list[int]

    def line(self, at: int) -> str:
        """Return one of the texts."""
        return self.text[self.start(at) : self.ends[at]]

    def start(self, at: int) -> int:
        """Return where a line begins."""
        return self.ends[at - 1] + 1 if at else 1

    def frequency(self, word: str) -> tuple[int, int]:
        """Return by what the rarest of some words is told: how often it is in a sample, then how short it is."""
        return self.text.count(word, 0, SAMPLE), -len(word)

    def having(self, word: str) -> Iterator[int]:
        """Yield each line that holds a word, once; a word that begins with a newline is one that begins a line."""
        found = self.text.find(word)
        while found >= 0:
            at = bisect_right(self.ends, found + (word[0] == "\n"))
            yield at
            found = self.text.find(word, self.ends[at])

    def lacking(self, at: int, wanted: Sequence[str]) -> list[str]:
        """Return the words that a line does not hold."""
        start, end = self.start(at), self.ends[at]
        return [word for word in wanted if self.text.find(word, start, end) < 0]


class Shelf(msgspec.Struct):
    """The scraps, their folded texts, and the folded contexts of each run of scraps that share one.

    Attributes:
        runs: For each context the first scrap that stands in it.
    """

    kind: Kind
    language: str
    scraps: list[Scrap]
    lines: Lines
    contexts: Lines
    runs: list[int]

    def named(self, wanted: Sequence[str]) -> Ranked:
        """Return the names that fit by their letters."""
        found: dict[int, int] = {}
        for word in (f"\n{wanted[0]}", min(wanted, key=self.lines.frequency)):
            for at in self.lines.having(word):
                if at not in found and (place := rank(self.lines.line(at), wanted)) is not None:
                    found[at] = place
                if len(found) >= MOST_SEEN:
                    break
        return [(place, at) for at, place in found.items()]

    def spelled(self, spellings: Spellings, wanted: Sequence[str]) -> Ranked:
        """Return the names that fit by their pinyin."""
        found: dict[int, int] = {}
        for word in filter(spellable, wanted):
            for at in spellings.having(word):
                place = rank_spelled(spellings.names[at], wanted)
                if place is not None:
                    found[at] = place
        return [(place, at) for at, place in found.items()]

    def telling(self, wanted: Sequence[str]) -> Ranked:
        """Return the texts that hold all words, or whose context holds some of them."""
        rarest = min(wanted, key=self.lines.frequency)
        phrase = " ".join(wanted)
        found: dict[int, int] = {}
        if not all(word in self.lines.text or word in self.contexts.text for word in wanted):
            return []
        for at in self.lines.having(rarest):
            if not (missing := self.lines.lacking(at, wanted)) or self._context_has(at, missing):
                found[at] = self._told_rank(at, wanted, phrase)
                if len(found) >= MOST_SEEN:
                    break
        for run in self.contexts.having(rarest) if len(wanted) > 1 else ():
            for at in range(self.runs[run], self.runs[run + 1] if run + 1 < len(self.runs) else len(self.scraps)):
                missing = self.lines.lacking(at, wanted)
                if at not in found and len(missing) < len(wanted) and self._context_has(at, missing):
                    found[at] = self._told_rank(at, wanted, phrase)
            if len(found) >= MOST_SEEN:
                break
        return [(place, at) for at, place in found.items()]

    def likely(self, solid: Sequence[str], pairs: Sequence[str], least: int) -> Ranked:
        """Return the texts that hold all `solid` words and at least so many of the `pairs`."""
        counted = Counter(at for pair in pairs for at in self.lines.having(pair))
        fitting = ((len(pairs) - count, at) for at, count in counted.items() if count >= least)
        return [(missing, at) for missing, at in fitting if not self.lines.lacking(at, solid)]

    def _told_rank(self, at: int, wanted: Sequence[str], phrase: str) -> int:
        line = self.lines.line(at)
        if phrase in line and begins_word(line, phrase):
            return 0
        return 1 if all(begins_word(line, word) for word in wanted) else 2

    def _context_has(self, at: int, words: Sequence[str]) -> bool:
        return not self.contexts.lacking(bisect_right(self.runs, at) - 1, words)


def shelf(kind: Kind, language: str, scraps: list[Scrap]) -> Shelf:
    """Return the scraps, folded."""
    runs = [at for at, scrap in enumerate(scraps) if at == 0 or scrap.context != scraps[at - 1].context]
    contexts = lines([scraps[at].context for at in runs])
    return Shelf(kind, language, scraps, lines([scrap.text for scrap in scraps]), contexts, runs)


def lines(texts: Sequence[str]) -> Lines:
    """Return texts, folded."""
    folded = [fold(text) for text in texts]
    ends, end = [], 0
    for text in folded:
        end += len(text) + 1
        ends.append(end)
    return Lines("".join(f"\n{text}" for text in folded) + "\n", ends)
