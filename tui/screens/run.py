"""A run as it is watched and steered; leaving the screen never stops it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from engine.errors import RunError
from engine.runs import control
from engine.runs.folder import RunFolder
from engine.runs.launch import resume
from engine.runs.own_probes import add_probe
from tui.screens.base import LearnScreen
from tui.screens.confirm import ConfirmScreen
from tui.strip import short_name
from tui.widgets.run.kinds import COUNTS
from tui.widgets.run.ladder import FULL, faster, slower
from tui.widgets.run.moment import Moment, Sight
from tui.widgets.run.probed import ProbedPanel
from tui.widgets.run.spoken import status, title
from tui.widgets.run.view import RunView

RESUMABLE = ("stopped", "crashed", "failed")
WHILE_ALIVE = ("step", "pace", "full", "stop", "leave")


class RunScreen(LearnScreen[None]):
    """One run: panels, figures, and the keys that steer it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "pause", "run.keys.pause", id="run.pause"),
        Binding("space", "go_on", "run.keys.go-on", id="run.pause"),
        Binding("r", "resume", "run.keys.resume", id="run.resume"),
        Binding("r", "go_on", "run.keys.go-on", id="run.go-on", show=False),
        Binding("e", "again", "run.keys.again", id="run.again"),
        Binding("i", "try", "try.keys.try", id="run.try"),
        Binding("full_stop", "step", "run.keys.step", id="run.step"),
        Binding("minus", "pace(-1)", "run.keys.pace", id="run.pace", key_display="- ="),
        Binding("equals_sign,plus", "pace(1)", "run.keys.pace", id="run.pace", key_display="- ="),
        *(
            Binding(
                str(number), f"panel({number}, {count})", "run.keys.panel", id="run.panel", key_display=f"1-{count}"
            )
            for count in COUNTS
            for number in range(1, count + 1)
        ),
        Binding("T", "as_text", "run.keys.text", id="run.text", show=False),
        Binding("f", "full", "run.keys.full", id="run.full", show=False),
        Binding("s", "stop", "run.keys.stop", id="run.stop"),
        Binding("escape,backspace,q", "leave", "run.keys.back", id="base.back"),
        Binding("escape,backspace,q", "back", "keys.back", id="base.back"),
    ]

    def __init__(self, run_id: str) -> None:
        super().__init__()
        self._run_id = run_id
        self._sight: Sight | None = None
        self._view: RunView | None = None
        self._moment: Moment | None = None

    @property
    def shown_run(self) -> str:
        """The id of the run that is shown."""
        return self._run_id

    @property
    def folder(self) -> RunFolder:
        """The run's folder."""
        return RunFolder(self.owner.runs.folder / self._run_id)

    @property
    def view(self) -> RunView:
        """The widget that shows the run."""
        if self._view is None:
            self._view = RunView(self.words, self.glyphs, kind=self._kind(), id="run-view")
        return self._view

    def place(self) -> list[str] | None:
        return ["run", self._run_id]

    def body(self) -> Iterable[Widget]:
        yield self.view

    def fill(self) -> None:
        if self._sight is None:
            self._begin()
        self._look()
        self.view.take_keys()

    async def retranslate(self) -> None:
        """Say everything in the learner's new language; panels keep what they show."""
        self._dress()
        self.view.speak(self.words, self.glyphs)
        self.strip = self.owner.strip_line()
        self.show_keys()

    def on_screen_resume(self) -> None:
        self._look()

    def runs_changed(self, ids: set[str]) -> None:
        """Show what the run has done."""
        if self._run_id in ids:
            self._look()

    @on(RunView.Told)
    def told(self, event: RunView.Told) -> None:
        event.stop()
        self.titled(title(event.moment), status(event.moment, self.words), model=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether a key acts now: what steers a run needs one that is alive."""
        moment = self._moment
        alive = moment is not None and moment.alive
        match action:
            case "pause":
                return alive and not self._rests()
            case "go_on":
                return alive and self._rests()
            case "resume":
                return moment is not None and moment.state in RESUMABLE
            case "again":
                return moment is not None and not alive
            case "panel":
                return parameters[1] == len(self.view.panels)
            case "step":
                return alive and moment is not None and moment.progress.planned is not None
        return alive if action in WHILE_ALIVE else True

    def action_pause(self) -> None:
        """Ask the run to rest."""
        self._ask(lambda: control.pause(self.folder))

    def action_go_on(self) -> None:
        """Ask the run to go on."""
        self._ask(lambda: control.go_on(self.folder))

    def action_step(self) -> None:
        """Ask for one update more; a run that trains is asked to rest first."""
        moment = self._moment
        if moment is None:
            return
        if not self._rests():
            self.action_pause()
            return
        after = max(moment.progress.update, moment.wanted.until_update)
        self._ask(lambda: control.step(self.folder, after))

    def action_pace(self, direction: int) -> None:
        """Ask for the next pace up or down the ladder."""
        if self._moment is not None:
            pace = self._moment.wanted.pace
            self._ask(lambda: control.set_pace(self.folder, faster(pace) if direction > 0 else slower(pace)))

    def action_full(self) -> None:
        """Ask for full speed."""
        self._ask(lambda: control.set_pace(self.folder, FULL))

    def action_stop(self) -> None:
        """Ask the run to stop, once the learner has been asked."""
        question = self.words("run.ask-stop", run=short_name(self._run_id))

        def answered(yes: bool | None) -> None:
            if yes:
                self._ask(lambda: control.stop(self.folder))

        self.app.push_screen(ConfirmScreen(question, self.words("run.yes-stop"), self.words("run.no-stop")), answered)

    def action_resume(self) -> None:
        """Start a run that ended too early again, from its newest checkpoint."""
        self._ask(lambda: resume(self.folder))

    def action_again(self) -> None:
        """Open the lab with the recipe of this run."""
        from tui.screens.lab import LabScreen

        if self._moment is not None:
            recipe = self._moment.recipe
            self.app.push_screen(LabScreen(recipe.preset, dict(recipe.knobs), recipe.kind))

    def action_try(self) -> None:
        """Let the learner ask the model."""
        self.owner.open(["try", self._run_id])

    def action_panel(self, number: int, count: int) -> None:
        """Show a panel, or the other side of the one that is seen; `count` says which runs the key belongs to."""
        self.view.choose(number)

    def action_as_text(self) -> None:
        """Show the panel as text, or as a picture again."""
        self.view.toggle_text()

    def action_leave(self) -> None:
        """Go back; training goes on."""
        self.action_back()

    @on(ProbedPanel.SentenceAsked)
    def ask_sentence(self, event: ProbedPanel.SentenceAsked) -> None:
        """Let the learner write a sentence for the model to look at."""
        from tui.screens.own_sentence import OwnSentenceScreen

        event.stop()
        panel = event.panel

        def written(text: str | None) -> None:
            if text:
                self._ask(lambda: add_probe(self.folder, text))
                panel.asked()

        self.app.push_screen(OwnSentenceScreen(self.words, needs_mask=panel.NEEDS_MASK), written)

    def _kind(self) -> str:
        """Return what is trained; a recipe that cannot be read is told of when the run is opened."""
        try:
            return self.folder.recipe().kind
        except RunError:
            return "mlp"

    def _begin(self) -> None:
        try:
            follower = self.owner.followed.follow(self.folder)
            self._sight = Sight(follower)
            self._catch_up()
        except RunError as problem:
            self.notify(self.words.error(problem), severity="error", timeout=20, markup=False)

    def _catch_up(self) -> None:
        """Read a long run slice by slice, so that no key waits, instead of a slice at each poll of the app."""
        if self._sight is None:
            return
        follower = self._sight.follower
        follower.poll()
        if not follower.caught_up:
            self.call_later(self._catch_up)
        self._look()

    def _look(self) -> None:
        """Show the run as it is now, and the keys that act now."""
        if self._sight is None or not self.is_mounted:
            return
        watch = self.owner.followed
        now = watch.clock()
        state = watch.state(self._run_id) or self._sight.follower.state(now)
        before, self._moment = self._moment, self._sight.moment(state, now)
        self.view.show(self._moment)
        if before is None or (before.state, before.wanted) != (state, self._moment.wanted):
            self.refresh_bindings()

    def _rests(self) -> bool:
        """Return whether the run is paused, or was asked to pause."""
        moment = self._moment
        return moment is not None and (
            moment.wanted.state == "paused" or moment.wanted.until_update > 0 or moment.state == "paused"
        )

    def _ask(self, act: Callable[[], object]) -> None:
        """Do what steers the run; what goes wrong is one sentence."""
        try:
            act()
            self.owner.followed.follow(self.folder)
        except RunError as problem:
            self.notify(self.words.error(problem), severity="error", markup=False)
        self._look()
