"""A question: choose or type, say how sure you are, see why. Then the next one, and a look back at the end."""

from __future__ import annotations

from textual import on
from textual.binding import Binding

from tui.screens.doubt import DoubtScreen
from tui.screens.hints import takes_text
from tui.screens.question_answer import AnswerScreen
from tui.widgets.question.face import LETTERS
from tui.widgets.question.pane import QuestionPane
from tui.widgets.question.sureness import Sureness

LETTER_KEYS = [
    Binding(letter, f"letter('{letter}')", "question.keys.letter", id="question.letter", show=False)
    for letter in dict.fromkeys(LETTERS.partition("h")[0] + "t")
]
"""`h` and what follows it are keys of their own; twelve partners in one question are too many anyway."""


class QuestionScreen(AnswerScreen):
    """Goes through a section's questions; what lies on the desk is always what the record keeps."""

    BINDINGS = [
        Binding("enter", "next", "question.keys.next", id="question.next"),
        Binding("enter", "finish", "question.keys.finish", id="question.finish"),
        Binding("space", "row", "question.keys.choose", id="board.choose", show=False),
        Binding("e", "edit", "question.keys.edit", id="question.edit"),
        Binding("1", "sure(1)", "question.keys.sure", id="question.sure", key_display="1-3"),
        Binding("2", "sure(2)", "question.keys.sure", id="question.sure", key_display="1-3"),
        Binding("3", "sure(3)", "question.keys.sure", id="question.sure", key_display="1-3"),
        Binding("u", "undo", "question.keys.undo", id="question.undo"),
        Binding("ctrl+r,U", "redo", "question.keys.redo", id="question.redo", show=False),
        Binding("p", "paragraph", "question.keys.paragraph", id="question.paragraph"),
        Binding("h,f6", "hint", "question.keys.hint", id="question.hint"),
        Binding("s,f7", "skip", "question.keys.skip", id="question.skip"),
        Binding("exclamation_mark", "flag", "question.keys.flag", id="question.flag"),
        Binding("pagedown", "scroll(8)", "question.keys.scroll", id="question.page", show=False),
        Binding("pageup", "scroll(-8)", "question.keys.scroll", id="question.page", show=False),
        Binding("j,down", "line(1)", "question.keys.scroll", id="question.scroll", show=False),
        Binding("k,up", "line(-1)", "question.keys.scroll", id="question.scroll", show=False),
        *LETTER_KEYS,
        Binding("escape,backspace,q", "abandon", "question.keys.abandon", id="base.back"),
        Binding("escape,backspace,q", "back", "question.keys.leave", id="base.back"),
    ]

    @on(Sureness.Chosen)
    def sure_clicked(self, event: Sureness.Chosen) -> None:
        event.stop()
        self.action_sure(event.sure)

    @on(Sureness.PlaceRequested)
    def place_clicked(self, event: Sureness.PlaceRequested) -> None:
        event.stop()
        self.action_paragraph()

    @on(Sureness.EditRequested)
    def edit_requested(self, event: Sureness.EditRequested) -> None:
        event.stop()
        self.pane.focus_last_field()

    skipped = "question.skipped"
    """What is said of a question that is left for another time."""

    # -- actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if self._desk is None:
            return True
        asking, comparing = self.desk.asking, self.desk.comparing
        match action:
            case "abandon" | "back":
                return (asking and not self.desk.kept) == (action == "abandon")
            case "line":
                return not asking
            case "finish":
                return self.desk.face is None
            case "sure" | "hint" | "skip":
                return asking and not comparing
            case "letter" | "row":
                return asking
            case "undo":
                return self.desk.face is not None
            case "redo":
                return self.desk.face is not None and self.desk.figures.undone is not None
            case "paragraph" | "next":
                return self.desk.verdict is not None
            case "flag":
                return self.desk.face is not None
            case "edit":
                typed = any(pane.fields for pane in self.query(QuestionPane))
                return asking and not comparing and typed and not takes_text(self.focused)
        return super().check_action(action, parameters)

    def action_row(self) -> None:
        """Choose the row under the cursor."""
        self.pane.board.action_choose()

    def action_letter(self, letter: str) -> None:
        """Choose the row with this letter."""
        row = self.pane.letter_row(letter)
        if row and self.desk.face is not None:
            self._put(self.desk.face.chosen(self.desk.draft, row))

    def action_sure(self, sure: int) -> None:
        """Lock the answer and show what is right."""
        if self._answered():
            self.settle_with(lambda: self.desk.lock(sure))

    async def action_next(self) -> None:
        """Go on to the next question, or to the look back at the end."""
        self.desk.go_on()
        await self._turn_over()

    def action_finish(self) -> None:
        """Leave the look back; the next time a new sitting begins."""
        self.desk.sitting.end()
        self.action_back()

    async def action_skip(self) -> None:
        """Leave this question for another time."""
        self._keep()
        if self._saved(self.desk.skip):
            await self._turn_over(self.words(self.skipped) if self.desk.asking else "")  # the look back says it itself

    async def action_undo(self) -> None:
        """Take the last answer back."""
        self._keep()
        if not self.desk.sitting.entries():
            self._tell(self.words("question.nothing-to-undo"))
        elif self._saved(self.desk.undo):
            await self._turn_over(self.words("question.undone"))

    async def action_redo(self) -> None:
        """Bring back what was taken back last."""
        self._keep()
        if self._saved(self.desk.redo):
            await self._turn_over(self.words("question.redone"))
            self.call_after_refresh(self.pane.show_answer)

    def action_hint(self) -> None:
        """Show one more hint."""
        self._said = ""
        if self.desk.hint():
            self._draw()
        else:
            self._tell(self.words("question.no-hint"))

    def action_flag(self) -> None:
        """Flag a doubtful question, and ask what is wrong with it; or take the flag back."""
        if not self.desk.flag():
            return  # the app has said why
        self._tell(self.words("question.flag-kept" if self.desk.flagged else "question.flag-gone"))
        if self.desk.flagged and self.desk.face is not None:
            self.app.push_screen(DoubtScreen(self.words, self.desk.face.ask(self.desk.draft)), self._doubted)

    def _doubted(self, note: str | None) -> None:
        if note:
            self.desk.note_doubt(note)

    def action_paragraph(self) -> None:
        """Open the page at the paragraph that the question cites."""
        if self.desk.face is not None:
            slug, _, anchor = self.desk.face.posed.item.cites.partition("#")
            self.owner.open(["page", slug, anchor])

    def action_edit(self) -> None:
        """Go back into the last field."""
        self.pane.focus_last_field()

    def action_line(self, by: int) -> None:
        """Scroll the explanations by a line."""
        self.action_scroll(by)

    def action_scroll(self, by: int) -> None:
        """Scroll the explanations."""
        self.pane.scroll_lines(by)

    def action_abandon(self) -> None:
        """Leave, though half an answer cannot be kept: the learner was told."""
        self.action_back()

    def action_back(self) -> None:
        self._keep()
        super().action_back()
