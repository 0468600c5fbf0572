"""A question on the screen: what is shown of the desk, and what choosing and typing change on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec.structs import replace
from textual import events, on
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, TextArea

from content.errors import StoreError
from tui.screens.base import LearnScreen
from tui.screens.hints import hints
from tui.screens.question_begin import fresh, sit_down
from tui.screens.question_desk import Desk
from tui.screens.question_picture import picture
from tui.screens.question_run import began
from tui.screens.question_sitting import Sitting
from tui.widgets.key_bar import MOST, KeyBar
from tui.widgets.question.draft import Draft
from tui.widgets.question.fields import Ahead, ProseField
from tui.widgets.question.pane import QuestionPane
from tui.widgets.question.slate import Slate
from tui.widgets.run_strip import StripLine

TYPING_SECONDS = 0.4
"""How long typing may go on before it is kept."""

RUN_ITEM = "ce-start"
"""The question whose right answer a run of the learner's own confirms."""


class AnswerScreen(LearnScreen[None]):
    """Shows what lies on the desk, and takes what the learner chooses and types."""

    def __init__(self, slug: str, item_id: str = "") -> None:
        """Open a section's questions; an `item_id` of "" is the first open one."""
        super().__init__()
        self.slug = slug
        self.wanted = item_id
        self._desk: Desk | None = None
        self._said = ""
        self._unsaved = False
        self._strip_shown = False
        self._typing: Timer | None = None

    def place(self) -> list[str] | None:
        return ["question", self.slug, (self.desk.item or "summary") if self._desk else self.wanted]

    @property
    def desk(self) -> Desk:
        """What lies before the learner; laid out when it is first asked for."""
        if self._desk is None:
            self._desk = Desk(self.sit(), self.words, self.glyphs, note=self._note)
        return self._desk

    def sit(self) -> Sitting:
        """Return the way through questions that this screen goes; the one that is under way, else a new one."""
        return sit_down(self.owner.course, self.owner.record, self.slug, self.wanted, **fresh())

    def _note(self, item: str) -> str:
        return began(self.owner.runs, self.owner.followed, self.words) if item == RUN_ITEM else ""

    # -- what is shown

    def body(self) -> Iterable[Widget]:
        desk = self.desk
        desk.speak(self.words, self.glyphs)
        sortable = desk.face is not None and desk.face.sortable
        yield QuestionPane(picture(desk, self._said), desk.draft.texts, self.glyphs, sortable=sortable)

    async def course_changed(self) -> None:
        """Lay the desk anew: the sitting and the draft are kept, the question may say something else."""
        self._keep()
        if self._desk is not None and self._desk.item:
            self.wanted = self._desk.item
        self._desk = None
        await self.retranslate()

    def fill(self) -> None:
        for item in self.desk.broken:
            self.notify(self.words("question.unreadable", item=item), severity="warning", markup=False)
        self.desk.broken.clear()
        self._draw()
        for pane in self.query(QuestionPane):
            pane.focus_next_step(self.desk.draft.field)

    def _draw(self) -> None:
        """Show what lies on the desk."""
        if self._desk is None or self.changing:
            return
        shown = picture(self._desk, self._said)
        self.titled(self.heading(), shown.status)
        size = self.app.size
        strip = self.strip is not None
        for pane in self.query(QuestionPane):
            pane.show(shown, self._desk.draft.cursor, width=size.width, height=size.height, strip=strip)
        self.refresh_bindings()

    def heading(self) -> str:
        """Return the title: the section that the questions are from."""
        return self.named(self.slug)

    def named(self, name: str) -> str:
        """Return id and title of a section, given by slug or id."""
        section = self.owner.course.section(name)
        return f"{section.id} {section.title.say(self.words.language)}" if section else name

    @property
    def pane(self) -> QuestionPane:
        """The parts of the question."""
        return self.query_one(QuestionPane)

    async def retranslate(self) -> None:
        """Say no more what was said last: it was in the other language."""
        self._said = ""
        await self._make_anew()

    async def _make_anew(self) -> None:
        """Leave the cursor in its blank, wherever another language puts that one."""
        field = self._field()
        await super().retranslate()
        if field:
            self.pane.focus_next_step(field)

    async def _turn_over(self, said: str = "") -> None:
        """Show another question."""
        self._said = said
        await self._make_anew()
        self.pane.focus_next_step(self.desk.draft.field)
        self.owner.keep_places()

    def on_resize(self, event: events.Resize) -> None:
        self._draw()

    def watch_strip(self, line: StripLine | None) -> None:
        shown = self.strip is not None
        super().watch_strip(line)
        if shown != self._strip_shown:
            self._strip_shown = shown
            if self.is_mounted and not self.changing:  # else the parts are still being laid, and `fill` draws them
                self._draw()

    def show_keys(self) -> None:
        """Show the keys that matter now; the rest acts too, and stands behind `?`."""
        if self._desk is None or not self._desk.asking or not self.is_mounted:
            super().show_keys()
            return
        found = hints(self.active_bindings, self.words, self.focused)
        shown = [hint for hint in found if hint.action not in ("undo", "redo", "flag")]
        shown.sort(key=lambda hint: hint.key != "enter")
        if len(shown) > MOST:
            shown = [hint for hint in shown if not hint.action.endswith("skip")]
        for bar in self.query(KeyBar):
            bar.hints = tuple(shown)

    # -- choosing and typing

    def _put(self, draft: Draft) -> None:
        self._said = ""
        self.desk.put(draft)
        self._draw()

    def _put_later(self, draft: Draft) -> None:
        self._said = ""
        self._keep_later(draft)
        self._draw()

    def _keep_later(self, draft: Draft) -> None:
        self.desk.put(draft, keep=False)
        if self._typing is None:
            self._typing = self.set_timer(TYPING_SECONDS, self._keep)

    @on(Slate.Moved)
    def row_moved(self, event: Slate.Moved) -> None:
        event.stop()
        if self.desk.face is None or not self.desk.asking:
            return
        if event.row_id == self.desk.draft.cursor and not self.desk.draft.held:
            self.pane.scroll_lines(event.by)  # what stands beyond the last row is to be seen too
            return
        draft = self.desk.face.moved(self.desk.draft, event.row_id, event.by)
        if draft.cursor == event.row_id != self.pane.board.cursor:
            self.desk.put(draft, keep=False)  # a key of the same burst has moved it further already
            return
        if replace(draft, cursor="") == replace(self.desk.draft, cursor=""):
            self._put_later(draft)  # where the cursor stands is not worth waiting for the disk
        else:
            self._put(draft)

    @on(Slate.Chosen)
    def row_chosen(self, event: Slate.Chosen) -> None:
        event.stop()
        if self.desk.face is not None and self.desk.asking:
            self._put(self.desk.face.chosen(self.desk.draft, event.row_id))

    @on(Slate.Shifted)
    def row_shifted(self, event: Slate.Shifted) -> None:
        event.stop()
        if self.desk.face is not None and self.desk.asking:
            self._put(self.desk.face.shifted(self.desk.draft, event.row_id, event.by))

    @on(Slate.Ended)
    def ticks_ended(self, event: Slate.Ended) -> None:
        event.stop()
        if self.desk.comparing:
            self.settle_with(self.desk.settle)
        elif self._answered():
            self.pane.sureness.focus()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def typed(self, event: Input.Changed | TextArea.Changed) -> None:
        event.stop()
        texts = self.pane.texts()
        before = {**dict.fromkeys(texts, ""), **self.desk.draft.texts}
        if not self.desk.asking or self.desk.comparing or texts == before:
            return
        self._put_later(replace(self.desk.draft, texts=texts))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Keep where the learner types, so that the cursor comes back there and not to what is done."""
        if self._desk is None or self.changing:
            return
        field = self._field()
        if field and self.desk.asking and field != self.desk.draft.field:
            self._keep_later(replace(self.desk.draft, field=field))

    def _field(self) -> str:
        """Return the name of the field that has the focus, "" for none."""
        return "".join(pane.named(self.focused) for pane in self.query(QuestionPane))

    @on(Input.Submitted)
    @on(ProseField.Ended)
    def field_ended(self, event: Input.Submitted | ProseField.Ended) -> None:
        """Go to the next field, and from the last one to the confidence."""
        event.stop()
        self._keep()
        following = self.pane.after(event.control)  # type: ignore[arg-type] # it is one of them
        if following is not None:
            following.focus()
        elif self._answered():
            self.pane.sureness.focus()

    @on(Ahead)
    def typed_ahead(self, event: Ahead) -> None:
        """Give the key to what has the focus now; that is the field again where its answer was refused."""
        event.stop()
        event.field.ended = False

        def press() -> None:
            self.app.post_message(events.Key(event.key.key, event.key.character))

        self.app.call_later(press)  # behind the call that moves the focus

    def _keep(self) -> None:
        if self._typing is not None:
            self._typing.stop()
            self._typing = None
        if self._desk is not None:
            before = self._desk.kept
            self._desk.keep_draft()
            if self._desk.kept != before and self.is_mounted:
                self.refresh_bindings()  # leaving says whether it is kept

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

    def settle_with(self, act: Callable[[], object]) -> None:
        """Lock or judge the answer, and show what is right."""
        self._keep()
        if not self._saved(act):
            self._tell(self.words("question.not-saved-here"))
            return
        self._said = ""
        self._draw()
        self.pane.focus_next_step()
        self.call_after_refresh(self.pane.show_answer)

    def _saved(self, act: Callable[[], object]) -> bool:
        """Do what the record must keep; where it cannot, say so and change nothing."""
        try:
            act()
        except StoreError as problem:
            self.app.clear_notifications()  # of the draft, which could not be kept either
            self.owner.tell_not_saved(problem)
            self._unsaved = True
            return False
        if self._unsaved:
            self._unsaved = False
            self.app.clear_notifications()  # that nothing is saved is no longer true
        return True

    def on_unmount(self) -> None:
        self._keep()

    def on_screen_suspend(self) -> None:
        self._keep()
