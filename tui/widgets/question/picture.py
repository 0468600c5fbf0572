"""What a question shows, whatever its type."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from tui.glyphs import Glyphs
from tui.text.span import Span
from tui.widgets.question.drawing import draw
from tui.widgets.question.face import Blank, Told
from tui.widgets.question.layout import Room, column, room
from tui.widgets.question.notes import Note, draw_notes
from tui.widgets.question.passage import wrapped
from tui.widgets.question.row import Row

ASK_MARGIN = 4
LEAST_NOTES = 3
"""Rows that are kept for hints and verdict, so that what stands above them does not move."""

PROSE_ROWS = 6


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is shown.

    Attributes:
        track: How the sitting went so far, a sign a question; shown where there is room.
        told: What is told of each field.
        locked: Fields take no more typing.
        meaning: How a typed number is read, where that is not plain.
        stages: The rows of each stage that the question goes through.
        steps: What is worked out below everything else; shown with the verdict.
        asking: No verdict is told yet.
        place: Where to read on, "" for nowhere.
        choosing: Rows can be chosen.
        comparing: A short answer is held against its rubric.
        least: Rows that are kept for the notes.
        spread: Rows may be parted by empty lines where there is room.
        ready: A confidence can lock the answer.
    """

    status: str
    ask: Sequence[Span]
    track: Sequence[Span] = ()
    fields: tuple[Blank, ...] = ()
    told: dict[str, Told] = {}
    locked: bool = True
    meaning: str = ""
    rows: tuple[Row, ...] = ()
    stages: tuple[tuple[Row, ...], ...] = ()
    steps: tuple[Row, ...] = ()
    place: str = ""
    asking: bool = False
    choosing: bool = False
    labels: tuple[str, str, str] = ("", "", "")
    lead: str = ""
    sure: int = 0
    ready: bool = False
    comparing: bool = False
    least: int = LEAST_NOTES
    notes: tuple[Note, ...] = ()
    spread: bool = True

    def rows_needed(self, width: int, height: int, *, strip: bool, signs: Glyphs) -> Room:
        """Return how to spend a window's rows on it."""
        cells = column(width)
        fields = sum(_field_rows(blank, cells, signs) for blank in self.fields)
        apart = 1 if fields and (self.rows or any(self.stages)) else 0
        dense, airy = (
            fields
            + apart
            + max(len(draw(rows, cells, signs, airy=airy and self.spread)) for rows in (self.rows, *self.stages))
            for airy in (False, True)
        )
        return room(
            height,
            strip=strip,
            ask=len(wrapped(self.ask, cells - ASK_MARGIN)),
            dense=dense,
            airy=airy,
            foot=1 + max(self.least, len(draw_notes(self.notes, cells))),
            below=len(draw(self.steps, cells, signs)) + 1 if self.steps else 0,
        )

    def rows_in(self, height: int, width: int, signs: Glyphs) -> tuple[Row, ...]:
        """Return the board's rows for so many lines of a window.

        Hints take lines: before an option is out of sight, the room that is kept for the whys is given up.
        """
        cells = column(width)
        drawn = [line.content.plain.strip() for line in draw(self.rows, cells, signs)]
        seen = max((at for at, line in enumerate(drawn, 1) if line), default=0)
        seen += sum(_field_rows(blank, cells, signs) for blank in self.fields)
        if not self.choosing or self.comparing or seen <= height or any(row.told for row in self.rows):
            return self.rows
        return tuple(msgspec.structs.replace(row, why="", reserve=(), note="") for row in self.rows)


def _field_rows(blank: Blank, cells: int, signs: Glyphs) -> int:
    if blank.prose:
        return PROSE_ROWS
    reserve = (Row(reserve=blank.reserve),) if any(blank.reserve) else ()
    return 1 + len(draw(reserve, cells, signs))
