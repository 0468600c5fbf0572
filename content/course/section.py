"""A section of a course: its title and what it wants to reach."""

from __future__ import annotations

import msgspec

from content.course.text import Text


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A section.

    Attributes:
        id: As printed, such as "1.3.2".
        slug: Its folder, such as "backprop".
        check_by: A date by which the facts of its page are to be checked again; "" for none.
        minutes: How long its page takes to read.
        recall: The short question that is asked before the page is first opened, such as "faq-size-recall"; ""
            for a page that opens at once. The page is then the answer, and its end leads to the other questions.
        objectives: By id, such as "132a".
        slips: Misconceptions by id, in the words that follow "you seem to think that ...".
    """

    id: str
    slug: str
    title: Text
    minutes: int = 0
    check_by: str = ""
    recall: str = ""
    objectives: dict[str, Text] = {}
    slips: dict[str, Text] = {}

    def within(self, chapter: str) -> bool:
        """Return whether the id begins with that of a chapter: "FAQ 2" with "FAQ", "1.3.2" with "1.3"."""
        return self.id.startswith(chapter) and self.id[len(chapter) : len(chapter) + 1] in ("", ".", " ")
