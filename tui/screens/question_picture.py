"""What a question screen shows, computed from what lies on the desk."""

from __future__ import annotations

from content.course.numerals import show
from tui.days import said_day
from tui.learner import due_in, said_of
from tui.screens.question_desk import Desk
from tui.screens.question_said import cited, hint_notes, verdict_notes
from tui.screens.question_summary import summary_rows, summary_title
from tui.text.span import Span
from tui.widgets.question.face_typed import NUMBER, NumberFace
from tui.widgets.question.layout import COLUMN
from tui.widgets.question.notes import Note
from tui.widgets.question.passage import spans
from tui.widgets.question.picture import ASK_MARGIN, LEAST_NOTES, Picture

TRACK_CELLS = COLUMN - ASK_MARGIN
"""The track of a sitting takes one line."""


def picture(desk: Desk, said: str) -> Picture:
    """Return what is shown; `said` is a sentence about what the learner has just done, "" for none."""
    words, face, draft = desk.words, desk.face, desk.draft
    aloud = (Note(said, tone="warning"),) if said else ()
    if face is None:
        return _summary(desk, aloud)
    verdict = desk.verdict
    if verdict is not None:
        notes = verdict_notes(face, draft, verdict, returns=_returns(desk), hits=desk.figures.hits, course=desk.course)
        if desk.recalling:
            notes = (*notes, Note(words("recall.page"), tone="quiet"))
        elif desk.figures.begun:
            recall = f"{desk.figures.stands.recall or 0:.0%}"
            notes = (*notes, Note(words("question.forecast", recall=recall), tone="quiet"))
        lead = words("question.locked", n=draft.sure)
    else:
        notes = hint_notes(face, draft)
        if desk.recalling and not notes and not desk.comparing:
            notes = (Note(words("recall.why"), tone="quiet"),)
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
        track=_track(desk),
        fields=face.blanks(),
        told=face.told(verdict) if verdict is not None else {},
        locked=verdict is not None or desk.comparing,
        meaning=meaning,
        rows=rows,
        stages=face.stages(draft),
        steps=face.steps(),
        place=cited(desk.course, face.posed.item, words.language) if verdict is not None else "",
        choosing=desk.asking and any(row.id for row in rows),
        labels=(words("question.sure-1"), words("question.sure-2"), words("question.sure-3")),
        lead=lead,
        sure=draft.sure,
        ready=desk.asking and face.answer(draft) is not None,
        asking=desk.asking,
        comparing=desk.comparing,
        least=0 if desk.comparing else LEAST_NOTES,
        notes=(*notes, *aloud),
    )


def _summary(desk: Desk, aloud: tuple[Note, ...]) -> Picture:
    outcomes, words = desk.sitting.outcomes(), desk.words
    if not outcomes:
        return Picture(status=_status(desk), ask=spans(words("question.none")), notes=aloud)
    left = len(due_in(desk.course, desk.record)) if desk.mixed else 0
    end = words("question.summary.end-due", n=left) if left else words("question.summary.end")
    return Picture(
        status=_status(desk),
        ask=spans(summary_title(outcomes, words), "$learner bold"),
        rows=summary_rows(desk.sitting, words, desk.signs),
        spread=False,
        least=1,
        notes=(*aloud, Note(end, tone="quiet")),
    )


def _status(desk: Desk) -> str:
    """Return the title line's right end: where the sitting is, coverage and recall."""
    words, asked = desk.words, desk.face is not None  # then the section's title needs the room
    stands = said_of(desk.figures.stands, words, desk.signs.mark, brief=asked)
    if desk.face is None:
        return stands
    if desk.recalling:
        return words("recall.status", stands=stands)
    if desk.draft.attempt > 1:
        return words("question.status-again", left=desk.sitting.left, stands=stands)
    standing = desk.sitting.standing()
    number = standing.asked + (desk.verdict is None)
    return words("question.status", n=number, all=standing.total, stands=stands)


def _returns(desk: Desk) -> str:
    """Return when a question comes back: in this sitting, and on which day."""
    words = desk.words
    when = said_day(desk.figures.due, desk.record.today, words)
    if desk.verdict is None or desk.verdict.right or (desk.mixed and not desk.returns):
        return words("question.returns-when", when=when)
    if desk.recalling:
        return words("recall.returns", when=when)
    return words("question.returns" if desk.returns else "question.returns-next", when=when)


def _track(desk: Desk) -> tuple[Span, ...]:
    """Return a sign for each question of the sitting: right, wrong, present, still to come.

    There is none for a single question, and none where they do not fit into a line.
    """
    outcomes = desk.sitting.outcomes()
    if desk.recalling or len(outcomes) > TRACK_CELLS:
        return ()
    signs, found = desk.signs, list[Span]()
    gap = " " if 2 * len(outcomes) <= TRACK_CELLS else ""
    for outcome in outcomes:
        if desk.asking and outcome.item == desk.item:
            sign, tone = signs.mark, "$learner bold"
        elif outcome.answers:
            sign, tone = (signs.check, "$success") if outcome.right else (signs.cross, "$error")
        else:
            sign, tone = signs.dot, "$quiet"
        found += [Span(sign, tone), Span(gap)]
    return tuple(found)
