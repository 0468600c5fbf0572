"""Texts as they are compared: case, width, accents, hyphens within words and spaces beside Chinese do not count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

_CHINESE = r"\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff"
_SPACES = re.compile(r"\s+")
_BESIDE_CHINESE = re.compile(rf"(?<=[{_CHINESE}])\s+|\s+(?=[{_CHINESE}])")
HYPHENS = "-\u2010\u2011"
_HYPHEN = re.compile(rf"(?<=[^\W\d_])[{HYPHENS}](?=[^\W\d_])")
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[^\u3400-\u9fff\uf900-\ufaff]+")

Stretch = tuple[int, int]
"""Where something begins in a text, and where it has ended."""


def fold(text: str) -> str:
    """Return a text as it is compared: "Pre‑Training 的 Ｌｏｓｓ" is "pretraining的loss"."""
    text = _plain(text)
    return _SPACES.sub(" ", _BESIDE_CHINESE.sub("", _HYPHEN.sub("", text)))


def words(wanted: str) -> list[str]:
    """Return what is looked for, folded: what stands between the spaces of a query.

    A hyphen at the end is one whose word is still being typed.
    """
    folded = (fold(word) for word in wanted.split())
    return list(dict.fromkeys(word.strip(HYPHENS) or word for word in folded if word.strip()))


def pieces(word: str) -> list[str]:
    """Return a word cut where its script changes, its Chinese into overlapping pairs.

    Nobody writes spaces between Chinese words: 梯度损失 stands nowhere as a whole, but 梯度 and 损失 do.
    """
    found: list[str] = []
    for run in _RUN.findall(word):
        chinese = len(run) > 1 and is_chinese(run)
        found += [run[at : at + 2] for at in range(len(run) - 1)] if chinese else [run.strip()]
    return [piece for piece in dict.fromkeys(found) if piece]


def is_chinese(text: str) -> bool:
    """Return whether Chinese characters stand in a text."""
    return _HAN.search(text) is not None


def stretches(text: str, wanted: Iterable[str]) -> tuple[Stretch, ...]:
    """Return where folded words stand in a text as it is written, in order, none over another."""
    folded, where = _mapped(text)
    found: list[Stretch] = []
    for word in wanted:
        at = folded.find(word) if word else -1
        while at >= 0:
            found.append((where[at], where[at + len(word) - 1] + 1))
            at = folded.find(word, at + len(word))
    return merged(found)


def merged(found: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Return stretches in order, those that touch made one."""
    joined: list[Stretch] = []
    for begin, end in sorted(found):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return tuple(joined)


def _plain(text: str) -> str:
    """Return a text without case, width and accents."""
    if text.isascii():
        return text.casefold()
    return _MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold()


@lru_cache(maxsize=512)  # the next letter of a query finds mostly what the last one found
def _mapped(text: str) -> tuple[str, Sequence[int]]:
    """Return the folded text, and for each of its letters the place of the one that it comes from."""
    folded = fold(text)
    if len(folded) == len(text) == len(_plain(text)):
        return folded, range(len(text))  # nothing went and nothing came
    letters: list[str] = []
    where: list[int] = []
    for at, letter in enumerate(text):
        for plain in _plain(letter):
            letters.append(plain)
            where.append(at)
    raw = "".join(letters)
    gone: set[int] = set()
    for pattern in (_HYPHEN, _BESIDE_CHINESE):
        for found in pattern.finditer(raw):
            gone.update(range(found.start(), found.end()))
    for found in _SPACES.finditer(raw):
        letters[found.start()] = " "
        gone.update(range(found.start() + 1, found.end()))
    kept = [at for at in range(len(letters)) if at not in gone]
    return "".join(letters[at] for at in kept), [where[at] for at in kept]
