"""Reads the fields of a mapping, one by one, and tells every fault with its file, line and name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from content.course.formula import Formula, FormulaError, read
from content.course.sentences import fault, near
from content.course.text import Text
from content.course.tree import Branch, Row, Tree, Word
from content.errors import Fault

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


MOST_FAULTS = 200
"""Faults that are told of one file."""

LONGEST = 10_000
"""Characters of a text."""

LONGEST_NUMBER = 400
"""Characters of a number; more digits than any number that formulas can compute with."""


class Source:
    """The file that fields are read from.

    Attributes:
        languages: Of the course.
        lines: Line of every field that was read, by its whole name; a linter's rules look them up.
        broken: Whether something was missing without which the thing cannot be used.
    """

    def __init__(self, file: str, languages: tuple[str, ...], faults: list[Fault]) -> None:
        self.file = file
        self.languages = languages
        self.faults = faults
        self.lines: dict[str, int] = {}
        self.broken = False
        self.told = 0

    @property
    def full(self) -> bool:
        """Whether so much was told of this file that more would help nobody."""
        return self.told >= MOST_FAULTS

    def line(self, field: str) -> int:
        """Return the line of a field, else that of the nearest field around it."""
        while field not in self.lines and field:
            field = field[: max(field.rfind("."), field.rfind("["), 0)]
        return self.lines.get(field, 0)


class Fields:
    """A mapping, its fields taken by name; `finish` tells which ones nobody asked for."""

    def __init__(self, branch: Branch, path: str, source: Source) -> None:
        self.branch = branch
        self.path = path
        self.source = source
        self.taken: set[str] = set()
        source.lines.setdefault(path, branch.line)

    def name(self, field: str) -> str:
        """Return the whole name of a field."""
        return f"{self.path}.{field}" if self.path and field else self.path or field

    def line(self, field: str = "") -> int:
        """Return the line of a field, of the mapping where there is none."""
        return self.branch.lines.get(field, self.branch.line)

    def fault(
        self,
        code: str,
        field: str = "",
        value: object = "",
        *,
        line: int = 0,
        broken: bool = False,
        **more: object,
    ) -> None:
        """Tell a fault; `broken` says that the whole thing cannot be used because of it."""
        self.source.broken |= broken
        if self.source.full:
            return
        self.source.told += 1
        self.source.faults.append(
            fault(
                code,
                file=self.source.file,
                line=line or self.line(field),
                field=self.name(field),
                value=value,
                **more,
            )
        )

    def has(self, field: str) -> bool:
        """Return whether the field is there and says something."""
        value = self.branch.get(field)
        return value is not None and value != ""

    def take(self, field: str) -> Tree | None:
        """Return the raw value, None where there is none."""
        self.taken.add(field)
        if field in self.branch.lines:
            self.source.lines[self.name(field)] = self.branch.lines[field]
        return self.branch[field] if self.has(field) else None

    def missing(self, field: str) -> None:
        """Tell that a field is missing without which the thing cannot be used."""
        self.fault("field-missing", field, broken=True)

    def word(self, field: str, default: str | None = None) -> str:
        """Return a plain word."""
        value = self.take(field)
        if isinstance(value, Word):
            return str(value)
        if value is not None:
            self.fault("field-kind", field, _shown(value), wanted="one word or sentence", broken=True)
        elif default is None:
            self.missing(field)
        return default or ""

    def wanted(self, field: str) -> str:
        """Return a plain word that ought to be there, but without which one can do."""
        if not self.has(field):
            self.fault("field-missing", field)
        return self.word(field, "")

    def slug(self, field: str) -> str:
        """Return a short name."""
        value = self.word(field)
        if value and not SLUG.fullmatch(value):
            self.fault("slug", field, value, broken=True)
        return value

    def choice(self, field: str, choices: Collection[str], default: str | None = None) -> str:
        """Return one word of `choices`."""
        value = self.word(field, default)
        if value and value not in choices:
            meant = near(value, choices)
            hint = meant if "did you mean" in meant else "."
            self.fault("field-choice", field, value, choices=", ".join(choices), hint=hint)
            return default or next(iter(choices))
        return value

    def flag(self, field: str, default: bool | None = None) -> bool:
        """Return true or false."""
        value = self.word(field, None if default is None else str(default).lower())
        if value.lower() not in ("true", "false"):
            if value:
                self.fault("field-kind", field, value, wanted="true or false", broken=True)
            return bool(default)
        return value.lower() == "true"

    def number(self, field: str, default: float | None = None) -> int | float:
        """Return a number."""
        value = self.word(field, None if default is None else f"{default:g}")
        found = as_number(value)
        if found is None:
            if value:
                self.fault("field-kind", field, value, wanted="a number", broken=True)
            return default or 0
        return found

    def whole(self, field: str, default: int, low: int, high: int) -> int:
        """Return a whole number within bounds, the default where there is none."""
        value = self.number(field, default)
        if value != int(value) or not low <= value <= high:
            self.fault("number-range", field, value, low=low, high=high)
            return default
        return int(value)

    def text(self, field: str, *, optional: bool = False) -> Text:
        """Return a text in the course's languages."""
        value = self.take(field)
        if value is None:
            if not optional:
                self.missing(field)
            return Text()
        return self.as_text(value, field)

    def as_text(self, value: Tree, field: str) -> Text:
        """Return what a value says in the course's languages."""
        if isinstance(value, Word):
            return Text({"": self.cut(value, field)})
        if isinstance(value, Row):
            self.fault("field-kind", field, _shown(value), wanted="a text, or one a language", broken=True)
            return Text()
        words = {}
        for language, said in value.items():
            self.source.lines[self.name(f"{field}.{language}")] = value.lines[language]
            if language not in self.source.languages:
                known = ", ".join(self.source.languages)
                line = value.lines[language]
                self.fault("language-unknown", f"{field}.{language}", language, line=line, languages=known)
            elif isinstance(said, Word):
                words[language] = self.cut(said, f"{field}.{language}")
            else:
                line = value.lines[language]
                self.fault("field-kind", f"{field}.{language}", _shown(said), line=line, wanted="a text")
        for language in self.source.languages:
            if not words.get(language, "").strip():
                words.pop(language, None)
                self.fault("language-missing", f"{field}.{language}", language=language, line=value.line)
        if not words:
            self.source.broken = True
        return Text(words)

    def cut(self, word: Word, field: str) -> str:
        """Return a text that a screen can bear."""
        if len(word) <= LONGEST:
            return str(word)
        self.fault("too-long", field, word[:60], line=word.line, count=len(word), limit=LONGEST)
        return word[:LONGEST]

    def formula(self, field: str) -> Formula | None:
        """Return a formula."""
        value = self.word(field)
        return self.as_formula(value, field) if value else None

    def as_formula(self, value: str, field: str) -> Formula | None:
        """Return the formula that a word says."""
        try:
            return read(value)
        except FormulaError as error:
            self.fault(error.code, field, value, at=error.value, broken=True)
            return None

    def fields(self, field: str, *, optional: bool = False) -> Fields | None:
        """Return the mapping that a field holds."""
        value = self.take(field)
        if isinstance(value, Branch):
            return Fields(value, self.name(field), self.source)
        if value is not None:
            self.fault("field-kind", field, _shown(value), wanted="a mapping of names", broken=True)
        elif not optional:
            self.missing(field)
        return None

    def rows(self, field: str, *, optional: bool = False) -> list[tuple[str, Tree]]:
        """Return the entries of a list, each with its name such as "options[0]"."""
        value = self.take(field)
        if isinstance(value, Row):
            named = [(f"{field}[{index}]", entry) for index, entry in enumerate(value)]
            for name, entry in named:
                self.source.lines[self.name(name)] = entry.line
            return named
        if value is not None:
            self.fault("field-kind", field, _shown(value), wanted="a list", broken=True)
        elif not optional:
            self.missing(field)
        return []

    def each(self, field: str, *, optional: bool = False) -> Iterator[Fields]:
        """Yield the mappings of a list."""
        for name, entry in self.rows(field, optional=optional):
            if isinstance(entry, Branch):
                yield Fields(entry, self.name(name), self.source)
            else:
                self.fault(
                    "field-kind",
                    name,
                    _shown(entry),
                    line=entry.line,
                    wanted="a mapping of names",
                    broken=True,
                )

    def finish(self) -> None:
        """Tell every field that nobody asked for."""
        for field in self.branch.lines:
            if field not in self.taken and not self.source.full:
                self.fault("field-unknown", field, field, hint=near(field, sorted(self.taken)))


def as_number(word: str) -> int | float | None:
    """Return the number that a plain word of YAML says."""
    if len(word) > LONGEST_NUMBER:
        return None
    for kind in (int, float):
        try:
            number = kind(word)
        except ValueError:
            continue
        return number if abs(number) < 1e300 else None
    return None


def _shown(tree: Tree) -> str:
    if isinstance(tree, Word):
        return str(tree)
    return "{" + ", ".join(tree) + "}" if isinstance(tree, Branch) else f"[{len(tree)} entries]"
