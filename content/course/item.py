"""What every question has, whatever its type."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from content.course.text import Text

LEVELS = ("E", "M", "H")
"""Easy, medium, hard."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A question.

    Attributes:
        id: For life; with the course's id it names the question in the learner's record.
        revision: A higher one starts the question anew; without it a change keeps its history.
        cites: Where a page explains it: "losses#where-a-loss-starts".
        blueprint: Where it comes from, in the author's own numbering.
        hints: Staged: first a nudge, then nearly the way.
        why: The explanation of the whole; options and parts have their own.
        check_by: A date by which its facts are to be checked again; "" for none.
        line: In its file, from 1.
    """

    kind: ClassVar[str] = ""

    id: str
    section: str
    objective: str
    level: str
    cites: str
    ask: Text
    hints: tuple[Text, ...] = ()
    why: Text = Text()
    blueprint: str = ""
    revision: int = 1
    check_by: str = ""
    line: int = 0
