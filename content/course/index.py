"""The index of a course: what home needs, without a page or a question being parsed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from content.course.section import Section
from content.course.text import Text

if TYPE_CHECKING:
    from content.course.any_item import AnyItem

FORMAT = 1
"""The newest format of courses that this program reads."""


class Key(msgspec.Struct, frozen=True):
    """What the record needs to know of a question.

    Attributes:
        slips: Misconceptions that it can reveal.
    """

    id: str
    revision: int
    kind: str
    objective: str
    slips: tuple[str, ...] = ()


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """A course without its pages and questions.

    Attributes:
        chapters: Titles over several sections, by the beginning of their ids: "1.3" stands over "1.3.1" and "1.3.2".
        check_by: A date such as "2027-11-01", by which the facts are to be checked again; "" for none.
        keys: The questions by section, where they have been counted already.
    """

    id: str
    languages: tuple[str, ...]
    title: Text
    about: Text = Text()
    check_by: str = ""
    chapters: dict[str, Text] = {}
    sections: tuple[Section, ...] = ()
    slips: dict[str, Text] = {}
    keys: dict[str, tuple[Key, ...]] = {}

    def chapter(self, section: Section) -> str:
        """Return the chapter that a section stands in, "" for none; of several, the narrowest."""
        return max((name for name in self.chapters if section.within(name)), key=len, default="")


def keys_of(items: tuple[AnyItem, ...]) -> tuple[Key, ...]:
    """Return the keys of some questions."""
    from content.course.slips import slips_of  # it knows every type of question

    return tuple(Key(item.id, item.revision, item.kind, item.objective, slips_of(item)) for item in items)
