"""A grid of cells, each a character in a style: what a chart is before Textual sees it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from tui.text.cells import clusters

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SPACE = ord(" ")
TAIL = 0
"""Stands in the second cell of a wide character."""

GAP = 6
"""Unchanged cells between two changes that are cheaper written again than jumped over."""


class Palette:
    """The styles that the numbers of a grid mean; number 0 is for blank cells."""

    def __init__(self, styles: Sequence[Style]) -> None:
        self.styles = styles
        ground = styles[0].bgcolor
        self.shows_on_blank = [style.bgcolor != ground or bool(style.reverse or style.underline) for style in styles]
        """Whether a blank in this style would be seen."""


class Grid:
    """Characters and styles of a rectangle of cells; styles are numbers into a palette, 0 for blank cells."""

    def __init__(self, columns: int, rows: int) -> None:
        import numpy as np

        self.columns = columns
        self.rows = rows
        self.codes: NDArray[np.uint32] = np.full((rows, columns), SPACE, np.uint32)
        self.styles: NDArray[np.uint16] = np.zeros((rows, columns), np.uint16)

    def write(self, column: int, row: int, text: str, style: int, end: int | None = None) -> int:
        """Write text from a cell on, as far as it fits before `end`.

        Returns:
            The column after the text.
        """
        end = self.columns if end is None else min(end, self.columns)
        if not 0 <= row < self.rows or column < 0:
            return column
        for cluster, width in clusters(unicodedata.normalize("NFC", text)):
            if column + width > end:
                break
            if width:
                self.codes[row, column] = ord(cluster[0])
                self.codes[row, column + 1 : column + width] = TAIL
                self.styles[row, column : column + width] = style
                column += width
        return column

    def write_before(self, end: int, row: int, text: str, style: int, start: int = 0) -> int:
        """Write text that ends before the column `end`, where it fits after `start`.

        Returns:
            The column where it starts, or `end` where it does not fit.
        """
        column = end - cell_len(text)
        if column < start or not text:
            return end
        self.write(column, row, text, style)
        return column

    def strip(self, row: int, palette: Palette) -> Strip:
        """Return one row for Textual; a blank takes the style before it: one change less for the terminal."""
        import numpy as np

        codes, styles = self.codes[row], self.styles[row]
        inked = np.where(styles > 0, np.arange(self.columns), 0)
        shown = styles[np.maximum.accumulate(inked)]
        shown = np.where((styles == 0) & np.array(palette.shows_on_blank)[shown], 0, shown)
        starts = np.flatnonzero(np.diff(shown, prepend=-1))
        text = codes.tobytes().decode("utf-32-le")
        ends = [*starts[1:].tolist(), self.columns]
        segments = [
            Segment(text[start:end].replace("\0", ""), palette.styles[style])
            for start, end, style in zip(starts.tolist(), ends, shown[starts].tolist(), strict=True)
        ]
        return Strip(segments, self.columns)

    def changes(self, before: Grid) -> list[Region]:
        """Return the spans of cells that differ from a grid of the same size."""
        import numpy as np

        differs = (self.codes != before.codes) | (self.styles != before.styles)
        rows = np.flatnonzero(differs.any(axis=1))
        return [
            Region(start, row, end - start, 1)
            for row in rows.tolist()
            for start, end in self._spans(np.flatnonzero(differs[row]).tolist(), row, before)
        ]

    def text(self) -> list[str]:
        """Return the rows as plain text."""
        return [row.tobytes().decode("utf-32-le").replace("\0", "") for row in self.codes]

    def _spans(self, columns: list[int], row: int, before: Grid) -> Iterator[tuple[int, int]]:
        """Yield start and end of runs of changed cells; no wide character, old or new, is cut."""
        start = end = columns[0]
        for column in columns:
            if column > end + GAP:
                yield self._whole(start, end, row, before)
                start = column
            end = column + 1
        yield self._whole(start, end, row, before)

    def _whole(self, start: int, end: int, row: int, before: Grid) -> tuple[int, int]:
        for codes in (self.codes[row], before.codes[row]):
            while start and codes[start] == TAIL:
                start -= 1
            while end < self.columns and codes[end] == TAIL:
                end += 1
        return start, end
