"""Texts with their labels, as they are gathered from a file: what cannot be used is counted, or named."""

from __future__ import annotations

import math
import re
from typing import Any

import msgspec

from engine.errors import DataError

LONGEST = 20_000
"""Characters of a text that are kept: no model here reads more than 512 pieces."""
MOST_ROWS = 1_000_000
SHOWN = 60
"""Characters of a foreign name that a sentence quotes."""

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters and torn halves of a character; tabs and line breaks are none."""


class Note(msgspec.Struct, frozen=True):
    """Something about the data that a learner should know, and that stops nothing.

    Attributes:
        sentence: In English.
        code: Under which the screen keeps it in other languages, with `details` in its gaps.
    """

    sentence: str
    code: str
    details: dict[str, str]

    def __str__(self) -> str:
        return self.sentence


def note(sentence: str, *, code: str, **details: object) -> Note:
    """Return a note; details become text."""
    return Note(sentence, code, {name: str(value) for name, value in details.items()})


def unusable(name: str, sentence: str, *, code: str, **details: object) -> DataError:
    """Return the error for `data=name`, whose sentence goes on with `sentence`."""
    return DataError(f"data={name}: {sentence}", code=code, field="data", value=name, **details)


def quoted(value: object, most: int = SHOWN) -> str:
    """Return a foreign word so that it can stand in a sentence: on one line, of at most so many characters."""
    text = CONTROL.sub("�", " ".join(str(value).split()))
    return text if len(text) <= most else text[: most - 1] + "…"


class Rows:
    """The usable rows of a data set.

    Attributes:
        texts, labels: Of each row, cleaned.
        parts: "train", "validation" or "test" where the data set says so, else "".
    """

    def __init__(self, name: str, most: int = MOST_ROWS) -> None:
        """`name`: the value of `data`, which errors name."""
        self.name = name
        self.texts: list[str] = []
        self.labels: list[str] = []
        self.parts: list[str] = []
        self._most = most
        self._counts = {"text": 0, "label": 0, "cut": 0, "control": 0}
        self._first = dict.fromkeys(self._counts, 0)

    def add(self, text: Any, label: Any, line: int, part: str = "") -> None:
        """Take one row.

        Raises:
            DataError: There are too many rows, or one holds neither text nor number.
        """
        written = self._text(text, line)
        named = self._label(label, line)
        if not written:
            self._count("text", line)
        elif not named:
            self._count("label", line)
        else:
            if len(self.texts) == self._most:
                raise unusable(
                    self.name,
                    f"it has over {self._most:,} rows. Write a part of them into a file of their own.",
                    code="texts-too-many",
                    most=f"{self._most:,}",
                )
            self.texts.append(written)
            self.labels.append(named)
            self.parts.append(part)

    def notes(self) -> tuple[Note, ...]:
        """Return what was skipped, cut or cleaned."""
        found = (
            self._note(
                "text",
                "Rows without a text, which are skipped: {count}, the first in line {line}.",
                code="texts-note-no-text",
            ),
            self._note(
                "label",
                "Rows without a label, which are skipped: {count}, the first in line {line}.",
                code="texts-note-no-label",
            ),
            self._note(
                "cut",
                "Texts that are cut after {longest} characters: {count}, the first in line {line}.",
                code="texts-note-cut",
            ),
            self._note(
                "control",
                "Texts with control characters, which become spaces: {count}, the first in line {line}.",
                code="texts-note-control",
            ),
        )
        return tuple(one for one in found if one is not None)

    def _note(self, kind: str, sentence: str, *, code: str) -> Note | None:
        if not self._counts[kind]:
            return None
        details = {"count": self._counts[kind], "line": self._first[kind], "longest": LONGEST}
        shown = {name: f"{value:,}" for name, value in details.items()}
        return Note(sentence.format(**shown), code, shown)

    def _text(self, given: Any, line: int) -> str:
        text = self._plain(given, "text", line).strip()
        if len(text) > LONGEST:
            self._count("cut", line)
            text = text[:LONGEST]
        if not text.isprintable() and CONTROL.search(text):
            self._count("control", line)
            text = CONTROL.sub(" ", text)
        return text.strip()

    def _label(self, given: Any, line: int) -> str:
        if isinstance(given, float) and given.is_integer():
            given = int(given)  # a column of whole numbers with a gap in it is read as 1.0, 0.0
        label = self._plain(given, "label", line)
        return " ".join(CONTROL.sub(" ", label).split()) if not label.isprintable() else label.strip()

    def _plain(self, given: Any, column: str, line: int) -> str:
        match given:
            case str():
                return given
            case None:
                return ""
            case bool():
                return "true" if given else "false"
            case int():
                return str(given)
            case float():
                return "" if math.isnan(given) else str(given)
        raise unusable(
            self.name,
            f"line {line:,} has a {type(given).__name__} as {column}; write text or a number there.",
            code="texts-type",
            line=f"{line:,}",
            column=column,
            type=type(given).__name__,
        )

    def _count(self, kind: str, line: int) -> None:
        self._counts[kind] += 1
        self._first[kind] = self._first[kind] or line
