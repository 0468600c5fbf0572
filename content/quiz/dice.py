"""Chance that can be repeated: the same seed gives the same numbers on every machine and Python, for ever."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


def roll(seed: int, *salt: object) -> int:
    """Return a whole number from 0 to 2**53 - 1 that depends on nothing but seed and salt."""
    text = "\0".join(map(str, (seed, *salt)))
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big") >> 11


def shuffled(things: Iterable[T], seed: int, *salt: object) -> tuple[T, ...]:
    """Return the things in an order that depends on seed and salt; each thing's text tells it apart."""
    return tuple(sorted(things, key=lambda thing: roll(seed, *salt, thing)))
