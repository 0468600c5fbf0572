"""The review: what is due from all sections, mixed, so that which rule a question needs must be found out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from tui.screens.question import QuestionScreen
from tui.screens.question_begin import fresh
from tui.screens.question_sitting import Sitting
from tui.screens.review_sitting import sit_to_review

if TYPE_CHECKING:
    from tui.owner import Owner

SUMMARY = "summary"


class ReviewScreen(QuestionScreen):
    """A question screen over a mixed sitting; the section of a question is told with its verdict only."""

    skipped = "review.skipped"

    def __init__(self, sitting: Sitting) -> None:
        super().__init__("")
        self.sitting = sitting

    def place(self) -> list[str] | None:
        return ["review"] if self.desk.item else ["review", SUMMARY]

    def sit(self) -> Sitting:
        return self.sitting

    def heading(self) -> str:
        title, desk = self.words("review.title"), self.desk
        if desk.face is None or desk.asking:
            return title
        return f"{title} {self.glyphs.dot} {self.named(desk.face.posed.item.section)}"


def review_screen(app: Owner, at: str) -> Screen[Any]:
    """Return the review of what is due; where nothing is, what says so."""
    sitting = sit_to_review(app.course, app.record, at, cap=app.choices.review, **fresh())
    if sitting is not None:
        return ReviewScreen(sitting)
    from tui.screens.review_none import NothingDueScreen

    return NothingDueScreen()
