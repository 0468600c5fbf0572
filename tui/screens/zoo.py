"""The model zoo: real models from 100 thousand to 406 billion parameters, and what they would need here."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events, on
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from engine.errors import RunError
from engine.memory import available_bytes
from engine.reading.counting import Counting
from engine.reading.zoo import NAMES, Model, Zoo, kept
from tui.screens.base import LearnScreen
from tui.widgets.rows import Rows
from tui.widgets.run.lines import Lines
from tui.widgets.run.scroll import Scroll
from tui.widgets.zoo import ladder, prose
from tui.widgets.zoo.detail import Detail
from tui.widgets.zoo.figures import size

LOOK_SECONDS = 0.25
MARGINS = 3
"""Cells beside a row: one on each side, and the scroll bar."""

REST_SECONDS, SLOW_REST_SECONDS = 0.08, 0.6
"""After so long on a model, it is shown in detail; over a slow link, where that costs more than the move, later."""

KEEP_SECONDS = 1.0
"""After so long on a model, its place is kept."""


class ZooRows(Rows):
    """The ladder: a click shows a model, as the arrows do."""

    BINDINGS = [Binding("enter,space", "select", "zoo.keys.text", id="zoo.text")]

    def scroll_to_highlight(self, top: bool = False) -> None:
        """Scroll by half a page at a time: each scroll paints all rows, and a move two of them."""
        at, shown = self.highlighted, self.scrollable_content_region.height
        if at is not None and shown and not self.scroll_offset.y <= at < self.scroll_offset.y + shown:
            self.scroll_to(y=max(0, at - shown // 2), animate=False, force=True, immediate=True)

    def on_click(self, event: events.Click) -> None:
        """Go to the row; `enter` alone opens its text."""
        event.prevent_default()
        option = event.style.meta.get("option")
        if isinstance(option, int) and option >= 0:
            self.highlighted = option
            self.focus()


class ZooScreen(LearnScreen[None]):
    """A ladder of models, the smallest first, and the chosen one below it."""

    BINDINGS = [
        Binding("T", "as_text", "zoo.keys.text", id="zoo.text", key_display="T"),
        Binding("r", "again", "zoo.keys.again", id="zoo.again"),
        Binding("escape,backspace,q,enter,T", "as_picture", "zoo.keys.picture", id="base.back"),
        Binding("escape,backspace,q", "back", "keys.back", id="base.back"),
    ]

    AUTO_FOCUS = ""
    """There is nothing to choose from while the models are counted."""

    def __init__(self, chosen: str = "") -> None:
        super().__init__()
        self.chosen = chosen if chosen in NAMES else NAMES[0]
        self.zoo: Zoo | None = None
        self._counting: Counting | None = None
        self._failure = ""
        self._available = 0
        self._as_text = False

    def place(self) -> list[str] | None:
        return ["zoo", self.chosen]

    def body(self) -> Iterable[Widget]:
        yield Static(id="zoo-wait", markup=False)
        yield Static(id="zoo-head", markup=False)
        yield ZooRows(id="zoo-rows")
        yield Lines(id="zoo-detail")
        yield Scroll(id="zoo-text")

    def on_mount(self) -> None:
        self.set_interval(LOOK_SECONDS, self._look)

    def fill(self) -> None:
        self._available = available_bytes()
        if self.zoo is None and self._counting is None and not self._failure:
            self._begin()
        self._show()

    def on_screen_resume(self) -> None:
        self._available = available_bytes()
        if self.is_mounted and self.query("#zoo-rows"):
            self._show()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    @property
    def model(self) -> Model | None:
        """The chosen model, None while nothing is counted."""
        return self.zoo.model(self.chosen) if self.zoo else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        match action:
            case "as_text":
                return self.zoo is not None and not self._as_text
            case "as_picture":
                return self._as_text
            case "again":
                return bool(self._failure)
        return True

    def action_as_text(self) -> None:
        """Show all figures of the model as text."""
        self._turn(as_text=True)

    def action_as_picture(self) -> None:
        """Show the ladder again."""
        self._turn(as_text=False)

    def action_again(self) -> None:
        """Try once more to count."""
        self._failure = ""
        self._begin()
        self._show()

    @on(OptionList.OptionHighlighted)
    def rung_reached(self, event: OptionList.OptionHighlighted) -> None:
        name = event.option_id or self.chosen
        if name != self.chosen:
            self.chosen = name
            slow = self.owner.choices.slow
            self.set_timer(SLOW_REST_SECONDS if slow else REST_SECONDS, lambda: self._rest_at(name))
            self.set_timer(KEEP_SECONDS, lambda: self._keep(name))

    @on(OptionList.OptionSelected)
    def rung_opened(self, event: OptionList.OptionSelected) -> None:
        self.action_as_text()

    def _rest_at(self, name: str) -> None:
        """Show the model, unless the learner has gone on meanwhile: a held arrow paints rows alone."""
        if self.chosen == name:
            self._show_detail()

    def _keep(self, name: str) -> None:
        if self.chosen == name and self.app.screen is self:
            self.owner.keep_places()

    def _begin(self) -> None:
        try:
            self.zoo = kept(self.owner.house.home)
            if self.zoo is None:
                self._counting = Counting(self.owner.house.home)
        except RunError as problem:
            self._failure = self.words.error(problem)

    def _look(self) -> None:
        """See how far the counting is."""
        if self._counting is None or not self.whole:
            return
        try:
            self.zoo = self._counting.poll()
        except RunError as problem:
            self._failure = self.words.error(problem)
        if self.zoo is not None or self._failure:
            self._counting = None
            self.refresh_bindings()
            self._show()
        else:
            self._show_wait()

    def _turn(self, *, as_text: bool) -> None:
        self._as_text = as_text
        self.refresh_bindings()
        self._show()

    def _show(self) -> None:
        ready = self.zoo is not None
        self.query_one("#zoo-wait").display = not ready
        for name in ("#zoo-head", "#zoo-rows", "#zoo-detail"):
            self.query_one(name).display = ready and not self._as_text
        self.query_one("#zoo-text").display = ready and self._as_text
        free = self.words("zoo.here", size=size(self._available)) if self._available else ""
        self.titled(self.words("zoo.title"), free, model=True)
        if self.zoo is None:
            self._show_wait()
            return
        self._show_ladder(self.zoo)
        self._show_detail()
        self.query_one("#zoo-text" if self._as_text else "#zoo-rows").focus()

    def _show_wait(self) -> None:
        if self._failure:
            said = self.words("zoo.failed", why=self._failure)
        else:
            counting = self._counting
            now = counting.now if counting else None
            seconds = f"{counting.seconds:.0f}" if counting else "0"
            line = self.words(
                f"zoo.{now.doing if now and now.doing else 'starting'}", seconds=seconds, what=now.what if now else ""
            )
            said = self.words("zoo.wait") + "\n\n" + line
        self.query_one("#zoo-wait", Static).update(said)

    def _show_ladder(self, zoo: Zoo) -> None:
        rows = self.query_one("#zoo-rows", ZooRows)
        place = ladder.Place(self._available, (self.size.width or 80) - MARGINS)
        self.query_one("#zoo-head", Static).update(Content.styled(ladder.head(place, self.words), "$quiet"))
        options = [Option(ladder.row(model, place, self.glyphs), id=model.name) for model in zoo.models]
        rows.clear_options()
        rows.add_options(options)
        rows.highlighted = [model.name for model in zoo.models].index(self.chosen)

    def _show_detail(self) -> None:
        model = self.model
        if model is None:
            return
        lines = self.query_one("#zoo-detail", Lines)
        width, height = lines.size.width or (self.size.width - 2), lines.size.height or 9
        lines.put(Detail(self.words, self.glyphs, self._available, width, height).lines(model))
        if self._as_text and self.zoo is not None:
            everything = prose.table(self.zoo, self._available, self.words, self.glyphs)
            said = prose.told(model, self._available, self.words, self.glyphs, self.size.width - 2 * MARGINS)
            self.query_one("#zoo-text", Scroll).put(f"{said}\n\n{everything}")
