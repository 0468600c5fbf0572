"""Texts in which what was looked for stands out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

from content.search.folding import Stretch, stretches
from content.search.ranking import where
from tui.text.fitting import fit
from tui.text.span import Span, plain
from tui.text.wrap import wrap

MARK = "$learner bold"


def marked_name(name: str, wanted: Sequence[str], cells: int, tone: str = "") -> Content:
    """Return a name in at most so many cells; where letters of it were typed as pinyin, they stand out, too."""
    shown = fit(name, cells)
    return marked(shown, where(shown, wanted), tone)


def marked_lines(text: str, wanted: Sequence[str], cells: int, tone: str = "") -> list[Content]:
    """Return the lines of a paragraph."""
    lines = [plain(line) for line in wrap([Span(text)], cells)]
    return [marked(line, stretches(line, wanted), tone) for line in lines]


def marked(text: str, found: Iterable[Stretch], tone: str = "") -> Content:
    """Return a text whose stretches stand out."""
    content = Content.styled(text, tone) if tone else Content(text)
    for begin, end in found:
        content = content.stylize(MARK, begin, end)
    return content
