"""What a question screen shows, computed from what lies on the desk."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from content.course.numerals import show
from tui.glyphs import Glyphs
from tui.screens.question_desk import Desk
from tui.screens.question_layout import Room, column, room
from tui.screens.question_said import cited, hint_notes, verdict_notes
from tui.screens.question_summary import summary_rows, summary_title
from tui.text.span import Span
from tui.widgets.question.drawing import draw
from tui.widgets.question.face import Blank, Told
from tui.widgets.question.face_typed import NUMBER, NumberFace
from tui.widgets.question.notes import Note, draw_notes
from tui.widgets.question.prose import spans, wrapped
from tui.widgets.question.row import Row

ASK_MARGIN = 4
LEAST_NOTES = 3
"""Rows that are kept for hints and verdict, so that what stands above them does not move."""

PROSE_ROWS = 6


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is shown.

    Attributes:
        told: What is told of each field.
        locked: Fields take no more typing.
        meaning: How a typed number is read, where that is not plain.
        reserved: The rows for which there must be room once the answer is locked.
        steps: What is worked out below everything else; shown with the verdict.
        place: Where to read on, "" for nowhere.
        choosing: Rows can be chosen.
        comparing: A short answer is held against its rubric.
        least: Rows that are kept for the notes.
        ready: A confidence can lock the answer.
    """

    status: str
    ask: Sequence[Span]
    fields: tuple[Blank, ...] = ()
    told: dict[str, Told] = {}
    locked: bool = True
    meaning: str = ""
    rows: tuple[Row, ...] = ()
    reserved: tuple[Row, ...] = ()
    steps: tuple[Row, ...] = ()
    place: str = ""
    choosing: bool = False
    labels: tuple[str, str, str] = ("", "", "")
    lead: str = ""
    sure: int = 0
    ready: bool = False
    comparing: bool = False
    least: int = LEAST_NOTES
    notes: tuple[Note, ...] = ()

    def rows_needed(self, width: int, height: int, *, strip: bool, signs: Glyphs) -> Room:
        """Return how to spend a window's rows on it."""
        cells = column(width)
        fields = sum(_field_rows(blank, cells, signs) for blank in self.fields)
        apart = 1 if fields and self.rows else 0
        dense, airy = (
            fields + apart + max(len(draw(rows, cells, signs, airy=airy)) for rows in (self.rows, self.reserved))
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


def picture(desk: Desk, said: str) -> Picture:
    """Return what is shown; `said` is a sentence about what the learner has just done, "" for none."""
    words, face, draft = desk.words, desk.face, desk.draft
    aloud = (Note(said, tone="warning"),) if said else ()
    if face is None:
        return _summary(desk, aloud)
    verdict = desk.verdict
    if verdict is not None:
        notes = verdict_notes(face, draft, verdict, returns=desk.returns, known=desk.known, course=desk.course)
        lead = words("question.locked", n=draft.sure)
    else:
        notes = hint_notes(face, draft)
        lead = words("question.comparing" if desk.comparing else "question.how-sure")
    if desk.flagged and not said:
        aloud = (Note(words("question.flagged"), sign="!", tone="warning"),)
    meaning = ""
    typed = draft.texts.get(NUMBER, "").strip()
    if isinstance(face, NumberFace) and (number := face.read(typed)) is not None:
        read = show(number)
        meaning = "" if read.replace(",", "") == typed.replace(",", "") else words("question.read-as", number=read)
    rows = face.rows(draft, verdict)
    return Picture(
        status=_status(desk),
        ask=face.ask(draft),
        fields=face.blanks(),
        told=face.told(verdict) if verdict is not None else {},
        locked=verdict is not None or desk.comparing,
        meaning=meaning,
        rows=rows,
        reserved=face.reserved(draft),
        steps=face.steps(),
        place=cited(desk.course, face.posed.item, words.language) if verdict is not None else "",
        choosing=desk.asking and any(row.id for row in rows),
        labels=(words("question.sure-1"), words("question.sure-2"), words("question.sure-3")),
        lead=lead,
        sure=draft.sure,
        ready=desk.asking and face.answer(draft) is not None,
        comparing=desk.comparing,
        least=0 if desk.comparing else LEAST_NOTES,
        notes=(*notes, *aloud),
    )


def _summary(desk: Desk, aloud: tuple[Note, ...]) -> Picture:
    outcomes, words = desk.sitting.outcomes(), desk.words
    if not outcomes:
        return Picture(status=_status(desk), ask=spans(words("question.none")), notes=aloud)
    return Picture(
        status=_status(desk),
        ask=spans(summary_title(outcomes, words), "$learner bold"),
        rows=summary_rows(outcomes, desk.course, words),
        notes=(*aloud, Note(words("question.summary.end"), tone="quiet")),
    )


def _status(desk: Desk) -> str:
    """Return the title line's right end."""
    seen = desk.record.seen(desk.course.id)
    keys = desk.course.keys(desk.sitting.slug)
    counted = sum((key.id, key.revision) in seen for key in keys)
    common = {"mark": desk.signs.mark, "seen": counted, "total": len(keys)}
    if desk.face is None:
        return desk.words("question.status-end", **common)
    standing = desk.sitting.standing()
    if desk.draft.attempt > 1:
        left = len(standing.waiting) + (standing.turn is not None)
        return desk.words("question.status-again", left=left, **common)
    number = standing.asked + (desk.verdict is None)
    return desk.words("question.status", n=number, all=standing.total, **common)


def _field_rows(blank: Blank, cells: int, signs: Glyphs) -> int:
    if blank.prose:
        return PROSE_ROWS
    reserve = (Row(reserve=blank.reserve),) if any(blank.reserve) else ()
    return 1 + len(draw(reserve, cells, signs))
