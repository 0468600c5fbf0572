"""A question: choose or type, say how sure you are, see why. Then the next one, and a look back at the end."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable, Iterable

from msgspec.structs import replace
from textual import events, on
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, TextArea

from content.errors import StoreError
from tui.screens.base import LearnScreen
from tui.screens.hints import takes_text
from tui.screens.question_desk import Desk
from tui.screens.question_picture import Picture, picture
from tui.screens.question_run import began
from tui.screens.question_sitting import sit_down
from tui.widgets.key_bar import KeyBar
from tui.widgets.question.board import Board
from tui.widgets.question.draft import Draft
from tui.widgets.question.face import LETTERS
from tui.widgets.question.field_row import FieldRow
from tui.widgets.question.fields import ProseField
from tui.widgets.question.notes import Notes
from tui.widgets.question.prose import Prose
from tui.widgets.question.sureness import Sureness
from tui.widgets.run_strip import StripLine

TYPING_SECONDS = 0.4
"""How long typing may go on before it is kept."""

RUN_ITEM = "ce-start"
"""The question whose right answer a run of the learner's own confirms."""

LETTER_KEYS = [
    Binding(letter, f"letter('{letter}')", "question.keys.letter", id="question.letter", show=False)
    for letter in dict.fromkeys(LETTERS.partition("h")[0] + "t")
]
"""`h` and what follows it are keys of their own; twelve partners in one question are too many anyway."""


