"""What grading says of an answer."""

from __future__ import annotations

import msgspec

from content.course.text import Text


class Part(msgspec.Struct, frozen=True):
    """One part of an answer: an option, a line, a rule, a pair, a blank, a point.

    Attributes:
        key: The option's id; "verdict", "line" or "answer"; "zero<back" for a rule; the id of a left part
            or blank; the number of a point from "0".
        slip: The misconception that was hit, "" for none.
        why: Why it is so; it may hold placeholders of a drawn question.
    """

    key: str
    right: bool
    slip: str = ""
    why: Text = Text()


class Verdict(msgspec.Struct, frozen=True):
    """What an answer is worth.

    Attributes:
        credit: From 0 to 1.
        right: Full credit; nothing less counts as right.
    """

    credit: float
    right: bool
    parts: tuple[Part, ...] = ()

    @property
    def slips(self) -> tuple[str, ...]:
        """The misconceptions that were hit, each once."""
        return tuple(dict.fromkeys(part.slip for part in self.parts if part.slip))


def verdict(credit: float, parts: list[Part], *, right: bool | None = None) -> Verdict:
    """Return the verdict; `right` follows from full credit unless it is given."""
    full = credit >= 1 if right is None else right
    return Verdict(1.0 if full else max(0.0, min(credit, 0.99)), full, tuple(parts))
