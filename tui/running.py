"""The half of the app that has to do with runs: it starts them, follows them, and tells how they end."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from importlib import import_module
from typing import Any

from engine.errors import EngineError
from engine.reading.follow import Follower
from engine.recipes import Recipe
from engine.runs.folder import RunFolder
from engine.runs.state import State
from engine.runs.store import Runs
from tui.placing import PlacingApp
from tui.screens.base import LearnScreen
from tui.settings import Settings
from tui.start import asked, launch_behind, start, start_first
from tui.strip import ended_line, living_line, short_name
from tui.watch import Watch
from tui.widgets.run_strip import StripLine

POLL_SECONDS = 0.25
SLOW_POLL_SECONDS = 1.0
IDLE_SECONDS = 1.0
"""After so long on the first screen, heavier imports may begin."""

ANNOUNCED_SECONDS = 120.0
"""How long the strip tells of a run's end."""


class RunningApp(PlacingApp):
    """Owns the runs that are followed: a screen that is left would take its own followers with it."""

    def follow_runs(self, runs: Runs) -> None:
        """Begin with the runs of a home; nothing is read yet."""
        self.runs = runs
        self.followed = Watch(runs)
        self._announced: tuple[float, StripLine] | None = None
        self._strip_run = ""
        self._untold: set[str] = set()

    def begin_polling(self) -> None:
        """Read what living runs write, from now on."""
        self._poller = self.set_interval(self._poll_seconds(), self.poll_runs)
        self.call_after_refresh(self.poll_runs)
        if self.runs.all():
            self.set_timer(IDLE_SECONDS, self._warm_up)

    def wear(self, chosen: Settings, *, anew: bool = False) -> None:
        """Act on choices; over a slow link runs are read less often."""
        slow = self.choices.slow
        super().wear(chosen, anew=anew)
        if chosen.slow != slow:
            self._poller.stop()
            self._poller = self.set_interval(self._poll_seconds(), self.poll_runs)

    def poll_runs(self) -> None:
        """Read what living runs wrote; tell the screen that is shown, or the one below a window once that is gone."""
        if not self.screen_stack:
            return  # the app is just closing
        changed, ended = self.followed.poll()
        for follower, state in ended:
            self._announce(follower, state)
        self._untold |= changed
        screen = self.screen
        if not isinstance(screen, LearnScreen) or not screen.whole:
            return
        screen.strip = self.strip_line()
        if self._untold:
            told, self._untold = self._untold, set()
            screen.runs_changed(told)

    def strip_line(self) -> StripLine | None:
        """Return what the strip says now, of a run that trains rather than of one that waits for it; nothing on a
        screen that shows the run itself."""
        alive = self.followed.living()
        shown = self._on_screen()
        if alive:
            training = (each for each in alive if self.followed.state(each.folder.id) != "queued")
            follower = next(training, alive[0])
            self._strip_run = follower.folder.id
            if follower.folder.id in shown:
                return None
            state = self.followed.state(follower.folder.id) or "running"
            return living_line(follower, state, len(alive), self.words, self.glyphs)
        if self._announced is not None:
            since, line = self._announced
            if self.followed.clock() - since < ANNOUNCED_SECONDS and self._strip_run not in shown:
                return line
            self._announced = None
        return None

    def _on_screen(self) -> tuple[str | None, ...]:
        """Return the runs that the screen itself shows."""
        found: tuple[str | None, ...] = getattr(self.screen, "shown_runs", (getattr(self.screen, "shown_run", None),))
        return found

    def action_watch(self) -> None:
        """Open the living run, or the one that ended last."""
        run_id = self._strip_run
        if not run_id:
            newest = self.runs.all()[:1]
            run_id = newest[0].id if newest else ""
        if not run_id:
            self.notify(self.words("app.no-run"), timeout=6, markup=False)
        elif not isinstance(self.screen, LearnScreen) or self.screen.place() != ["run", run_id]:
            self.open(["run", run_id])

    def train(self, kind: str, wishes: Mapping[str, Any], *, preset: str = "", show: bool = False) -> RunFolder | None:
        """Start a run; a problem is said in one sentence, and nothing else changes.

        Args:
            show: Open its screen; else the learner reads on, and the page beside it or the strip shows it.
        """
        try:
            folder = start(self.runs, asked(kind, wishes, preset=preset))
        except EngineError as problem:
            self.notify(self.words.error(problem), severity="error", timeout=15, markup=False)
            return None
        self.followed.follow(folder)
        self._untold.add(folder.id)
        self.poll_runs()
        if show:
            self.open(["run", folder.id])
        elif folder.id not in self._on_screen():  # a notice would lie over the figures that it tells of
            self.notify(self.words("app.started", run=short_name(folder.id)), markup=False)
        return folder

    def train_beside(self, first: Recipe, second: Recipe) -> None:
        """Start two runs, the second behind the first, and open the chart that overlays them."""
        try:
            folders = start_first(self.runs, first, second)
        except EngineError as problem:
            self.notify(self.words.error(problem), severity="error", timeout=15, markup=False)
            return
        self.run_worker(partial(self._launch_behind, *folders), thread=True, group="beside", exit_on_error=False)
        for folder in folders:
            self.followed.follow(folder)
        self.poll_runs()
        self.open(["beside", *(folder.id for folder in folders)])

    def _launch_behind(self, first: RunFolder, second: RunFolder) -> None:
        try:
            launch_behind(first, second)
        except EngineError as problem:
            sentence = self.words.error(problem)
            self.call_from_thread(self.notify, sentence, severity="error", timeout=15, markup=False)

    def _poll_seconds(self) -> float:
        return SLOW_POLL_SECONDS if self.choices.slow else POLL_SECONDS

    def _warm_up(self) -> None:
        """Load what the first chart needs while nobody waits for it."""
        self.run_worker(partial(import_module, "numpy"), thread=True, group="warm-up", exit_on_error=False)

    def _announce(self, follower: Follower, state: State) -> None:
        self._strip_run = follower.folder.id
        self._announced = (self.followed.clock(), ended_line(follower, state, self.words, self.glyphs))
        if self.choices.bell:
            self.bell()
