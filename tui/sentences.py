"""The sentences of the interface, as the locale files of a language have them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Formatter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

LANGUAGES = ("en", "zh")
"""Languages of the interface, as their locale folders are named."""

NAMES = {"en": "English", "zh": "简体中文"}
"""Each language in its own words."""

LIST = "、"
"""Parts the names of a list in Chinese; a sentence asks for it as `{names:、}`."""


class Sentences:
    """Looks sentences up: `sentences("run.paused", update="620")`.

    A sentence is kept in `locales/LANGUAGE/AREA.toml`; an area is read when it is first asked for.
    A sentence that a language lacks is taken from English, and its key where English lacks it too:
    a missing word must never stop a learner. A test holds both languages to the same keys.
    """

    def __init__(self, language: str = "en") -> None:
        self.language = language if language in LANGUAGES else "en"
        self._areas: dict[tuple[str, str], dict[str, str]] = {}

    def __call__(self, key: str, **values: object) -> str:
        """Return the sentence `key` ("area.name") with its `{placeholders}` filled."""
        sentence = self.find(key)
        if sentence is None:
            return key
        return filled(sentence, values) if values else sentence

    def find(self, key: str) -> str | None:
        """Return the sentence as it is written, or None where neither language has it."""
        area, _, name = key.partition(".")
        for language in dict.fromkeys((self.language, "en")):
            sentence = self._area(language, area).get(name)
            if sentence is not None:
                return sentence
        return None

    def _area(self, language: str, area: str) -> dict[str, str]:
        known = self._areas.get((language, area))
        if known is None:
            known = dict(flat(read(locale_file(language, area))))
            self._areas[language, area] = known
        return known


def filled(sentence: str, values: Mapping[str, object]) -> str:
    """Return a sentence with its `{placeholders}` filled; a Latin name gets its spaces between Chinese characters.

    Raises:
        KeyError: A value is missing.
    """
    said = ""
    for words, name, form, _ in Formatter().parse(sentence):
        said += _gap(said, words) + words
        if name is not None:
            value = str(values[name]).replace(", ", LIST) if form == LIST else format(values[name], form or "")
            said += _gap(said, value) + value
    return said


def _gap(before: str, after: str) -> str:
    """Return the space that Chinese has beside Latin letters and figures."""
    ends = before[-1:], after[:1]
    chinese = ["\u4e00" <= end <= "\u9fff" for end in ends]
    latin = [end.isascii() and end.isalnum() for end in ends]
    return " " if (chinese == [True, False] and latin[1]) or (chinese == [False, True] and latin[0]) else ""


def locale_file(language: str, area: str) -> Traversable:
    """Return where a language's sentences of one area are kept."""
    from importlib.resources import files  # with tomllib, 25 ms that a verb without words never pays

    return files("tui").joinpath("locales", language, f"{area}.toml")


def read(file: Traversable) -> dict[str, Any]:
    """Return a locale file's tables, empty where there is no such file."""
    if not file.is_file():
        return {}
    import tomllib

    return tomllib.loads(file.read_text(encoding="utf-8"))


def flat(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield each sentence with its dotted name."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(value)
