"""What choosing and typing change on a question's desk; half an answer is kept while it is given."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from textual import events, on
from textual.timer import Timer
from textual.widgets import Input, TextArea

from content.errors import StoreError
from tui.screens.question_shown import ShownScreen
from tui.widgets.question.draft import Draft
from tui.widgets.question.fields import Ahead, ProseField
from tui.widgets.question.slate import Slate

TYPING_SECONDS = 0.4
"""How long typing may go on before it is kept."""


class AnswerScreen(ShownScreen):
    """Takes what the learner chooses and types."""

    def __init__(self, slug: str, item_id: str = "") -> None:
        """Open a section's questions; an `item_id` of "" is the first open one."""
        super().__init__(slug, item_id)
        self._unsaved = False
        self._typing: Timer | None = None

    async def course_changed(self) -> None:
        """Lay the desk anew: the sitting and the draft are kept, the question may say something else."""
        self._keep()
        if self._desk is not None and self._desk.item:
            self.wanted = self._desk.item
        self._desk = None
        await self.retranslate()

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
