"""A question on the screen: its parts, in the learner's language, and the keys that matter now."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace
from textual import events
from textual.widget import Widget

from tui.screens.base import LearnScreen
from tui.screens.hints import hints
from tui.screens.question_begin import fresh, sit_down
from tui.screens.question_desk import Desk
from tui.screens.question_picture import picture
from tui.screens.question_run import began
from tui.screens.question_sitting import Sitting
from tui.widgets.key_bar import KEPT, MOST, KeyBar, KeyHint
from tui.widgets.question.pane import QuestionPane
from tui.widgets.run_strip import StripLine

RUN_ITEM = "ce-start"
"""The question whose right answer a run of the learner's own confirms."""


class ShownScreen(LearnScreen[None]):
    """Shows what lies on the desk; knows nothing of what is done with it."""

    def __init__(self, slug: str, item_id: str = "") -> None:
        """Open a section's questions; an `item_id` of "" is the first open one."""
        super().__init__()
        self.slug = slug
        self.wanted = item_id
        self._desk: Desk | None = None
        self._said = ""
        self._strip_shown = False

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

    def _field(self) -> str:
        """Return the name of the field that has the focus, "" for none."""
        return "".join(pane.named(self.focused) for pane in self.query(QuestionPane))

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
        found = [
            hint
            for hint in hints(self.active_bindings, self.words, self.focused)
            if not hint.action.startswith("letter")  # they stand beside what they choose
        ]
        found = [spare(hint) if hint.action in ("undo", "redo", "flag") else hint for hint in found]
        if sum(not hint.spare for hint in found) > MOST:
            found = [spare(hint) if hint.action.endswith("skip") else hint for hint in found]
        before, last = found[:-KEPT], found[-KEPT:]
        before.sort(key=lambda hint: (hint.spare, hint.key != "enter"))
        for bar in self.query(KeyBar):
            bar.hints = (*before, *last)


def spare(hint: KeyHint) -> KeyHint:
    """Return a hint that is shown only where there is room."""
    return replace(hint, spare=True)