class QuestionScreen(LearnScreen[None]):
    """Goes through a section's questions; what lies on the desk is always what the record keeps."""

    BINDINGS = [
        Binding("enter", "next", "question.keys.next", id="question.next"),
        Binding("space", "row", "question.keys.choose", id="board.choose", show=False),
        Binding("e", "edit", "question.keys.edit", id="question.edit"),
        Binding("1", "sure(1)", "question.keys.sure", id="question.sure", key_display="1-3"),
        Binding("2", "sure(2)", "question.keys.sure", id="question.sure", key_display="1-3"),
        Binding("3", "sure(3)", "question.keys.sure", id="question.sure", key_display="1-3"),
        Binding("u", "undo", "question.keys.undo", id="question.undo"),
        Binding("p", "paragraph", "question.keys.paragraph", id="question.paragraph"),
        Binding("h,f6", "hint", "question.keys.hint", id="question.hint"),
        Binding("s,f7", "skip", "question.keys.skip", id="question.skip"),
        Binding("exclamation_mark", "flag", "question.keys.flag", id="question.flag"),
        Binding("pagedown", "scroll(8)", "question.keys.scroll", id="question.page", show=False),
        Binding("pageup", "scroll(-8)", "question.keys.scroll", id="question.page", show=False),
        Binding("j,down", "line(1)", "question.keys.scroll", id="question.scroll", show=False),
        Binding("k,up", "line(-1)", "question.keys.scroll", id="question.scroll", show=False),
        *LETTER_KEYS,
        Binding("escape,backspace,q", "back", "question.keys.leave", id="base.back"),
    ]
    DEFAULT_CSS = """
    #question-frame { height: 1fr; align-horizontal: center; }
    #question-column { width: 1fr; max-width: 90; height: 1fr; }
    #question-ask { margin: 0 2 1 2; }
    #question-fields { height: auto; }
    #question-fields.-apart { margin-bottom: 1; }
    #question-foot { height: auto; }
    #question-below { height: auto; margin-top: 1; }
    """

    def __init__(self, slug: str, item_id: str = "") -> None:
        """Open a section's questions; an `item_id` of "" is the first open one."""
        super().__init__()
        self.slug = slug
        self.wanted = item_id
        self._desk: Desk | None = None
        self._said = ""
        self._typing: Timer | None = None

    def place(self) -> list[str] | None:
        return ["question", self.slug, (self.desk.item or "summary") if self._desk else self.wanted]

    @property
    def desk(self) -> Desk:
        """What lies before the learner; laid out when it is first asked for."""
        if self._desk is None:
            sitting = sit_down(
                self.owner.course,
                self.owner.record,
                self.slug,
                self.wanted,
                seed=secrets.randbits(53),
                session_id=uuid.uuid4().hex,
            )
            self._desk = Desk(sitting, self.words, self.glyphs, note=self._note)
        return self._desk

    def _note(self, item: str) -> str:
        return began(self.owner.runs, self.owner.followed, self.words) if item == RUN_ITEM else ""

    # -- what is shown

    def body(self) -> Iterable[Widget]:
        self.desk.speak(self.words, self.glyphs)
        shown = self._picture()
        with Vertical(id="question-frame"), Vertical(id="question-column"):
            yield Prose(id="question-ask")
            with VerticalScroll(id="question-body", can_focus=False):
                apart = "-apart" if shown.rows and shown.fields else ""
                with Vertical(id="question-fields", classes=apart):
                    for number, blank in enumerate(shown.fields):
                        text = self.desk.draft.texts.get(blank.name, "")
                        yield FieldRow(blank, number, text, self.glyphs)
                sortable = self.desk.face is not None and self.desk.face.sortable
                yield Board(self.glyphs, sortable=sortable, id="question-board")
            with Vertical(id="question-foot"):
                yield Sureness(id="question-sure")
                yield Notes(id="question-notes")
            with VerticalScroll(id="question-below", can_focus=False):
                steps = Board(self.glyphs, id="question-steps")
                steps.can_focus = steps.asking = False
                yield steps

    def fill(self) -> None:
        for item in self.desk.broken:
            self.notify(self.words("question.unreadable", item=item), severity="warning", markup=False)
        self.desk.broken.clear()
        self._draw()
        self._focus()

    def _picture(self) -> Picture:
        return picture(self.desk, self._said)

    def _draw(self) -> None:
        """Show what lies on the desk."""
        if not self.query("#question-foot"):
            return  # the language is just being switched
        desk, shown = self.desk, self._picture()
        section = self.owner.course.section(self.slug)
        title = f"{section.id} {section.title.say(self.words.language)}" if section else self.slug
        self.titled(title, shown.status)
        self.query_one("#question-ask", Prose).pieces = tuple(shown.ask)
        for row in self.query(FieldRow):
            row.tell(shown.told.get(row.blank.name), locked=shown.locked, meaning=shown.meaning)
        board = self.query_one("#question-board", Board)
        board.rows, board.asking = shown.rows, shown.choosing
        board.can_focus = shown.choosing
        board.display = bool(shown.rows)
        if desk.draft.cursor in board.choices():
            board.cursor = desk.draft.cursor
        elif board.cursor not in board.choices():
            board.cursor = next(iter(board.choices()), "")
        sure = self.query_one(Sureness)
        sure.labels, sure.lead, sure.sure, sure.ready = shown.labels, shown.lead, shown.sure, shown.ready
        sure.can_focus = desk.asking and not desk.comparing
        sure.display = desk.face is not None
        sure.place, sure.comparing = shown.place, shown.comparing
        notes = self.query_one(Notes)
        notes.notes, notes.least = shown.notes, shown.least
        self.query_one("#question-steps", Board).rows = shown.steps if desk.verdict is not None else ()
        self.query_one("#question-fields").set_class(bool(shown.fields and shown.rows), "-apart")
        self._arrange(shown)
        self.refresh_bindings()
        self.show_keys()

    def _arrange(self, shown: Picture) -> None:
        """Spend the window's rows."""
        size = self.app.size
        spent = shown.rows_needed(size.width, size.height, strip=self.strip is not None, signs=self.glyphs)
        self.query_one("#question-board", Board).airy = spent.airy
        self.query_one("#question-column").styles.padding = (spent.top, 0, 0, 0)
        self.query_one("#question-body").styles.height = spent.body
        self.query_one("#question-foot").styles.margin = (spent.gap, 0, 0, 0)
        below = self.query_one("#question-below")
        below.styles.height, below.display = max(0, spent.below - 1), spent.below > 0

    def _focus(self) -> None:
        """Give the focus to what is to be done next."""
        shown = self._picture()
        if shown.fields and not shown.locked:
            empty = [row for row in self.query(FieldRow) if not row.text.strip()]
            fields = empty or list(self.query(FieldRow))
            fields[0].field.focus()
        elif shown.choosing:
            self.query_one("#question-board").focus()
        else:
            self.set_focus(None)

    async def _turn_over(self) -> None:
        """Show another question."""
        self._said = ""
        await self.retranslate()
        self._focus()
        self.owner.keep_places()

    def on_resize(self, event: events.Resize) -> None:
        if self.query("#question-foot"):
            self._arrange(self._picture())

    def watch_strip(self, line: StripLine | None) -> None:
        super().watch_strip(line)
        if self._desk is not None and self.query("#question-foot"):
            self._arrange(self._picture())

    def show_keys(self) -> None:
        """Show the keys that matter now; the rest acts too, and stands behind `?`."""
        super().show_keys()
        if self._desk is not None and self._desk.asking:
            for bar in self.query(KeyBar):
                bar.hints = tuple(hint for hint in bar.hints if hint.action not in ("undo", "flag"))

    # -- choosing and typing

    def _put(self, draft: Draft) -> None:
        self._said = ""
        self.desk.put(draft)
        self._draw()

    def _put_later(self, draft: Draft) -> None:
        self._said = ""
        self.desk.put(draft, keep=False)
        if self._typing is None:
            self._typing = self.set_timer(TYPING_SECONDS, self._keep)
        self._draw()

    @on(Board.Moved)
    def row_moved(self, event: Board.Moved) -> None:
        event.stop()
        if self.desk.face is None or not self.desk.asking:
            return
        if event.row_id == self.desk.draft.cursor and not self.desk.draft.held:
            self.action_scroll(event.by)  # what stands beyond the last row is to be seen too
            return
        draft = self.desk.face.moved(self.desk.draft, event.row_id, event.by)
        if replace(draft, cursor="") == replace(self.desk.draft, cursor=""):
            self._put_later(draft)  # where the cursor stands is not worth waiting for the disk
        else:
            self._put(draft)

    @on(Board.Chosen)
    def row_chosen(self, event: Board.Chosen) -> None:
        event.stop()
        if self.desk.face is not None and self.desk.asking:
            self._put(self.desk.face.chosen(self.desk.draft, event.row_id))

    @on(Board.Shifted)
    def row_shifted(self, event: Board.Shifted) -> None:
        event.stop()
        if self.desk.face is not None and self.desk.asking:
            self._put(self.desk.face.shifted(self.desk.draft, event.row_id, event.by))

    @on(Board.Ended)
    def ticks_ended(self, event: Board.Ended) -> None:
        event.stop()
        if self.desk.comparing:
            self._locked(self.desk.settle)
        elif self._answered():
            self.query_one(Sureness).focus()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def typed(self, event: Input.Changed | TextArea.Changed) -> None:
        event.stop()
        texts = {row.blank.name: row.text for row in self.query(FieldRow)}
        if (
            not self.desk.asking
            or self.desk.comparing
            or texts == {**dict.fromkeys(texts, ""), **self.desk.draft.texts}
        ):
            return
        self._put_later(replace(self.desk.draft, texts=texts))

    @on(Input.Submitted)
    @on(ProseField.Ended)
    def field_ended(self, event: Input.Submitted | ProseField.Ended) -> None:
        """Go to the next field, and from the last one to the confidence."""
        event.stop()
        self._keep()
        fields = [row.field for row in self.query(FieldRow)]
        following = fields[fields.index(event.control) + 1 :]  # type: ignore[arg-type] # it is one of them
        empty = [row.field for row in self.query(FieldRow) if not row.text.strip()]
        if following and empty:
            following[0].focus()
        elif empty and len(fields) > 1:
            empty[0].focus()
        elif self._answered():
            self.query_one(Sureness).focus()

    def _keep(self) -> None:
        if self._typing is not None:
            self._typing.stop()
            self._typing = None
        if self._desk is not None:
            self._desk.keep_draft()

    def _answered(self) -> bool:
        """Return whether the answer is complete; say what is missing where it is not."""
        desk = self.desk
        if desk.face is not None and desk.face.answer(desk.draft) is None:
            self._tell(desk.face.missing(desk.draft))
            return False
        return True

    def _tell(self, said: str) -> None:
        self._said = said
        self._draw()

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
        self._focus_last_field()

    def on_unmount(self) -> None:
        self._keep()

    def on_screen_suspend(self) -> None:
        self._keep()

    # -- actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if self._desk is None:
            return True
        asking, comparing = self.desk.asking, self.desk.comparing
        match action:
            case "next" | "line":
                return not asking
            case "sure" | "hint" | "skip":
                return asking and not comparing
            case "letter" | "row":
                return asking
            case "undo":
                return self.desk.face is not None
            case "paragraph":
                return self.desk.verdict is not None
            case "flag":
                return self.desk.face is not None
            case "edit":
                return asking and not comparing and bool(self.query(FieldRow)) and not takes_text(self.focused)
        return super().check_action(action, parameters)

    def action_row(self) -> None:
        """Choose the row under the cursor."""
        self.query_one("#question-board", Board).action_choose()

    def action_letter(self, letter: str) -> None:
        """Choose the row with this letter."""
        row = next((row.id for row in self.query_one("#question-board", Board).rows if row.label == letter), "")
        if row and self.desk.face is not None:
            self._put(self.desk.face.chosen(self.desk.draft, row))

    def action_sure(self, sure: int) -> None:
        """Lock the answer and show what is right."""
        if self._answered():
            self._locked(lambda: self.desk.lock(sure))

    def _locked(self, lock: Callable[[], object]) -> None:
        self._keep()
        try:
            lock()
        except StoreError as problem:
            self.notify(self.words.error(problem), severity="error", timeout=15, markup=False)
            return
        self._said = ""
        self._draw()
        self._focus()
        self.call_after_refresh(self._show_answer)

    def _show_answer(self) -> None:
        """Scroll to where the verdict can be seen."""
        board, body = self.query_one("#question-board", Board), self.query_one("#question-body", VerticalScroll)
        if self.desk.comparing:
            body.scroll_to_widget(board, animate=False, top=True)
        elif self.desk.verdict is not None:
            body.scroll_home(animate=False)
            marked = [row.id for row in board.rows if row.id and (row.chosen or row.right is not None)]
            self.call_after_refresh(board.show_row, marked[0] if marked else "")

    async def action_next(self) -> None:
        """Go on to the next question, or back from the end."""
        if self.desk.face is None:
            self.desk.sitting.end()
            self.action_back()
            return
        self.desk.go_on()
        await self._turn_over()

    async def action_skip(self) -> None:
        """Leave this question for another time."""
        self._keep()
        self.desk.skip()
        await self._turn_over()
        self._tell(self.words("question.skipped"))

    async def action_undo(self) -> None:
        """Take the last answer back."""
        self._keep()
        try:
            undone = self.desk.undo()
        except StoreError as problem:
            self.notify(self.words.error(problem), severity="error", timeout=15, markup=False)
            return
        if undone:
            await self._turn_over()
        self._tell(self.words("question.undone" if undone else "question.nothing-to-undo"))

    def action_hint(self) -> None:
        """Show one more hint."""
        self._said = ""
        if self.desk.hint():
            self._draw()
        else:
            self._tell(self.words("question.no-hint"))

    def action_flag(self) -> None:
        """Flag a doubtful question, or take the flag back."""
        self._tell(self.words("question.flag-kept" if self.desk.flag() else "question.flag-gone"))

    def action_paragraph(self) -> None:
        """Open the page at the paragraph that the question cites."""
        if self.desk.face is not None:
            slug, _, anchor = self.desk.face.posed.item.cites.partition("#")
            self.owner.open(["page", slug, anchor])

    def action_edit(self) -> None:
        """Go back into the last field."""
        self._focus_last_field()

    def _focus_last_field(self) -> None:
        fields = list(self.query(FieldRow))
        if fields:
            fields[-1].field.focus()

    def action_line(self, by: int) -> None:
        """Scroll the explanations by a line."""
        self.action_scroll(by)

    def action_scroll(self, by: int) -> None:
        """Scroll the explanations."""
        for part in self.query(VerticalScroll):
            part.scroll_relative(y=by, animate=False)

    def action_back(self) -> None:
        self._keep()
        super().action_back()
