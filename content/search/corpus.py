"""A whole course, ready to be searched: the same words find the same things in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from content.search.folding import is_chinese, pieces, words
from content.search.pinyin import Spellings
from content.search.scraps import Kind, Scrap
from content.search.shelf import Shelf, shelf

KINDS: tuple[Kind, ...] = ("page", "term", "heading", "question", "said", "text", "part")
"""What is shown first, to what is shown last."""

NAMES = frozenset[Kind]({"page", "term", "heading"})
EACH = 7
"""Hits of each kind that are shown before further ones of any kind."""

MOST = 36
SHARE = 0.6
"""Of the pairs of characters of a long Chinese query, so many must stand in a text that does not have it as a whole."""


_Fit = tuple[int, bool, int, Scrap]
"""How well a scrap fits, whether its language is another than the learner's, its place in the course."""


class Hit(msgspec.Struct, frozen=True):
    """Something that was found.

    Attributes:
        wanted: The folded words by which it was found.
    """

    scrap: Scrap
    wanted: tuple[str, ...]


class Corpus:
    """The shelves of a course, and the pinyin of its names."""

    def __init__(self, shelves: list[Shelf]) -> None:
        self.shelves = shelves
        self._spellings = [
            Spellings(scrap.text for scrap in each.scraps) if each.kind in NAMES else None for each in shelves
        ]

    def find(self, wanted: str, language: str) -> list[Hit]:
        """Return what fits best first: names before texts, the learner's language before the others.

        A place is found once, in the learner's language where it fits there.
        """
        looked_for = words(wanted)
        if not looked_for:
            return []
        found = self._ranked(looked_for, language)
        if not any(found.values()):
            solid, pairs = _loosened(looked_for)
            if len(pairs) > 1:
                looked_for = [*solid, *pairs]
                found = self._likely(solid, pairs, language)
        return [Hit(scrap, tuple(looked_for)) for scrap in _chosen(found)]

    def _ranked(self, wanted: Sequence[str], language: str) -> dict[Kind, list[Scrap]]:
        found: dict[Kind, list[_Fit]] = {kind: [] for kind in KINDS}
        for each, spellings in zip(self.shelves, self._spellings, strict=True):
            places = each.telling(wanted) if spellings is None else each.named(wanted)
            if spellings is not None:
                direct = {at for _, at in places}
                places += [(rank, at) for rank, at in each.spelled(spellings, wanted) if at not in direct]
            found[each.kind] += _fits(each, places, language)
        return {kind: _sorted(fits, by_rank=kind in NAMES) for kind, fits in found.items()}

    def _likely(self, solid: Sequence[str], pairs: Sequence[str], language: str) -> dict[Kind, list[Scrap]]:
        least = max(1, round(SHARE * len(pairs)))
        found: dict[Kind, list[_Fit]] = {kind: [] for kind in KINDS}
        for each in self.shelves:
            found[each.kind] += _fits(each, each.likely(solid, pairs, least), language)
        return {kind: _sorted(fits, by_rank=True) for kind, fits in found.items()}


def corpus(scraps: Iterable[Scrap]) -> Corpus:
    """Return the corpus of some scraps."""
    sorted_out: dict[tuple[Kind, str], list[Scrap]] = {}
    for scrap in scraps:
        sorted_out.setdefault((scrap.kind, scrap.language), []).append(scrap)
    return Corpus([shelf(kind, language, members) for (kind, language), members in sorted_out.items()])


def _loosened(wanted: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return what must stand in a text, and the pairs of characters most of which must."""
    parts = list(dict.fromkeys(piece for word in wanted for piece in pieces(word)))
    pairs = [part for part in parts if len(part) > 1 and is_chinese(part)]
    return [part for part in parts if part not in pairs], pairs


def _fits(shelf: Shelf, places: Iterable[tuple[int, int]], language: str) -> Iterator[_Fit]:
    other = shelf.language != language
    for rank, at in places:
        yield rank, other, at, shelf.scraps[at]


def _sorted(fits: list[_Fit], *, by_rank: bool) -> list[Scrap]:
    """Return the scraps of one kind: names by how well they fit first, texts by language first."""

    def order(fit: _Fit) -> tuple[int, int, int]:
        rank, other, at, _ = fit
        return (rank, other, at) if by_rank else (other, rank, at)

    return [scrap for _, _, _, scrap in sorted(fits, key=order)]


def _chosen(found: dict[Kind, list[Scrap]]) -> Iterator[Scrap]:
    """Yield each place once: some of every kind, then more of them."""
    seen: dict[tuple[str, ...], Scrap] = {}
    kept: dict[Kind, list[Scrap]] = {kind: [] for kind in KINDS}
    for kind, scraps in found.items():
        for scrap in scraps:
            if len(kept[kind]) == MOST:
                break
            if scrap.place not in seen:
                seen[scrap.place] = scrap
                kept[kind].append(scrap)
    room = MOST - sum(min(EACH, len(scraps)) for scraps in kept.values())
    for scraps in kept.values():
        more = max(0, min(len(scraps) - EACH, room))
        room -= more
        yield from scraps[: EACH + more]
