"""Trying a run's model: what every such screen has, whatever is asked."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from textual.content import Content
from textual.timer import Timer

from content.course.visible import visible
from engine.runs.asks import Answer, Ask
from engine.runs.folder import RunFolder
from tui.screens.base import LearnScreen
from tui.screens.trial import Trial, is_warm
from tui.screens.trial_said import Said
from tui.screens.try_drafts import TryDrafts
from tui.widgets.run.lines import Lines
from tui.widgets.run.moment import Moment
from tui.widgets.run.spoken import status, title

POLL_SECONDS = 0.02
"""How often an answer is looked for while one is awaited."""

AGAIN_SECONDS, SLOW_AGAIN_SECONDS = 1.0, 4.0
"""How often a model that trains is asked the same again: its answer moves."""

KEEP_SECONDS = 0.6
MOST_NOTES = 2


class TryScreen(LearnScreen[None]):
    """Asks the model of one run as the learner types or draws.

    Subclasses call `changed` after each change, and have two Lines among their widgets: #try-status, which says
    what is going on, and #try-notes.
    """

    trial: Trial | None = None
    """What is asked and answered, None before the screen is filled."""

    def __init__(self, run_id: str) -> None:
        super().__init__()
        self._run_id = run_id
        self._later: Timer | None = None
        self._keeping: Timer | None = None

    # -- what differs

    @abstractmethod
    def question(self) -> Ask | None:
        """Return what is to be asked now, None where there is nothing to ask about."""

    @abstractmethod
    def show_answer(self, answer: Answer, arrays: dict[str, Any]) -> None:
        """Show an answer to `question`."""

    @abstractmethod
    def show_nothing(self) -> None:
        """Show that there is no answer, since nothing is asked, or nobody can answer."""

    @abstractmethod
    def draft(self) -> str:
        """Return what was typed or drawn, as text."""

    @abstractmethod
    def put_draft(self, text: str) -> None:
        """Show what `draft` returned."""

    @abstractmethod
    def speak(self) -> None:
        """Say everything in the learner's language."""

    # -- the screen

    @property
    def shown_run(self) -> str:
        """The id of the run that is shown: the strip need not show it too."""
        return self._run_id

    @property
    def folder(self) -> RunFolder:
        """The run's folder."""
        return RunFolder(self.owner.runs.folder / self._run_id)

    @property
    def classes_of_run(self) -> list[str]:
        """Names of the run's classes, none while they are not known."""
        planned = self.moment.progress.planned if self.moment else None
        return [visible(name) for name in planned.classes] if planned else []

    @property
    def answer(self) -> Answer | None:
        """The newest answer, None where there is none."""
        return self.trial.answer if self.trial is not None else None

    @property
    def moment(self) -> Moment | None:
        """How the run stood when that was last looked at."""
        return self.trial.moment if self.trial is not None else None

    def place(self) -> list[str] | None:
        return ["try", self._run_id]

    def fill(self) -> None:
        if self.trial is None:
            self._begin()
        self.speak()
        self._look()

    async def retranslate(self) -> None:
        """Say everything in the learner's new language; what was typed or drawn stays."""
        self._dress()
        self.speak()
        if self.answer is not None:
            self._show(self.answer)
        self._look()
        self._say()
        self.strip = self.owner.strip_line()
        self.show_keys()

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self._look()

    def on_unmount(self) -> None:
        self._keep_draft()
        if self.trial is not None:
            self.trial.asker.leave()

    def runs_changed(self, ids: set[str]) -> None:
        """Show how the run stands."""
        if self._run_id in ids:
            self._look()

    def changed(self, after_seconds: float = 0.0) -> None:
        """What is asked about has changed: ask again, once it has not changed for some seconds."""
        if self._later is not None:
            self._later.stop()
            self._later = None
        if after_seconds:
            self._later = self.set_timer(after_seconds, self._ask)
        else:
            self._ask()
        if self._keeping is None:
            self._keeping = self.set_timer(KEEP_SECONDS, self._keep_draft)

    # -- asking

    def _begin(self) -> None:
        self.trial = Trial(self.folder, self.owner.followed)
        self._look()
        draft = TryDrafts(self.owner.record).of(self._run_id)
        if draft:
            self.call_after_refresh(self.put_draft, draft)
        self.set_interval(POLL_SECONDS, self._poll)
        slow = self.owner.choices.slow
        self.set_interval(SLOW_AGAIN_SECONDS if slow else AGAIN_SECONDS, self._ask_again)

    def _ask(self) -> None:
        trial, ask = self.trial, self.question()
        if trial is None:
            return
        trial.ask(ask)
        if ask is None:
            self.show_nothing()
        if ask is None or trial.trouble is not None:
            self._say()

    def _ask_again(self) -> None:
        """Ask the same of a model that has moved on, or whose training examples were not known yet."""
        if self.trial is not None and self.trial.moves:
            self._ask()

    def _poll(self) -> None:
        trial = self.trial
        if not self.whole or trial is None or not trial.awaits():
            return
        answer = trial.poll()
        if answer is not None:
            self._take(trial, answer)
        self._say()

    def _take(self, trial: Trial, answer: Answer) -> None:
        if is_warm(answer):
            self._ask()
            return
        self._show(answer)
        if trial.again:
            trial.again = False
            self._ask()

    def _show(self, answer: Answer) -> None:
        if answer.problem is not None or self.trial is None:
            self.show_nothing()
        else:
            self.show_answer(answer, self.trial.arrays() if answer.arrays else {})

    # -- saying

    def _look(self) -> None:
        """Show how the run stands now."""
        moment = self.trial.look() if self.trial is not None else None
        if moment is not None:
            self.titled(self.words("try.title", run=title(moment)), status(moment, self.words), model=True)
            return
        if self.moment is None:
            self.titled(self.words("try.title", run=self._run_id))
        self._say()

    def _say(self) -> None:
        """Say what is going on, and what has to be known of the answer."""
        if not self.is_mounted or self.trial is None:
            return
        said = Said(self.trial, self.words, max(20, self.size.width - 4))
        lines, problem = said.status(f"try.hint-{self.name_of_kind()}")
        tone = "$error" if problem else "$quiet"
        self.query_one("#try-status", Lines).put([Content.styled(lines[0], tone)])
        more = [*lines[1:], *said.notes()][:MOST_NOTES]
        self.query_one("#try-notes", Lines).put([Content.styled(line, tone) for line in more])

    def name_of_kind(self) -> str:
        """Return how the hint of this screen is called."""
        return type(self).__name__.removeprefix("Try").removesuffix("Screen").lower()

    # -- keeping

    def _keep_draft(self) -> None:
        """Keep what was typed or drawn, so that nothing is lost by leaving."""
        self._keeping = None
        TryDrafts(self.owner.record).keep(self._run_id, self.draft())
