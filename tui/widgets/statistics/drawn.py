"""What every drawing of the learner's figures shares."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from rich.cells import cell_len
from textual.content import Content

from tui.glyphs import Glyphs
from tui.text.fitting import padded
from tui.text.span import Span
from tui.text.wrap import wrap
from tui.words import Words

LEARNER, QUIET, LINE, MODEL = "$learner", "$quiet", "$line", "$model"


class Paper(msgspec.Struct, frozen=True):
    """In which words, with which signs and how wide a block is drawn."""

    words: Words
    glyphs: Glyphs
    width: int

    def title(self, key: str) -> Content:
        """Return a block's title with a rule to its end."""
        said = self.words(key)
        rule = self.glyphs.h * max(0, self.width - cell_len(said) - 1)
        return Content.styled(said, "bold") + Content(" ") + Content.styled(rule, LINE)

    def prose(self, said: str) -> list[Content]:
        """Return a summary in as many lines as it needs."""
        lines = wrap([Span(said)], self.width)
        return [Content.styled("".join(span.text for span in line), QUIET) for line in lines]

    def bar(self, share: float, cells: int) -> str:
        """Return a bar for a share in 0..1, to half a cell."""
        halves = round(2 * cells * min(1.0, max(0.0, share)))
        if self.glyphs.ascii:
            return "#" * -(-halves // 2)
        return "⣿" * (halves // 2) + "⡇" * (halves % 2)


def beside(left: Sequence[Content], right: Sequence[Content], width: int, gap: int = 3) -> list[Content]:
    """Return two blocks side by side, the left one padded to a width."""
    rows = []
    for at in range(max(len(left), len(right))):
        one = left[at] if at < len(left) else Content("")
        other = right[at] if at < len(right) else Content("")
        rows.append(one + Content(" " * max(0, width - one.cell_length + gap)) + other)
    return rows


def label(text: str, cells: int) -> Content:
    """Return a label in a column of its own."""
    return Content(padded(text, cells))
