"""A field for free text that knows words worth trying, and completes paths."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from textual.binding import Binding
from textual.suggester import Suggester

from tui.widgets.text_line import TextLine

MOST_ENTRIES = 2_000
"""Entries of a folder that are looked at."""


class SuggestLine(TextLine):
    """Shows the end of a word or path that fits what is typed; `right` takes it, f6 goes through all words."""

    BINDINGS = [Binding("f6", "suggest", "lab.keys.suggest", id="lab.suggest")]

    def __init__(self, text: str, words: Sequence[str], *, id: str | None = None) -> None:
        super().__init__(text, id=id)
        self.suggester = Completing(words)
        self._words = list(words)

    def action_suggest(self) -> None:
        """Put the next word into the field: one that begins as the typed text does, where there is one."""
        if not self._words:
            return
        begun = [word for word in self._words if self.value and word.startswith(self.value)]
        if self.value in self._words:
            self.value = self._words[(self._words.index(self.value) + 1) % len(self._words)]
        else:
            self.value = (begun or self._words)[0]
        self.cursor_position = len(self.value)


class Completing(Suggester):
    """Suggests the first word that begins so, else the first file or folder."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._words = list(words)

    async def get_suggestion(self, value: str) -> str | None:
        known = (word for word in self._words if word.startswith(value))
        return next(known, None) or (next(paths(value), None) if value[:1] in ("/", "~", ".") else None)


def paths(begun: str) -> Iterator[str]:
    """Yield what goes on as a path was begun, folders with a slash; nothing where its folder cannot be read."""
    folder, name = os.path.split(begun)
    try:
        with os.scandir(Path(folder or ".").expanduser()) as entries:
            found = sorted(
                entry.name + ("/" if entry.is_dir() else "")
                for entry in islice(entries, MOST_ENTRIES)
                if entry.name.startswith(name) and (name or not entry.name.startswith("."))
            )
    except (OSError, RuntimeError, ValueError):
        return
    for end in found:
        if end.rstrip("/") != name or end.endswith("/"):
            yield os.path.join(folder, end) if folder else end
