"""What can go wrong with a course or with the learner's record, each in one sentence.

Every error carries a stable `code` and `details`, so that the screen can say it in other languages.
"""

from __future__ import annotations


class ContentError(Exception):
    """A fault in a course's files.

    Attributes:
        file: Relative to the course's folder.
        line: Counted from 1; 0 where the fault belongs to no line.
        field: Where it is, such as "ce-start.options[2].why.zh".
        value: What stands there, shortened, on one line.
        sentence: What is wrong and what to do, in English.
    """

    def __init__(
        self,
        code: str,
        sentence: str,
        *,
        file: str = "",
        line: int = 0,
        field: str = "",
        value: str = "",
        details: dict[str, str] | None = None,
    ) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.file = file
        self.line = line
        self.field = field
        self.value = value
        self.details = details or {}

    def row(self) -> dict[str, str | int]:
        """Return the fault as one flat row for JSON."""
        return {
            "file": self.file,
            "line": self.line,
            "field": self.field,
            "value": self.value,
            "code": self.code,
            "sentence": self.sentence,
        }

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        value = f" = {self.value}" if self.value else ""
        return f"{place}: {self.field}{value}: {self.sentence}" if self.field else f"{place}: {self.sentence}"


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
