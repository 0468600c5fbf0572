"""What every screen has: a title line, the run strip, the key bar, and a way back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from tui.painting.moved import MovedCompositor
from tui.screens.hints import hints
from tui.widgets.key_bar import KeyBar
from tui.widgets.rows import Rows
from tui.widgets.run_strip import RunStrip, StripLine
from tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from tui.glyphs import Glyphs
    from tui.owner import Owner
    from tui.words import Words

Result = TypeVar("Result")


class LearnScreen(Screen[Result]):
    """A screen of the house.

    Subclasses give `body()` (its widgets), `fill()` (what they show, also after a change of language) and
    `place()` (what the app needs to open it again after a dropped line).
    """

    BINDINGS = [
        Binding("escape,backspace,q", "back", "keys.back", id="base.back"),
    ]

    strip: Reactive[StripLine | None] = Reactive(None, repaint=False)
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """Textual paints the whole screen again when the focus moves; the two widgets do that for themselves."""

    changing = False
    """Whether its widgets are being replaced: nothing is told to it meanwhile."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._compositor = MovedCompositor()

    @property
    def whole(self) -> bool:
        """Whether its widgets are all there: it is not being made, nor made anew, nor taken down at the end."""
        return self.is_mounted and self.app.is_running and not self.changing

    @property
    def owner(self) -> Owner:
        """The app, which owns the course, the record and the runs."""
        return cast("Owner", self.app)

    @property
    def words(self) -> Words:
        """Sentences in the learner's language."""
        return self.owner.words

    @property
    def glyphs(self) -> Glyphs:
        """The signs that this terminal draws one cell wide."""
        return self.owner.glyphs

    @property
    def covered(self) -> bool:
        """Whether another screen lies over it through which nothing shines."""
        top = self.app.screen
        return top is not self and top.styles.background.a == 1

    def _compositor_refresh(self) -> None:
        """Paint what has changed; while covered, nothing: Textual would paint the whole screen above again."""
        if self.covered:
            self._compositor._dirty_regions.clear()
            self._dirty_widgets.clear()
        else:
            super()._compositor_refresh()

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield from self.body()
        yield RunStrip()
        yield KeyBar()

    def body(self) -> Iterable[Widget]:
        """Yield the widgets between the title line and the run strip."""
        return ()

    def fill(self) -> None:
        """Put words and values into the widgets; called when mounted and after a change of language."""

    def choices_changed(self) -> None:
        """A choice about the interface was made, here or by a key that acts everywhere."""

    def runs_changed(self, ids: set[str]) -> None:
        """Runs wrote something; a window that lay over the screen may have held the news back."""

    async def course_changed(self) -> None:
        """The course is another one, or was read again: show what it says now."""
        self.fill()

    def place(self) -> list[str] | None:
        """Return what opens this screen again, such as ["page", "backprop"]; None where it is not kept."""
        return None

    def on_mount(self) -> None:
        self._dress()
        self.fill()
        self.bindings_updated_signal.subscribe(self, lambda _: self.show_keys())
        self.call_after_refresh(self.show_keys)

    def on_screen_resume(self) -> None:
        self.strip = self.owner.strip_line()
        self.owner.keep_places()
        self.call_after_refresh(self.show_keys)

    async def retranslate(self) -> None:
        """Show everything in the language that the learner has just chosen."""
        focused = self.focused.id if self.focused is not None else None
        chosen = {rows.id: rows.chosen for rows in self.query(Rows)}
        self.changing = True
        await self.recompose()
        self.changing = False
        self._dress()
        self.fill()
        for rows in self.query(Rows):
            rows.highlight(chosen.get(rows.id, ""))
        self.watch_strip(self.strip)
        self.strip = self.owner.strip_line()
        if focused and (again := self.query(f"#{focused}")):
            again.first().focus()
        self.call_after_refresh(self.show_keys)

    def titled(self, title: str, status: str = "", brief: str = "", *, model: bool = False) -> None:
        """Show a title and a status in the top line; the status is blue where it is the model's.

        Args:
            brief: The status in fewer words, for a narrow window.
        """
        for bar in self.query(TitleBar):
            bar.title, bar.brief, bar.status = title, brief, status
            bar.set_class(model, "-model")

    def watch_strip(self, line: StripLine | None) -> None:
        for strip in self.query(RunStrip):
            strip.line = line

    def show_keys(self) -> None:
        """Show the keys that act now in the bottom line."""
        if not self.is_mounted:
            return
        for bar in self.query(KeyBar):
            bar.hints = hints(self.active_bindings, self.words, self.focused)

    def action_back(self) -> None:
        """Leave this screen; nothing is lost by it."""
        self.owner.leave(self)

    @on(KeyBar.Chosen)
    def press_hint(self, event: KeyBar.Chosen) -> None:
        event.stop()
        self.app.call_later(self.app.simulate_key, event.key)  # sent by the screen, the key would not bubble to it

    @on(RunStrip.Chosen)
    def watch_run(self, event: RunStrip.Chosen) -> None:
        event.stop()
        self.owner.action_watch()

    def _dress(self) -> None:
        for bar in self.query(TitleBar):
            bar.rule = self.glyphs.h
        for strip in self.query(RunStrip):
            strip.rule = self.glyphs.h
