"""How well a name fits what is looked for."""

from __future__ import annotations

from collections.abc import Sequence

from content.search.folding import Stretch, merged, stretches
from content.search.pinyin import Spelling, spellable, spelling

WHOLE, START, WORD, INSIDE, SPELLED, SPELLED_INSIDE = range(6)
"""The name itself; how it begins; a word of it; some letters of it; the pinyin of its beginning; other pinyin of it."""

WORST = SPELLED_INSIDE


def rank(folded: str, wanted: Sequence[str]) -> int | None:
    """Return how well a folded name fits folded words, all of which must stand in it; None where they do not."""
    if not wanted or not all(word in folded for word in wanted):
        return None
    if folded == " ".join(wanted) or folded == "".join(wanted):
        return WHOLE
    if folded.startswith(wanted[0]):
        return START
    return WORD if all(begins_word(folded, word) for word in wanted) else INSIDE


def rank_spelled(spelling: Spelling, wanted: Sequence[str]) -> int | None:
    """Return how well a name fits whose pinyin the words are, or which they stand in; None where it does not."""
    if not spelling.sounds or not wanted:
        return None
    folded, starts = spelling.name.casefold(), False
    for word in wanted:
        stretch = spelling.find(word) if spellable(word) else None
        if stretch is None and word not in folded:
            return None
        starts |= stretch is not None and stretch[0] == 0
    return SPELLED if starts else SPELLED_INSIDE


def begins_word(folded: str, word: str) -> bool:
    """Return whether a word stands at the beginning of a word of a text; Chinese words begin anywhere."""
    at = folded.find(word)
    while at >= 0:
        before = folded[at - 1 : at]
        if not (before.isascii() and before.isalnum()) or not word[0].isascii():
            return True
        at = folded.find(word, at + 1)
    return False


def where(name: str, wanted: Sequence[str]) -> tuple[Stretch, ...]:
    """Return which letters of a name fit folded words, those included whose pinyin does."""
    found = list(stretches(name, wanted))
    missing = [word for word in wanted if spellable(word) and not stretches(name, [word])]
    if missing:
        spelled = spelling(name)
        found += [stretch for word in missing if (stretch := spelled.find(word)) is not None]
    return merged(found)
