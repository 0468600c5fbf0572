"""What is said below an answer: hints while it is given, the verdict and where to read on afterwards."""

from __future__ import annotations

from collections.abc import Mapping

from content.course.course import Course
from content.course.item import Item
from content.quiz.verdict import Verdict
from tui.widgets.question.draft import Draft
from tui.widgets.question.face import Face
from tui.widgets.question.notes import Note


def hint_notes(face: Face, draft: Draft) -> tuple[Note, ...]:
    """Return the hints that were asked for, the newest last."""
    hints = face.posed.item.hints
    return tuple(
        Note(face.say(hint), label=face.words("question.hint", n=number, all=len(hints)), tone="learner")
        for number, hint in enumerate(hints[: draft.hints], 1)
    )


def verdict_notes(
    face: Face, draft: Draft, verdict: Verdict, *, returns: str, hits: Mapping[str, int], course: Course
) -> tuple[Note, ...]:
    """Return what is said once the answer is locked.

    Args:
        returns: When the question comes again, in a sentence.
        hits: How often each misconception was hit so far, by this answer, too.
    """
    words, signs = face.words, face.signs
    gap = "" if words.language == "zh" else " "
    if verdict.right:
        said = gap.join(filter(None, (_praise(face, draft), returns)))
        notes = [Note(said, sign=signs.check, label=words("question.right"), tone="success")]
    else:
        told = [
            face.partly(verdict),
            words("question.wrong-sure") if draft.sure == 3 else "",
            returns,
        ]
        said = gap.join(filter(None, told))
        notes = [Note(said, sign=signs.cross, label=face.failed(verdict), tone="error")]
    for slip in verdict.slips:
        meant = course.slip(slip)
        if meant is not None:
            times = hits.get(slip, 1)
            key = "question.slip-again" if times > 1 else "question.slip"
            said = words(key, slip=meant.say(words.language).rstrip(".。"), n=times)
            notes.append(Note(said, tone="learner"))
    explained = face.explained(verdict)
    if explained:
        notes.append(Note(explained))
    return tuple(notes)


def cited(course: Course, item: Item, language: str) -> str:
    """Return the section and the heading that a question cites, "" where the page has no such place."""
    slug, _, anchor = item.cites.partition("#")
    section, page = course.section(slug), course.page(slug, language)
    if section is None or page is None or anchor not in page.anchors():
        return ""
    at = page.anchors()[anchor]
    headings = [words for _, words, index in page.contents() if index <= at]
    return f"{section.id} {headings[-1] if headings else page.title}"


def _praise(face: Face, draft: Draft) -> str:
    if draft.attempt > 1:
        return face.words("question.right-again")
    if draft.sure == 1:
        return face.words("question.right-guess")
    return face.words("question.right-unsure") if draft.sure == 2 else ""
