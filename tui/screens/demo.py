"""A demo with the whole screen to itself; how it stands is kept.

From its page it opens with the page's numbers. Where the learner left others, they are a key away.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual import on
from textual.binding import Binding
from textual.timer import Timer
from textual.widget import Widget

from tui.screens.base import LearnScreen
from tui.screens.own_sentence import OwnSentenceScreen
from tui.strip import short_name
from tui.supplies.supply import LOOK_SECONDS, Supply, Surroundings, supply_of
from tui.widgets.block_sheet import Look
from tui.widgets.demos.asking import AskingDemo
from tui.widgets.demos.catalogue import key_of, own_key_of, widget_of
from tui.widgets.demos.demo import Demo
from tui.widgets.run.scroll import Scroll

KEEP_SECONDS = 0.4


class DemoScreen(LearnScreen[None]):
    """Shows the demo of a name, as a picture or as text."""

    BINDINGS = [
        Binding("y", "numbers(True)", "demo.keys.own", id="demo.own", show=False),
        Binding("y", "numbers(False)", "demo.keys.page", id="demo.page", show=False),
        Binding("T", "as_text", "demo.keys.text", id="demo.text", key_display="T"),
        Binding("escape,backspace,q,enter,T", "as_picture", "demo.keys.picture", id="base.back"),
        Binding("escape,backspace,q", "back", "keys.back", id="base.back"),
    ]

    def __init__(self, name: str, *, by_page: bool = False) -> None:
        """Show a demo.

        Args:
            by_page: It begins with the numbers that its page speaks of, whatever was left.

        Raises:
            ValueError: There is no demo of this name.
        """
        super().__init__()
        kind = widget_of(name)
        if kind is None:
            raise ValueError(name)
        self.kind: type[Demo[Any]] = kind
        self.demo_name = name
        self.by_page = by_page
        self._state: Any = None
        self._own: Any = None
        """The last state with numbers of the learner's, None where there was none."""
        self._kept: Any = None
        self._as_text = False
        self._keeping: Timer | None = None
        self._supply: Supply | None = None

    def place(self) -> list[str] | None:
        return ["demo", self.demo_name]

    @property
    def look(self) -> Look:
        """In what language and with which signs the demo is drawn."""
        return Look(self.words, self.glyphs, self.words.language)

    def body(self) -> Iterable[Widget]:
        if self._state is None:
            self._begin()
        yield self.kind(self._state, self.look, id="demo-picture")
        yield Scroll(id="demo-text")

    def on_mount(self) -> None:
        around = Surroundings(self.owner.runs, self.owner.followed, lambda: self.words.language)
        self._supply = supply_of(self.demo_name, around)
        if self._supply is not None:
            self.set_interval(LOOK_SECONDS, self._look_around)

    def _begin(self) -> None:
        """Take up what is kept."""
        left, own = (self.owner.record.setting(key(self.demo_name)) for key in (key_of, own_key_of))
        self._state = self.kind.read(own)
        self._remember()
        self._state = self.kind.read(left)
        self._remember()
        if self.by_page:
            self._state = self.kind.of_page(self._state)
        self._kept = self._state

    def _remember(self) -> None:
        """Remember numbers that are the learner's."""
        if self._is_own:
            self._own = self._state

    @property
    def _is_own(self) -> bool:
        """Whether the numbers that are shown are not the page's."""
        return self.kind.of_page(self._state) is not self._state

    def fill(self) -> None:
        self._entitle()
        self.query_one(Demo).speak(self.look)
        self._show()

    def _entitle(self) -> None:
        """Say in the title whose numbers are shown, where there are two kinds."""
        status = "demo" if self._own is None else "shows-own" if self._is_own else "shows-page"
        self.titled(self.words(f"demo_{self.demo_name}.title"), self.words(f"demo.{status}"), model=not self._is_own)

    def choices_changed(self) -> None:
        """The theme may be another one."""
        self.query_one(Demo).redraw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        match action:
            case "as_text":
                return not self._as_text
            case "as_picture":
                return self._as_text
            case "numbers":
                return self._own is not None and self._is_own is not parameters[0]
        return True

    @on(Demo.Changed)
    def demo_changed(self, event: Demo.Changed) -> None:
        event.stop()
        self._state = event.demo.state
        self._remember()
        self._entitle()
        self.refresh_bindings()
        if self._as_text:
            self._show_text()
        if self._keeping is None:
            self._keeping = self.set_timer(KEEP_SECONDS, self._keep)

    def action_as_text(self) -> None:
        """Say how the demo stands in words and numbers."""
        self._turn(as_text=True)

    def action_as_picture(self) -> None:
        """Show the demo again."""
        self._turn(as_text=False)

    def action_numbers(self, own: bool) -> None:
        """Show the learner's numbers as they were left, or the page's."""
        demo = self.query_one(Demo)
        demo.become(self._own if own else demo.of_page(demo.state))

    def action_back(self) -> None:
        """Leave; how the demo stands is kept first, since its page is drawn at once."""
        self._keep()
        super().action_back()

    def on_unmount(self) -> None:
        self._keep()
        if self._supply is not None:
            self._supply.leave()

    @on(AskingDemo.TrainRequested)
    def train_requested(self, event: AskingDemo.TrainRequested) -> None:
        """Train a model that can be asked, unless one is being trained already."""
        event.stop()
        wanted = event.wanted
        living = [each.folder.id for each in self.owner.followed.living() if f"-{wanted.kind}-" in each.folder.id]
        if living:
            self.notify(self.words("demo_model.trains", run=short_name(living[0])), markup=False)
            return
        preset = self.owner.course.presets.get(wanted.preset)
        wishes = wanted.wishes if preset is None else preset.wishes
        self.owner.train(wanted.kind, wishes, preset="" if preset is None else preset.name)

    @on(AskingDemo.SentenceRequested)
    def sentence_requested(self, event: AskingDemo.SentenceRequested) -> None:
        """Let the learner write a sentence, and hand it to the demo."""
        event.stop()

        def written(text: str | None) -> None:
            if text is not None:
                self.query_one(AskingDemo).write(text)

        screen = OwnSentenceScreen(self.words, needs_mask=False, ask="demo_model.own-ask", keys="demo_model.own-keys")
        self.app.push_screen(screen, written)

    def _turn(self, *, as_text: bool) -> None:
        self._as_text = as_text
        self._show()
        self.refresh_bindings()

    def _look_around(self) -> None:
        """Give the demo what is new outside it."""
        if self._supply is None or self.changing:
            return
        for demo in self.query(Demo):
            demo.become(self._supply.look(demo.state))

    def _show(self) -> None:
        picture, text = self.query_one(Demo), self.query_one("#demo-text", Scroll)
        picture.display, text.display = not self._as_text, self._as_text
        if self._as_text:
            self._show_text()
        (text if self._as_text else picture).focus()

    def _show_text(self) -> None:
        self.query_one("#demo-text", Scroll).put(self.look.prose(self.kind.told(self._state, self.words)))

    def _keep(self) -> None:
        """Keep how the demo stands, where it has changed."""
        if self._keeping is not None:
            self._keeping.stop()
            self._keeping = None
        if self._state is self._kept:
            return  # who only looks changes nothing
        self._kept = self._state
        self.owner.record.keep_setting(key_of(self.demo_name), self.kind.keep(self._state))
        if self._own is not None:
            self.owner.record.keep_setting(own_key_of(self.demo_name), self.kind.keep(self._own))
