"""What do you know of it already? Asked before a page is first opened; the page is the answer."""

from __future__ import annotations

from textual.binding import Binding

from tui.screens.question import QuestionScreen
from tui.screens.question_begin import fresh, sit_to_recall
from tui.screens.question_sitting import Sitting


class RecallScreen(QuestionScreen):
    """Asks one question, in the learner's own words, and leads to the page, whatever becomes of it."""

    BINDINGS = [
        Binding("enter", "next", "recall.keys.page", id="question.next"),
        Binding("s,f7", "skip", "recall.keys.skip", id="question.skip"),
    ]

    def place(self) -> list[str] | None:
        return ["recall", self.slug]

    def sit(self) -> Sitting:
        return sit_to_recall(self.owner.course, self.owner.record, self.slug, **fresh())

    async def action_next(self) -> None:
        """Go on to the page."""
        self.desk.sitting.end()
        self._to_page()

    async def action_skip(self) -> None:
        """Go on to the page without an answer; the question is asked again after the others."""
        self._keep()
        if self._saved(self.desk.skip):
            self.desk.sitting.end()
            self.notify(self.words("recall.skipped"), markup=False)
        self._to_page()

    def _to_page(self) -> None:
        from tui.screens.page import PageScreen

        if self.app.screen is self:
            self.app.switch_screen(PageScreen(self.slug))

    def action_back(self) -> None:
        if self.desk.verdict is not None:
            self.desk.sitting.end()
        super().action_back()
