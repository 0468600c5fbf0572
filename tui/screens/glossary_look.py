"""What the glossary shows: a row for each term, the chosen one in full."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from textual.content import Content

from content.course.course import Course
from content.course.term import Term
from content.course.visible import visible
from content.search.folding import words as folded_words
from tui.glyphs import Glyphs
from tui.text.fitting import fit, padded
from tui.text.marking import marked_lines, marked_name
from tui.words import Words

WIDE = 110
"""From so many cells on, rows say what a term means, and both definitions stand side by side."""

GAP = 3
FIRST, SECOND = 36, 30
"""Cells at most of the name in the learner's language and of the other."""


class GlossaryLook(msgspec.Struct, frozen=True):
    """Draws terms of a course into so many cells.

    Attributes:
        wanted: What was typed.
    """

    course: Course
    words: Words
    glyphs: Glyphs
    width: int
    wanted: str = ""

    @property
    def languages(self) -> tuple[str, ...]:
        """The learner's language, then the others of the course."""
        mine = self.words.language
        return tuple(dict.fromkeys([*([mine] if mine in self.course.languages else []), *self.course.languages]))

    def row(self, term: Term) -> Content:
        """Return a term as a row: its names side by side, and what else there is room for."""
        looked_for = folded_words(self.wanted)
        first = min(FIRST, (self.width - GAP) * 5 // 9) if self.width < WIDE else FIRST
        line = Content("")
        room = self.width
        for at, name in enumerate(self._names(term)[:2]):
            cells = max(4, min(first if at == 0 else SECOND, room))
            shown = marked_name(name, looked_for, cells, "" if at == 0 else "$quiet")
            line += shown + Content(" " * (cells - shown.cell_length + GAP))
            room -= cells + GAP
        if self.width >= WIDE and room > GAP:
            said = visible(term.says.say(self.words.language)).replace("\n", " ")
            line += Content.styled(fit(said, room), "$quiet")
        return line

    def detail(self, term: Term, height: int) -> list[Content]:
        """Return a term in full: names, definitions, where it is explained."""
        looked_for = folded_words(self.wanted)
        title = f" {self.glyphs.dot} ".join(dict.fromkeys(self._names(term)))
        lines = [marked_name(title, looked_for, self.width, "bold")]
        others = [visible(name) for language in self.languages for name in term.aka.get(language, ())]
        if others:
            said = self.words("glossary.also", names=", ".join(dict.fromkeys(others)))
            lines.append(marked_name(said, looked_for, self.width, "$quiet"))
        lines += self._said(term)
        foot = Content.styled(fit(self._where(term), self.width), "$learner")
        return [*lines[: max(0, height - 1)], foot][:height]

    def _names(self, term: Term) -> list[str]:
        return [visible(term.term.say(language)) for language in self.languages]

    def _said(self, term: Term) -> list[Content]:
        looked_for = folded_words(self.wanted)
        texts = list(dict.fromkeys(visible(term.says.say(language)) for language in self.languages))
        if self.width < WIDE or len(texts) != 2:
            return [line for text in texts for line in marked_lines(text, looked_for, self.width)]
        half = (self.width - 2 * GAP) // 2
        columns = [marked_lines(text, looked_for, half) for text in texts]
        return [_beside(columns, at, half) for at in range(max(map(len, columns)))]

    def _where(self, term: Term) -> str:
        section = self.course.section(term.section) if term.section else None
        if section is None:
            return self.words("glossary.nowhere")
        named = f"{section.id} {section.title.say(self.words.language)}"
        return f"{self.glyphs.arrow} {self.words('glossary.where', section=visible(named))}"


def _beside(columns: Sequence[Sequence[Content]], at: int, half: int) -> Content:
    """Return row `at` of two columns."""
    left, right = (column[at] if at < len(column) else Content("") for column in columns)
    return left + Content(padded("", half - left.cell_length + 2 * GAP)) + right
