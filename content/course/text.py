"""A text of a course in the languages that it was written in."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec


class Text(msgspec.Struct, frozen=True):
    """Words by language; the key "" holds words that serve every language."""

    words: dict[str, str] = {}

    def say(self, language: str) -> str:
        """Return the words in that language, else those for all, else those of the first language."""
        found = self.words.get(language)
        if found is None:
            found = self.words.get("")
        return next(iter(self.words.values()), "") if found is None else found

    def all(self) -> Iterator[tuple[str, str]]:
        """Yield each language ("" for all of them) with its words."""
        yield from self.words.items()

    def __bool__(self) -> bool:
        return any(self.words.values())
