"""A sentence and what a model makes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

MASK_PIECE = "[MASK]"

A_ROW = 3
"""Guesses on a row of the text form."""


class Sentence(msgspec.Struct, frozen=True):
    """A sentence that is shown to a model again and again.

    Attributes:
        truth: The right label or word; "" where nobody knows it.
        guesses: Labels or words with their probabilities, the likeliest first; none while it has not been asked.
        own: The learner has written it.
    """

    text: str
    truth: str = ""
    guesses: tuple[tuple[str, float], ...] = ()
    own: bool = False

    @property
    def best(self) -> str:
        """The likeliest guess, "" without any."""
        return self.guesses[0][0] if self.guesses else ""

    def sign(self, word: str) -> bool | None:
        """Return True for the truth, False for the likeliest guess where it is wrong, None for all others."""
        if not self.truth:
            return None
        if word == self.truth:
            return True
        return False if word == self.best else None


def described(sentences: Sequence[Sentence], words: Callable[..., str]) -> str:
    """Return the sentences as plain rows, each with its guesses."""
    return "\n\n".join("\n".join(_rows(sentence, words)) for sentence in sentences)


def _rows(sentence: Sentence, words: Callable[..., str]) -> Iterable[str]:
    yield words("bert.own", text=sentence.text) if sentence.own else sentence.text
    if sentence.truth:
        yield "  " + words("bert.truth-is", truth=sentence.truth)
    for first in range(0, len(sentence.guesses), A_ROW):
        row = sentence.guesses[first : first + A_ROW]
        yield "  " + "  ".join(f"{word} {probability:.3f}" for word, probability in row)
    if not sentence.guesses:
        yield "  " + words("bert.own-waits")
