"""Chinese names by the letters of their pinyin: `sunshihanshu`, `sunshi`, `sshs` and `sunshs` all mean 损失函数.

The readings come along as a file of 23 KB, since the package that knows them all takes 4 MB and 0.2 s to import.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files

import msgspec

from content.search.folding import Stretch, fold, is_chinese

LEAST = 2
"""Letters that are looked for at least: a single one begins a tenth of all characters."""

MOST = 30

_PAIRS = ("zh", "ch", "sh")

Sounds = tuple[tuple[str, ...], ...]


class Spelling(msgspec.Struct, frozen=True, gc=False):  # nothing of it can be a cycle
    """A name and how it is spelled.

    Attributes:
        sounds: The readings of each sign; a letter or digit reads as itself, other signs not at all. () for a name
            without a Chinese character.
    """

    name: str
    sounds: Sounds = ()

    def find(self, word: str) -> Stretch | None:
        """Return which characters a folded word spells, None for none.

        By syllables, by initials or by a mixture of the two; the last syllable may be unfinished. Letters that spell
        no Chinese character are not looked for here.
        """
        for start, sounds in enumerate(self.sounds):
            if any(sound[0] == word[0] for sound in sounds):
                end = _end(self.sounds, start, word)
                if end is not None and is_chinese(self.name[start:end]):
                    return start, end
        return None


class Spellings:
    """Many names, by the two letters with which a word for them can begin, so that few are looked at in full.

    Attributes:
        names: Each with how it is spelled.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.names = [spelling(name) for name in names]
        self._beginning: dict[str, list[int]] = {}
        for at, name in enumerate(self.names):
            for letters in _beginnings(name.sounds):
                self._beginning.setdefault(letters, []).append(at)

    def having(self, word: str) -> Iterator[int]:
        """Yield the places of the names that a folded word spells."""
        for at in self._beginning.get(word[:LEAST], ()):
            if self.names[at].find(word) is not None:
                yield at


def spelling(name: str) -> Spelling:
    """Return how a name is spelled."""
    if not is_chinese(name):
        return Spelling(name)
    known = readings()
    letters = ((sign.lower(),) if sign.isascii() and sign.isalnum() else () for sign in name)
    return Spelling(name, tuple(known.get(sign, letter) for sign, letter in zip(name, letters, strict=True)))


def spellable(word: str) -> bool:
    """Return whether a word may be pinyin."""
    return LEAST <= len(word) <= MOST and word.isascii() and word.isalpha()


def in_order(name: str) -> tuple[str, ...]:
    """Return by what Chinese names are sorted: by pinyin, names in Latin letters before them as dictionaries do."""
    known = readings()
    return tuple(f"~{known[sign][0]}" if sign in known else sign for sign in fold(name) if sign.isalnum())


@lru_cache(maxsize=1)
def readings() -> dict[str, tuple[str, ...]]:
    """Return how characters are read, the usual reading first, without tones, ü as v."""
    found: dict[str, tuple[str, ...]] = {}
    lines = files("content.search").joinpath("pinyin.txt").read_text(encoding="utf-8").splitlines()
    for group in (1, 2):  # what is mostly read so, then what is sometimes
        for line in lines:
            syllable, letters = line.split(" ")[0], line.split(" ")[group : group + 1]
            for letter in letters[0] if letters else "":
                found[letter] = (*found.get(letter, ()), syllable)
    return found


def _beginnings(sounds: Sounds) -> set[str]:
    """Return every pair of letters with which a word can begin that spells a part of a name."""
    found: set[str] = set()
    following: set[str] = set()
    for readings_ in reversed(sounds):
        if readings_:
            found |= {sound[:2] for sound in readings_ if len(sound) > 1}
            found |= {sound[0] + letter for sound in readings_ for letter in following}
            following = {sound[0] for sound in readings_}
    return found


def _end(sounds: Sounds, at: int, word: str) -> int | None:
    """Return where a word has been spelled from a character on, None where it cannot be."""
    if not word:
        return at
    if at == len(sounds):
        return None
    if not sounds[at]:
        return _end(sounds, at + 1, word)
    for sound in sounds[at]:
        if sound.startswith(word):
            return at + 1
        for part in _parts(sound):
            if word.startswith(part) and (end := _end(sounds, at + 1, word[len(part) :])) is not None:
                return end
    return None


def _parts(sound: str) -> tuple[str, ...]:
    """Return what stands for a syllable: all of it, or how it begins."""
    initial = sound[:2] if sound[:2] in _PAIRS else sound[:1]
    return tuple(dict.fromkeys((sound, initial, sound[:1])))
