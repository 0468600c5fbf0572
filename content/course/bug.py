"""A question that asks for the faulty line of a listing, and for the reason or the cure."""

from __future__ import annotations

from typing import Any, ClassVar

from content.course.fields import Fields
from content.course.item import Item
from content.course.option import Option, read_options
from content.course.text import Text


class Bug(Item, frozen=True, kw_only=True):
    """Spot the bug; full credit needs the line and the reason.

    Attributes:
        bug: The faulty line by its text, without indentation: a new line above breaks nothing.
        line_why: Why it is that line.
    """

    kind: ClassVar[str] = "bug"
    code: str
    bug: str
    line_why: Text
    options: tuple[Option, ...]

    def lines(self) -> tuple[str, ...]:
        """Return the lines of the listing."""
        return tuple(self.code.split("\n"))


def read_bug(fields: Fields, common: dict[str, Any]) -> Bug:
    """Return a listing with its bug."""
    return Bug(
        **common,
        code=fields.word("code").rstrip().expandtabs(4),
        bug=fields.word("bug").strip(),
        line_why=fields.text("line_why", optional=True),
        options=read_options(fields),
    )
