"""Which texts are learned from and which are held out, by a hash: the same for ever, in whatever order they come."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence

TENTH = 10
"""One text in so many goes to each part that is held out."""


class TooFewError(Exception):
    """Labels that have too few different texts for a place in each part; `counts` says how many each has."""

    def __init__(self, counts: dict[str, int], least: int) -> None:
        super().__init__(counts)
        self.counts = counts
        self.least = least


def split(texts: Sequence[str], labels: Sequence[str], held_out: Sequence[str], seed: int) -> list[str]:
    """Return the part of each text: one of `held_out`, a tenth of each label's texts for each of them, or "train".

    Texts that differ in spaces or case only are one text: all of them are in one part, whatever their labels.

    Raises:
        TooFewError: A label would be missing in some part.
    """
    keys = [_hash(text, seed, b"split") for text in texts]
    votes: defaultdict[bytes, Counter[str]] = defaultdict(Counter)
    for key, label in zip(keys, labels, strict=True):
        votes[key][label] += 1
    own: dict[str, list[bytes]] = {label: [] for label in sorted(set(labels))}
    for key, counts in votes.items():
        own[min(counts, key=lambda label: (-counts[label], label))].append(key)
    least = len(held_out) + 1
    few = {label: len(mine) for label, mine in own.items() if len(mine) < least}
    if few:
        raise TooFewError(few, least)
    part_of: dict[bytes, str] = {}
    for mine in own.values():
        size = max(1, round(len(mine) / TENTH))
        for place, key in enumerate(sorted(mine)):
            turn = place // size
            part_of[key] = held_out[turn] if turn < len(held_out) else "train"
    return [part_of[key] for key in keys]


def draw(texts: Sequence[str], labels: Sequence[int], each: int, seed: int) -> list[int]:
    """Return the rows of `each` texts of each label, in their order; those of a smaller draw are among them."""
    rows: defaultdict[int, list[tuple[bytes, int]]] = defaultdict(list)
    for row, (text, label) in enumerate(zip(texts, labels, strict=True)):
        rows[label].append((_hash(text, seed, b"draw"), row))
    return sorted(row for mine in rows.values() for _, row in sorted(mine)[:each])


def _hash(text: str, seed: int, purpose: bytes) -> bytes:
    """Return 16 bytes that are the same on every machine; `purpose` keeps two draws apart."""
    words = " ".join(text.split()).casefold()
    salt = seed.to_bytes(hashlib.blake2b.SALT_SIZE, "little")
    return hashlib.blake2b(words.encode(), digest_size=16, salt=salt, person=purpose).digest()
