"""Draws rows: cursor, mark, verdict and label at the left, the text, why below it or beside it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from textual.content import Content

from content.course.visible import visible
from tui.glyphs import Glyphs
from tui.text.cells import cells
from tui.text.fitting import fit
from tui.widgets.block_code import highlighted
from tui.widgets.question.passage import lines
from tui.widgets.question.row import Row

TEXT_AT = 9
"""The cell where texts begin."""

MARGIN = 1
"""Cells left free at the right."""

SHORT_CELLS = 14
"""Where no text is wider than this, whys stand beside the texts."""

GAP = 3


class Drawn(msgspec.Struct, frozen=True):
    """A line on the screen and the row that a click on it means."""

    content: Content
    id: str = ""


def draw(rows: Sequence[Row], width: int, signs: Glyphs, cursor: str = "", airy: bool = False) -> list[Drawn]:
    """Return the lines of a board `width` cells wide.

    Args:
        cursor: Id of the row that the cursor stands on, "" for none.
        airy: An empty line parts the rows; lines of code stay together.
    """
    column = _column(rows)
    drawn: list[Drawn] = []
    for at, row in enumerate(rows):
        if at and airy and not (row.empty or rows[at - 1].empty or (row.code and rows[at - 1].code)):
            drawn.append(Drawn(Content("")))
        drawn += _Pen(row, width, signs, row.id != "" and row.id == cursor).lines(column)
    return drawn


def _column(rows: Sequence[Row]) -> int:
    """Return the cells that texts take where whys fit beside them, else 0."""
    if any(row.code or not row.id for row in rows) or not any(row.why for row in rows):
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
        if not self.row.id and not self.row.code:
            drawn = [Drawn(Content(" " * TEXT_AT) + line) for line in self._remark()]
        elif column:
            drawn = self._beside(column)
        else:
            texts = [self._whole(at, line, 0) for at, line in enumerate(self._texts(self.room))]
            whys = [Content(" " * TEXT_AT) + line for line in self._whys(self.room)]
            drawn = [Drawn(line, self.row.id) for line in (*texts, *whys)]
        return drawn

    def _remark(self) -> list[Content]:
        """Return a remark: its text, in whose place the why stands once it is told."""
        row = self.row
        before = lines(row.text, self.room, f"${row.tone or 'quiet'}") if row.text else []
        after = lines(row.why, self.room) if row.why else []
        height = max(len(before), len(after), *(len(lines(each, self.room)) for each in row.reserve), 0)
        if row.empty:
            return [Content("")]
        shown = after if row.told and after else before
        return shown + [Content("")] * (height - len(shown))

    def _beside(self, column: int) -> list[Drawn]:
        texts = [self._whole(at, line, column) for at, line in enumerate(self._texts(column))]
        whys = self._whys(self.room - column - GAP)
        height = max(len(texts), len(whys))
        texts += [Content(" " * (TEXT_AT + column))] * (height - len(texts))
        whys += [Content("")] * (height - len(whys))
        return [Drawn(text + Content(" " * GAP) + why, self.row.id) for text, why in zip(texts, whys, strict=True)]

    def _texts(self, room: int) -> list[Content]:
        row = self.row
        style = f"${row.tone}" if row.tone else ""
        if row.right:
            style = "$success bold"
        elif row.chosen or row.held:
            style = "$learner bold" if row.right is None else "$error"
        if row.code:
            return [_highlighted(visible(row.text), style)]
        if row.cut:
            free = room - (cells(row.aside) + 2 if row.aside else 0)
            return lines(fit(visible(row.text).replace("\n", " "), free, self.signs.ellipsis), room, style)[:1]
        return lines(row.text, room, style)

    def _whys(self, room: int) -> list[Content]:
        """Return the lines of why and note: empty ones, in the highest possible number, until they are told."""
        row = self.row
        loud = row.chosen or row.right is not None
        why = lines(row.why, room, "" if loud else "$quiet") if row.why else []
        note = lines(row.note, room, "$model") if row.note else []
        height = max(len(why), *(len(lines(each, room)) for each in row.reserve), 0) + len(note)
        told = [*why, *note] if row.told else []
        return told + [Content("")] * (height - len(told))

    def _whole(self, at: int, text: Content, column: int) -> Content:
        """Return a line of the text with what stands at its left and right."""
        row = self.row
        line = (self._gutter() if at == 0 else Content(" " * TEXT_AT)) + text
        end = TEXT_AT + column if column else self.width
        if at == 0 and row.tail:
            line = _filled(line, TEXT_AT + row.tail_at)
            tone = {True: "$success", False: "$error", None: "$learner"}[row.right]
            line += Content.styled(fit(visible(row.tail), max(0, end - line.cell_length), self.signs.ellipsis), tone)
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
        marked = row.chosen or row.held
        return Content("").join(
            (
                _ink(">" if self.here else " ", "$learner bold"),
                _ink(opening, "$quiet"),
                _ink(signs.mark if marked else " ", "$learner bold"),
                _ink(closing, "$quiet"),
                _ink(verdict, "$success bold" if row.right else "$error bold"),
                Content(" " * (2 - len(row.label))),
                _ink(row.label, "$learner bold" if marked else "$quiet"),
                Content("  "),
            )
        )


def _highlighted(code: str, style: str) -> Content:
    """Return a line of code; what the marks say of it counts for more than what it is made of."""
    if style:
        return Content.styled(code, style)
    tones = {"comment": "$quiet", "keyword": "bold"}
    line = next(highlighted(code, "python"), ())
    return Content("").join(
        Content.styled(span.text, tones.get(span.style.removeprefix("block ").strip(), style)) for span in line
    )


def _ink(sign: str, style: str) -> Content:
    """Return a sign; an empty cell gets no style of its own, since each change of style costs 40 bytes."""
    return Content(sign) if sign.isspace() else Content.styled(sign, style)


def _filled(content: Content, width: int) -> Content:
    return content + Content(" " * max(0, width - content.cell_length))
