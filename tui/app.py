"""The app: owns the course, the record and the runs that are followed; everything else is shown by screens."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import Any

import msgspec
from textual import events
from textual.app import SystemCommand
from textual.binding import Binding
from textual.filter import LineFilter
from textual.keys import _character_to_key
from textual.screen import Screen
from textual.scrollbar import ScrollBar

from content.course.course import Course
from content.errors import StoreError
from content.memory.record import Record
from engine.runs.store import Runs
from tui import settings as choices
from tui.fitting import FittingApp
from tui.glyphs import Glyphs, glyphs
from tui.house import House
from tui.keeping import Lost
from tui.screens.base import LearnScreen
from tui.screens.hints import takes_text
from tui.screens.places import kept_under, opened, reopen
from tui.scrollbar import WholeCells
from tui.sentences import LANGUAGES
from tui.taming import Narrowing, Taming
from tui.terminal import SMALLEST, Width, ascii_frames, locale_language
from tui.theme import DARK, LIGHT
from tui.theme_sixteen import DARK_16, LIGHT_16
from tui.words import Words

log = logging.getLogger("learncurve")

POLL_SECONDS = 0.25
SLOW_POLL_SECONDS = 1.0
IDLE_SECONDS = 1.0
"""After so long on the first screen, heavier imports may begin."""

HALVED = {0x3000: " ", 0x3002: ".", 0x3001: "/", 0xFFE5: "$"} | {
    wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)
}
"""What an input method's full-width signs mean as keys: `？` is `?`, `／` and `、` are `/`, `。` is `.`."""


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
        self.measured = measured
        self.first = first
        self.notices = notices
        self.only = only
        self.lost = lost
        self.choices = choices.load(record)
        language = self.choices.language or (lost.language if lost else "") or locale_language() or "en"
        self.words = Words(language)
        self.glyphs: Glyphs = glyphs(ascii_frames(self.choices.frames, measured, language))
        self._taming, self._narrowing = Taming(), Narrowing()
        record.troubled = self._not_kept
        self.follow_runs(Runs(house.home))
        self.begin_course(course, watched=watched)
        self._keeping = False
        self._warned = 0.0
        ScrollBar.renderer = WholeCells
        for theme in (DARK, LIGHT, DARK_16, LIGHT_16):
            self.register_theme(theme)
        self._dress()

    @property
    def language(self) -> str:
        """The learner's language; the course's first one is used where the course lacks it."""
        return self.words.language

    def bindings_signal(self, node: Screen[Any], callback: Callable[[], None]) -> None:
        """Call back whenever the keys of a screen may have changed."""
        node.bindings_updated_signal.subscribe(node, lambda _: callback())

    # -- start and end

    def get_default_screen(self) -> Screen[Any]:
        from tui.screens.home import HomeScreen

        return HomeScreen(id="home")

    async def on_mount(self) -> None:
        places = self.first if self.first is not None else opened(self.record, self.course.id)
        for place in places:
            screen = reopen(self, place)
            if screen is not None:
                await self.push_screen(screen)
        self._keeping = True
        self.follow_course()
        if self.lost is not None and not self.only:
            self.call_after_refresh(self.offer_back, self.lost)
        else:
            self.greet()
        for notice in self.notices:
            self.notify(notice, severity="warning", timeout=20, markup=False)
        self._poller = self.set_interval(self._poll_seconds(), self.poll_runs)
        self.call_after_refresh(self.poll_runs)
        self._fit_size(self.size.width, self.size.height)
        if self.runs.all():
            self.set_timer(IDLE_SECONDS, self._warm_up)
        self.keep_safe()

    def greet(self) -> None:
        """Welcome somebody who was never here."""
        if not self.choices.greeted and not self.only:
            from tui.screens.first_start import FirstStartScreen

            self.push_screen(FirstStartScreen())

    def _warm_up(self) -> None:
        """Load what the first chart needs while nobody waits for it."""
        self.run_worker(partial(import_module, "numpy"), thread=True, group="warm-up", exit_on_error=False)

    def keep_places(self) -> None:
        """Keep which screens are open, so that a dropped line loses nothing."""
        if not self._keeping or self.only:
            return
        places = [
            place for screen in self.screen_stack if isinstance(screen, LearnScreen) and (place := screen.place())
        ]
        self.record.keep_setting(kept_under(self.course.id), places)

    def leave(self, screen: Screen[Any]) -> None:
        """Go back from a screen; from the last one, leave the app."""
        if len(self.screen_stack) <= (2 if self.only else 1):
            self.action_leave_app()
        elif self.screen is screen:
            self.pop_screen()

    def action_leave_app(self) -> None:
        """Quit; runs go on, and the line after the app says so."""
        if not self.only:
            self.record.keep_setting(kept_under(self.course.id), [])
        self._keeping = False
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

    # -- choices

    def choose(self, **changes: Any) -> None:
        """Keep a choice about the interface and act on it at once."""
        chosen = msgspec.structs.replace(self.choices, **changes)
        choices.save(self.record, chosen)
        self.wear(chosen)

    def wear(self, chosen: choices.Settings, *, anew: bool = False) -> None:
        """Act on choices; `anew` shows every screen anew, whatever has changed."""
        before, self.choices = self.choices, chosen
        self._dress()
        if self.choices.slow != before.slow:
            self._poller.stop()
            self._poller = self.set_interval(self._poll_seconds(), self.poll_runs)
        language = self.choices.language or self.words.language
        self.glyphs = glyphs(ascii_frames(self.choices.frames, self.measured, language))
        if anew or language != self.words.language or self.choices.frames != before.frames:
            self.words = Words(language)
            self.run_worker(self._retranslate(), exclusive=True, group="language")
        elif isinstance(self.screen, LearnScreen):
            self.screen.choices_changed()

    async def _retranslate(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, LearnScreen):
                await screen.retranslate()

    def action_language(self) -> None:
        """Switch to the next language; everything on every screen changes."""
        following = LANGUAGES[(LANGUAGES.index(self.words.language) + 1) % len(LANGUAGES)]
        self.choose(language=following)

    def action_theme(self) -> None:
        """Switch between the dark and the light theme."""
        self.choose(theme="light" if self.choices.theme == "dark" else "dark")

    def _dress(self) -> None:
        """Wear the chosen theme, in colours that this terminal has."""
        few = self.console.color_system in ("standard", "windows")
        self.theme = f"learncurve-{self.choices.theme}" + ("-16" if few else "")

    def _poll_seconds(self) -> float:
        return SLOW_POLL_SECONDS if self.choices.slow else POLL_SECONDS

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
        if isinstance(event, events.Key) and event.character and not takes_text(self.focused):
            halved = HALVED.get(ord(event.character)) if len(event.character) == 1 else None
            if halved is not None:
                event = events.Key(_character_to_key(halved), halved)
        await super().on_event(event)

    def on_resize(self, event: events.Resize) -> None:
        self._fit_size(event.size.width, event.size.height)

    def _fit_size(self, width: int, height: int) -> None:
        """Cover everything with one sentence while the terminal is too small."""
        from tui.screens.too_small import TooSmallScreen

        small = width < SMALLEST[0] or height < SMALLEST[1]
        covered = isinstance(self.screen, TooSmallScreen)
        if small and not covered:
            self.push_screen(TooSmallScreen(self.words("app.too-small", width=SMALLEST[0], height=SMALLEST[1])))
        elif covered and not small:
            self.pop_screen()

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
