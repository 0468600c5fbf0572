"""What can go wrong with a course or with the learner's record, each in one sentence.

Every error carries a stable `code` and `details`, so that the screen can say it in other languages.
"""

from __future__ import annotations

import msgspec


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """A fault in a course's files; printed, it is one line.

    Attributes:
        file: Relative to the course's folder.
        line: Counted from 1; 0 where the fault belongs to no line.
        field: Where it is, such as "ce-start.options[2].why.zh".
        value: What stands there, shortened, on one line.
        sentence: What is wrong and what to do, in English.
    """

    file: str
    line: int
    field: str
    value: str
    code: str
    sentence: str
    details: dict[str, str] = {}

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        value = f" = {self.value}" if self.value else ""
        return f"{place}: {self.field}{value}: {self.sentence}" if self.field else f"{place}: {self.sentence}"


class ContentError(Exception):
    """A course cannot be opened at all; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault
        self.code = fault.code
        self.sentence = str(fault)
        self.details = {
            **fault.details,
            "file": fault.file,
            "line": str(fault.line),
            "field": fault.field,
            "value": fault.value,
        }


class StoreError(Exception):
    """The learner's record cannot be opened, read or written.

    Attributes:
        sentence: What happened and what to do, in English.
        code: A stable name of the sentence.
        details: The values that the sentence names.
    """

    def __init__(self, sentence: str, *, code: str, **details: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code
        self.details = {name: str(value) for name, value in details.items()}
