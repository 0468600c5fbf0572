"""The app: owns the course, the record and the runs that are followed; everything else is shown by screens."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from functools import partial
from typing import Any

from textual import content, events
from textual.app import SystemCommand
from textual.binding import Binding
from textual.filter import LineFilter
from textual.screen import Screen
from textual.scrollbar import ScrollBar

from content.course.course import Course
from content.errors import StoreError
from content.memory.record import Record
from engine.runs.store import Runs
from tui.dividing import divided
from tui.fitting import FittingApp
from tui.full_width import halved
from tui.house import House
from tui.keeping import Lost
from tui.screens.hints import takes_text
from tui.screens.places import reopen
from tui.screens.too_small import cover
from tui.scrollbar import WholeCells
from tui.taming import Narrowing, Taming
from tui.terminal import Width

log = logging.getLogger("learncurve")


class LearncurveApp(FittingApp):
    """Learncurve: two learning curves in one terminal."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    TITLE = "Learncurve"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (116, "-wide"), (150, "-roomy")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (34, "-tall"), (42, "-high")]
    BINDINGS = [
        Binding("question_mark,f1", "keys", "keys.help", id="app.keys", key_display="?"),
        Binding("f2", "language", "keys.language", id="app.language", show=False),
        Binding("ctrl+p,f3", "palette", "keys.palette", id="app.palette", show=False),
        Binding("slash", "search", "keys.search", id="app.search", show=False),
        Binding("f4,w", "watch", "keys.watch", id="app.watch", show=False),
        Binding("f5", "theme", "keys.theme", id="app.theme", show=False),
        Binding("ctrl+l", "redraw", "keys.redraw", id="app.redraw", show=False, priority=True),
        Binding("ctrl+q", "leave_app", "keys.quit", id="app.quit", show=False, priority=True),
    ]

    def __init__(
        self,
        house: House,
        course: Course,
        record: Record,
        *,
        measured: Width = "one",
        first: list[list[str]] | None = None,
        notices: tuple[str, ...] = (),
        only: bool = False,
        watched: bool = False,
        lost: Lost | None = None,
    ) -> None:
        """Hand everything in; nothing is read or started here but the settings.

        Args:
            measured: How wide the terminal draws ambiguous characters.
            first: Places to open over home, such as [["run", "mlp-7f3a"]]; None reopens the last ones.
            notices: Sentences to show once at the start.
            watched: Show what is saved in the course's folder at once.
            only: Show only the first place, so that leaving it leaves the app (`learncurve watch`).
            lost: A record in whose place this one was begun: it is offered to bring back what can be read of it.
        """
        super().__init__()
        self.animation_level = "none"
        self.house = house
        self.record = record
        self.first = first
        self.notices = notices
        self.lost = lost
        self._taming, self._narrowing = Taming(), Narrowing()
        record.troubled = self._not_kept
        self.begin_choices(measured, language=lost.language if lost else "")
        self.begin_places(partial(reopen, self), only=only)
        self.follow_runs(Runs(house.home))
        self.begin_course(course, watched=watched)
        self._warned = 0.0
        ScrollBar.renderer = WholeCells
        content.divide_line = divided  # type: ignore[attr-defined]  # what every text of Textual is divided by

    # -- start and end

    def get_default_screen(self) -> Screen[Any]:
        from tui.screens.home import HomeScreen

        return HomeScreen(id="home")

    async def on_mount(self) -> None:
        await self.open_first(self.first)
        self.follow_course()
        if self.lost is not None and not self.only:
            self.call_after_refresh(self.offer_back, self.lost)
        elif not self.only:
            self.greet()
        for notice in self.notices:
            self.notify(notice, severity="warning", timeout=20, markup=False)
        self.begin_polling()
        cover(self, self.size, self.words)
        self.keep_safe()

    def leave(self, screen: Screen[Any]) -> None:
        """Go back from a screen; from the last one, leave the app."""
        if len(self.screen_stack) <= (2 if self.only else 1):
            self.action_leave_app()
        elif self.screen is screen:
            self.pop_screen()

    def action_leave_app(self) -> None:
        """Quit; runs go on, and the line after the app says so."""
        self.forget_places()
        self.stop_fitting()
        alive = self.followed.living()
        if alive:
            names = ", ".join(follower.folder.id for follower in alive)
            self.exit(self.words("app.goes-on", runs=names, run=alive[0].folder.id))
        else:
            self.exit("")

    def _not_kept(self, problem: StoreError) -> None:
        """A place or a draft could not be kept: say it, once a minute at most, and go on."""
        log.error("the record cannot be written", exc_info=problem)
        if self.followed.clock() - self._warned > 60:
            self._warned = self.followed.clock()
            self.tell(problem, self.words.error(problem))

    # -- screens over screens

    def action_keys(self) -> None:
        """Show the keys of this screen."""
        from tui.screens.keys import KeysScreen

        self.push_screen(KeysScreen(self.screen, self.words))

    def action_palette(self) -> None:
        """Find a page, a question, a run or an action by its name."""
        self._find("")

    def action_search(self) -> None:
        """Search the course's text."""
        self._find("/")

    def _find(self, start: str) -> None:
        from tui.screens.palette import PaletteScreen

        if not isinstance(self.screen, PaletteScreen):
            self.push_screen(PaletteScreen(start), self._found)

    def _found(self, place: list[str] | None) -> None:
        if not place:
            return
        if place[0] == "action":
            self.call_next(self.run_action, place[1])
        else:
            self.open(place)

    def get_system_commands(self, screen: Screen[Any]) -> Any:
        """Offer none of Textual's own commands; the palette is ours."""
        return iter(list[SystemCommand]())

    # -- the terminal

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Let nothing steer the terminal; where frames are ASCII, let no modal's frame and no ellipsis through."""
        filters = [*super().get_line_filters(), self._taming]
        return [*filters, self._narrowing] if self.glyphs.ascii else filters

    async def on_event(self, event: events.Event) -> None:
        """Read an input method's full-width signs as the keys that they stand for."""
        if isinstance(event, events.Key) and not takes_text(self.focused):
            event = halved(event)
        await super().on_event(event)

    def on_resize(self, event: events.Resize) -> None:
        cover(self, event.size, self.words)

    def _fatal_error(self) -> None:
        """Leave after a fault of our own: one sentence for the learner, the traceback in the log.

        Textual would print the traceback with all local variables over the learner's screen.
        """
        log.error("the app ended by a fault of its own", exc_info=True)
        if not self._exit_renderables:  # a second fault on the way out has its traceback in the log, too
            problem = sys.exc_info()[1]
            said = self.words.error(problem) if isinstance(problem, StoreError) else ""
            self._exit_renderables.append(said or self.words("app.fault", file=self.house.log))
        self._close_messages_no_wait()
