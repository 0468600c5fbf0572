"""Where a text breaks that Textual lays out itself, such as a notice, a row or a single sentence."""

from __future__ import annotations

from itertools import accumulate

from rich._wrap import divide_line

from tui.text.breaks import breaks, characters
from tui.text.cells import cells
from tui.text.span import Span


def divided(text: str, width: int, fold: bool = True) -> list[int]:
    """Return where each line but the first begins: Chinese breaks by the rules of the pages, all else as ever.

    Textual fills a line and cuts, so that a comma may begin the next.
    """
    if not fold or text.isascii() or cells(text.rstrip()) <= width:
        return divide_line(text, width, fold)
    spans = [Span(text)]
    letters = characters(spans)
    if all(letter.width < 2 for letter in letters):
        return divide_line(text, width, fold)
    reach = [0, *accumulate(letter.width for letter in letters)]
    offsets = [0, *accumulate(len(letter.text) for letter in letters)]
    found: list[int] = []
    line, last = 0, None
    for place in breaks(spans, letters, width):
        if last is not None and reach[place.stop] - reach[line] > width:
            line = last.start
            found.append(offsets[line])
        last = place
    return found
