"""A run as it is watched: a panel, the figures, what a teacher would say, and the learner's last wish."""

from __future__ import annotations

import time

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget

from tui.glyphs import Glyphs
from tui.widgets.run import told
from tui.widgets.run.curves import CurvesPanel
from tui.widgets.run.figures import Figures, figures
from tui.widgets.run.kinds import ALWAYS, name, panels
from tui.widgets.run.lines import Lines
from tui.widgets.run.moment import Moment
from tui.widgets.run.panel import Panel
from tui.widgets.run.scroll import Scroll
from tui.widgets.run.tabs import Tabs
from tui.words import Words

WORDS_SECONDS = 0.5
"""Least time between two changes of the figures: nobody reads faster, and every change travels over the line."""

NARROW = 60
"""On fewer columns than this only curves, a few figures and the state are shown: the side of a page."""

WIDE = 140
"""From so many columns on, a second panel stands beside the curves."""

ROOMY = 100
"""From so many columns on, the figures stand beside every panel."""


TALL = 30
"""From so many rows on there is air between the lines."""

SAID_LINES = 3

FAILED_LINES = 8
"""Rows for what went wrong and what to do about it: of that, nothing may be cut."""


class RunView(Widget):
    """Shows a run; `show` may be called as often as there is news."""

    DEFAULT_CSS = """
    RunView { width: 1fr; height: 1fr; layout: vertical; }
    RunView #run-top { height: 1fr; }
    RunView #run-panels { width: 1fr; height: 1fr; }
    RunView.-aside #run-panels > Panel { width: 3fr; }
    RunView.-aside #run-panels > CurvesPanel { width: 2fr; }
    RunView #run-figures { width: 27; height: 1fr; padding: 1 1 0 2; }
    RunView #run-waiting, RunView #run-text, RunView #run-head { display: none; }
    RunView #run-head { height: 3; padding: 0 1 1 1; }
    RunView.-narrow #run-head { display: block; }
    RunView.-narrow #run-tabs { display: none; }
    RunView.-narrow #run-said { height: 6; }
    RunView.-narrow #run-top { layout: vertical; }
    RunView.-narrow #run-figures { width: 1fr; height: 6; padding: 1 1 0 1; }
    RunView #run-waiting { width: 1fr; height: 1fr; padding: 2 4; }
    RunView #run-text { padding: 0 0 0 1; }
    RunView #run-said { height: 4; padding: 1 1 0 1; }
    RunView.-failed #run-said { height: 9; }
    RunView #run-tabs { height: 2; padding: 1 1 0 1; }
    RunView #run-wish { height: 1; padding: 0 1 0 1; }
    RunView.-tall #run-wish { height: 3; padding: 1 1 1 1; }
    """

    class Told(Message):
        """The words about the run were renewed; a title may follow."""

        def __init__(self, moment: Moment) -> None:
            super().__init__()
            self.moment = moment

    def __init__(self, words: Words, glyphs: Glyphs, *, kind: str = "mlp", id: str | None = None) -> None:
        """Make the panels that a run of a kind has."""
        super().__init__(id=id)
        self.words = words
        self.glyphs = glyphs
        self.moment: Moment | None = None
        self.chosen = 1
        self.as_text = False
        self.panels: tuple[Panel, ...] = panels(kind, words, glyphs)
        for panel in self.panels[1:]:
            panel.display = False
        self._beside = 2
        self._told_at = 0.0
        self._told: tuple[object, ...] = ()
        self._later: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Lines(id="run-head")
        with Horizontal(id="run-top"):
            with Horizontal(id="run-panels"):
                yield from self.panels
                yield Lines(id="run-waiting")
                yield Scroll(id="run-text")
            yield Figures(id="run-figures")
        yield Lines(id="run-said")
        yield Tabs(id="run-tabs")
        yield Lines(id="run-wish")

    def on_mount(self) -> None:
        self._arrange()

    def on_resize(self, event: events.Resize) -> None:
        self._arrange()
        self.tell()

    @property
    def curves(self) -> CurvesPanel:
        """The panel that every run has."""
        first = self.panels[0]
        assert isinstance(first, CurvesPanel)
        return first

    @property
    def panel(self) -> Panel:
        """The panel that takes the keys."""
        return self.panels[self.chosen - 1]

    def show(self, moment: Moment) -> None:
        """Show the run as it is now: curves at once, words at most twice a second."""
        fresh = self.moment is None
        before, self.moment = self.moment, moment
        if before is None or _stage(before) != _stage(moment):
            self._arrange()
        for panel in self.panels:
            if panel.display:
                panel.show(moment)
        urgent = (moment.state, moment.wish)
        left = WORDS_SECONDS - (
            time.monotonic() - self._told_at
        )  # read once: Textual turns for ever on a timer below 0
        if fresh or urgent != self._told or left <= 0:
            self.tell()
        elif self._later is None:
            self._later = self.set_timer(left, self.tell)

    def speak(self, words: Words, glyphs: Glyphs) -> None:
        """Say everything in other words or with other signs; panels keep what they show."""
        self.words, self.glyphs = words, glyphs
        for panel in self.panels:
            panel.speak(words, glyphs)
        self._arrange()
        self.tell()

    def choose(self, number: int) -> None:
        """Show a panel; the one that is seen already shows its other side."""
        if number == self.chosen:
            if not self.as_text:
                self.panel.turn()
        else:
            self.chosen = number
            if number != 1:
                self._beside = number
        self._arrange()
        self.tell()
        self.take_keys()

    def toggle_text(self) -> None:
        """Show the panel as plain text, or as a picture again."""
        self.as_text = not self.as_text
        self._arrange()
        self.tell()
        self.take_keys()

    def take_keys(self) -> None:
        """Give the keys to what is seen."""
        hand = self.query_one("#run-text", Scroll) if self.as_text else self.panel.hand()
        if hand is not None and hand.can_focus and self.is_mounted:
            hand.focus(scroll_visible=False)

    def tell(self) -> None:
        """Renew the figures and all that is said."""
        if self._later is not None:
            self._later.stop()
            self._later = None
        moment = self.moment
        if moment is None or not self.is_mounted:
            return
        self._told_at = time.monotonic()
        self._told = (moment.state, moment.wish)
        self.query_one(Figures).show(figures(moment, self.words, self.curves.weight))
        self.query_one("#run-head", Lines).put(told.head(moment, self.words, self.glyphs, self.size.width - 2))
        below = self.query_one("#run-said", Lines)
        room = FAILED_LINES if moment.state == "failed" else below.size.height or SAID_LINES
        below.put(told.said(moment, self.words, self.glyphs, max(20, self.size.width - 2), room))
        self.query_one("#run-wish", Lines).put([told.last_line(moment, self.words, self.glyphs, self.size.width - 2)])
        wait = self.query_one("#run-waiting", Lines)
        wait.put(told.waiting(moment, self.words, self.glyphs, wait.content_size.width or self.size.width // 2))
        if self.as_text:
            self.query_one("#run-text", Scroll).put(self.panel.text(moment))
        self.post_message(self.Told(moment))

    @on(Tabs.Chosen)
    def tab_chosen(self, event: Tabs.Chosen) -> None:
        event.stop()
        if event.number != self.chosen:
            self.choose(event.number)

    def _arrange(self) -> None:
        """Show what there is room for, and nothing else: a panel that is not seen does no work."""
        if not self.is_mounted:
            return
        moment = self.moment
        wide, narrow = self.size.width >= WIDE, 0 < self.size.width < NARROW
        if narrow:
            self.chosen, self.as_text = 1, False
        self.set_class(narrow, "-narrow")
        if self.curves.chart.can_focus is narrow:
            self.curves.chart.can_focus = not narrow
            self.curves.speak(self.words, self.glyphs)
        self.set_class(wide and self.chosen != 1, "-aside")  # what is chosen has the room, and the curves the rest
        self.set_class(self.size.height >= TALL, "-tall")
        self.set_class(moment is not None and moment.state == "failed", "-failed")
        waits = moment is not None and moment.progress.planned is None
        seen = {self.chosen, 1, self._beside} if wide else {self.chosen}
        for number, panel in enumerate(self.panels, 1):
            shown = number in seen and not self.as_text and not (waits and name(type(panel)) not in ALWAYS)
            if shown and not panel.display and moment is not None:
                panel.display = True
                panel.show(moment)
            panel.display = shown
        waiting = waits and name(type(self.panel)) not in ALWAYS and not self.as_text
        self.query_one("#run-waiting").display = waiting
        self.query_one("#run-text").display = self.as_text
        beside = self.chosen == 1 and not self.as_text
        self.query_one("#run-figures").display = beside or self.size.width >= ROOMY
        self.query_one("#run-said").display = self.chosen == 1 or wide
        names = tuple(self.words(f"run.panel-{name(type(panel))}") for panel in self.panels)
        hint = self.words("run.picture" if self.as_text else "run.text")
        self.query_one(Tabs).choose(names, self.chosen, hint)


def _stage(moment: Moment) -> tuple[object, ...]:
    """Return what decides which widgets are shown."""
    return (moment.progress.planned is None, moment.state)
