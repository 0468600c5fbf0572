"""Draws rows: cursor, mark, verdict and label at the left, the text, why below it or beside it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from textual.content import Content

from content.course.visible import visible
from tui.glyphs import Glyphs
from tui.text.cells import cells
from tui.widgets.question.prose import lines
from tui.widgets.question.row import Row

TEXT_AT = 9
"""The cell where texts begin."""

MARGIN = 1
"""Cells left free at the right."""

SHORT_CELLS = 14
"""Where no text is longer than this, whys stand beside the texts."""

GAP = 3


class Drawn(msgspec.Struct, frozen=True):
    """A line on the screen and the row that a click on it means."""

    content: Content
    id: str = ""


def draw(rows: Sequence[Row], width: int, signs: Glyphs, cursor: str = "", airy: bool = False) -> list[Drawn]:
    """Return the lines of a board `width` cells wide.

    Args:
        cursor: Id of the row that the cursor stands on, "" for none.
        airy: An empty line parts the rows; else only headings have one above.
    """
    column = _column(rows)
    drawn: list[Drawn] = []
    for before, row in zip((None, *rows), rows, strict=False):
        joined = row.code and (before is None or before.code or not airy)
        if before is not None and not joined and (airy or not row.id) and (before.id or not row.id):
            drawn.append(Drawn(Content("")))
        drawn += _Pen(row, width, signs, row.id != "" and row.id == cursor).lines(column)
    return drawn


def _column(rows: Sequence[Row]) -> int:
    """Return the cells that texts take where whys fit beside them, else 0."""
    if any(row.code or not row.id or row.aside for row in rows) or not any(row.why for row in rows):
        return 0
    widest = max((cells(visible(row.text)) for row in rows), default=0)
    return widest if widest <= SHORT_CELLS else 0


class _Pen:
    """Draws one row."""

    def __init__(self, row: Row, width: int, signs: Glyphs, here: bool) -> None:
        self.row = row
        self.width = width - MARGIN
        self.room = max(8, self.width - TEXT_AT)
        self.signs = signs
        self.here = here

    def lines(self, column: int) -> list[Drawn]:
        """Return the row's lines; texts take `column` cells, or the whole width where it is 0."""
        row = self.row
        if not row.id:
            return [Drawn(Content(" ") + line) for line in lines(row.text, self.width - 1, "$quiet")]
        texts = [self._whole(at, line, column) for at, line in enumerate(self._texts(column or self.room))]
        indent = Content(" " * TEXT_AT)
        if not column:
            return [
                Drawn(line, row.id) for line in (*texts, *(indent + line for line in self._whys(self.room)))
            ]
        whys = self._whys(self.room - column - GAP)
        empty = _filled(indent, TEXT_AT + column)
        texts += [empty] * (len(whys) - len(texts))
        whys += [Content("")] * (len(texts) - len(whys))
        return [Drawn(text + Content(" " * GAP) + why, row.id) for text, why in zip(texts, whys, strict=True)]

    def _texts(self, room: int) -> list[Content]:
        row = self.row
        if row.right is None:
            style = "$learner bold" if row.chosen or row.held else "$foreground"
        else:
            style = "$success bold" if row.right else ("$error" if row.chosen else "$foreground")
        if row.code:
            return [Content.styled(visible(row.text), style)]
        return lines(row.text, room, style)

    def _whys(self, room: int) -> list[Content]:
        """Return the lines of why and note: empty ones, in the same number, until they are told."""
        row = self.row
        told = lines(row.why, room, "$foreground" if row.chosen or row.right else "$quiet") if row.why else []
        told += lines(row.note, room, "$model") if row.note else []
        return told if row.told else [Content("")] * len(told)

    def _whole(self, at: int, text: Content, column: int) -> Content:
        """Return a line of the text with what stands at its left and right."""
        row = self.row
        line = (self._gutter() if at == 0 else Content(" " * TEXT_AT)) + text
        end = TEXT_AT + column if column else self.width
        if at == 0 and row.aside and line.cell_length + 2 + cells(row.aside) <= end:
            line = _filled(line, end - cells(row.aside)) + Content.styled(row.aside, f"${row.aside_tone}")
        if self.here:
            return _filled(line, end).stylize("on $block-cursor-background")
        if row.held:
            return _filled(line, end).stylize("on $learner-ground")
        return _filled(line, end).stylize("on $code-ground", TEXT_AT - 1) if row.code else _filled(line, end)

    def _gutter(self) -> Content:
        row, signs = self.row, self.signs
        opening, closing = ("[", "]") if row.box else (" ", " ")
        verdict = {True: signs.check, False: signs.cross, None: " "}[row.right]
        return Content("").join(
            (
                Content.styled(">" if self.here else " ", "$learner bold"),
                Content.styled(opening, "$quiet"),
                Content.styled(signs.mark if row.chosen or row.held else " ", "$learner bold"),
                Content.styled(closing, "$quiet"),
                Content.styled(verdict, "$success bold" if row.right else "$error bold"),
                Content.styled(f"{row.label:>2}  ", "$learner bold" if row.chosen else "$quiet"),
            )
        )


def _filled(content: Content, width: int) -> Content:
    return content + Content(" " * max(0, width - content.cell_length))
