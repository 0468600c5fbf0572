"""Trying a run's model: what every such screen has, whatever is asked."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from textual.content import Content
from textual.timer import Timer

from content.course.visible import visible
from engine.errors import RunError
from engine.runs.asker import LOADS, NO_MODEL, Asker, worker_answers
from engine.runs.asks import Answer, Ask, Note
from engine.runs.folder import RunFolder
from engine.runs.state import State
from tui.screens.base import LearnScreen
from tui.text.span import Span, plain
from tui.text.wrap import wrap
from tui.widgets.run.lines import Lines
from tui.widgets.run.moment import Moment, Sight
from tui.widgets.run.spoken import status, title, waiting

POLL_SECONDS = 0.02
"""How often an answer is looked for while one is awaited."""

TROUBLED_POLLS = 12
"""Where nobody can answer, only every so many-th look is made."""

SUPERSEDED_SECONDS = 0.3
"""An ask that has waited so long gives way to a newer one; a younger one is answered first."""

PATIENT_SECONDS, SETTLED_SECONDS = 0.4, 2.5
"""Only a longer wait is worth words; while an answer is shown, only a still longer one."""

AGAIN_SECONDS, SLOW_AGAIN_SECONDS = 1.0, 4.0
"""How often a model that trains is asked the same again: its answer moves."""

KEEP_SECONDS = 0.6
MOST_DRAFTS = 20
"""Of so many runs what was typed or drawn is kept."""

MOST_NOTES = 2


class TryScreen(LearnScreen[None]):
    """Asks the model of one run as the learner types or draws.

    Subclasses call `changed` after each change, and have two Lines among their widgets: #try-status, which says
    what is going on, and #try-notes.
    """

    WARM = Ask(kind="warm")

    def __init__(self, run_id: str) -> None:
        super().__init__()
        self._run_id = run_id
        self._asker: Asker | None = None
        self._sight: Sight | None = None
        self._moment: Moment | None = None
        self._answer: Answer | None = None
        self._trouble: RunError | None = None
        self._polls = 0
        self._again = False
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
        planned = self._moment.progress.planned if self._moment else None
        return [visible(name) for name in planned.classes] if planned else []

    def place(self) -> list[str] | None:
        return ["try", self._run_id]

    def fill(self) -> None:
        if self._asker is None:
            self._begin()
        self.speak()
        self._look()

    async def retranslate(self) -> None:
        """Say everything in the learner's new language; what was typed or drawn stays."""
        self._dress()
        self.speak()
        if self._answer is not None:
            self._show(self._answer)
        self._look()
        self._say()
        self.strip = self.owner.strip_line()
        self.show_keys()

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self._look()

    def on_unmount(self) -> None:
        self._keep_draft()
        if self._asker is not None:
            self._asker.leave()

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
        self._asker = Asker(self.folder)
        try:
            self._sight = Sight(self.owner.followed.follow(self.folder))
            self._asker.ask(self.WARM)
        except RunError as problem:
            self._trouble = problem
        self._look()
        drafts = self._drafts()
        if self._run_id in drafts:
            self.call_after_refresh(self.put_draft, drafts[self._run_id])
        self.set_interval(POLL_SECONDS, self._poll)
        slow = self.owner.choices.slow
        self.set_interval(SLOW_AGAIN_SECONDS if slow else AGAIN_SECONDS, self._ask_again)

    def _ask(self) -> None:
        asker, ask = self._asker, self.question()
        if asker is None:
            return
        if ask is None:
            self._answer, self._again = None, False
            self.show_nothing()
            self._say()
            return
        if asker.token and asker.age < SUPERSEDED_SECONDS:
            self._again = True
            return
        try:
            asker.ask(ask)
            self._trouble = None
        except RunError as problem:
            self._trouble = problem
            self._say()

    def _ask_again(self) -> None:
        """Ask the same of a model that has moved on, or whose training examples were not known yet."""
        asker, answer = self._asker, self._answer
        if asker is not None and not asker.token and answer is not None and self._state() == "running":
            self._ask()

    def _poll(self) -> None:
        asker = self._asker
        self._polls += 1
        if (
            not self.whole
            or asker is None
            or not asker.token
            or (asker.problem is not None and self._polls % TROUBLED_POLLS)
        ):
            return
        moment = self._moment
        try:
            answer = asker.poll(self._state(), planned=moment is not None and moment.progress.planned is not None)
        except RunError as problem:
            self._trouble = problem
            asker.token = ""
            answer = None
        if answer is not None:
            self._take(answer)
        self._say()

    def _take(self, answer: Answer) -> None:
        if answer.kind == self.WARM.kind and answer.problem is None:
            self._ask()
            return
        self._answer = answer
        self._show(answer)
        if self._again:
            self._again = False
            self._ask()

    def _show(self, answer: Answer) -> None:
        if answer.problem is not None:
            self.show_nothing()
        else:
            self.show_answer(answer, self._arrays() if answer.arrays else {})

    def _arrays(self) -> dict[str, Any]:
        """Return the arrays of the answer; none where they are gone or torn."""
        from safetensors import SafetensorError
        from safetensors.numpy import load

        assert self._asker is not None
        try:
            return dict(load(self._asker.arrays.read_bytes()))
        except (OSError, SafetensorError):
            return {}

    # -- saying

    def _look(self) -> None:
        """Show how the run stands now."""
        if self._sight is None:
            self.titled(self.words("try.title", run=self._run_id))
            return
        now = self.owner.followed.clock()
        try:
            self._moment = self._sight.moment(self._state(), now)
        except RunError as problem:  # it was deleted from elsewhere
            self._trouble = problem
            self._say()
            return
        self.titled(self.words("try.title", run=title(self._moment)), status(self._moment, self.words), model=True)

    def _state(self) -> State:
        watch = self.owner.followed
        if self._sight is None:
            return "crashed"
        return watch.state(self._run_id) or self._sight.follower.state(watch.clock())

    def _say(self) -> None:
        """Say what is going on, and what has to be known of the answer."""
        if not self.is_mounted:
            return
        width = max(20, self.size.width - 4)
        status_line, problem = self._status()
        tone = "$error" if problem else "$quiet"
        self.query_one("#try-status", Lines).put([Content.styled(status_line[0], tone)])
        notes = [line for note in (self._answer.notes if self._answer else []) for line in self._wrapped(note, width)]
        more = [*status_line[1:], *notes][:MOST_NOTES]
        self.query_one("#try-notes", Lines).put([Content.styled(line, tone) for line in more])

    def _status(self) -> tuple[list[str], bool]:
        """Return what is said in some lines, and whether it is a problem."""
        width = max(20, self.size.width - 4)
        asker, answer = self._asker, self._answer
        if self._trouble is not None:
            return _lines(self.words.error(self._trouble), width), True
        if asker is None:
            return [""], False
        if asker.token and asker.problem is not None:
            said = self._wrapped(asker.problem, width)
            if asker.problem == LOADS and self._moment is not None:
                said += waiting(self._moment, self.words)
            return said, asker.problem not in (LOADS, NO_MODEL)
        if asker.token and asker.waited > (PATIENT_SECONDS if answer is None else SETTLED_SECONDS):
            return [self._waiting(asker)], False
        if answer is not None and answer.problem is not None:
            return self._wrapped(answer.problem, width), answer.problem.code not in ("ask-empty", "ask-no-mask")
        if answer is not None:
            return [self._answered(answer)], False
        return _lines(self.words(f"try.hint-{self.name_of_kind()}"), width), False

    def name_of_kind(self) -> str:
        """Return how the hint of this screen is called."""
        return type(self).__name__.removeprefix("Try").removesuffix("Screen").lower()

    def _waiting(self, asker: Asker) -> str:
        moment = self._moment
        seconds = f"{asker.waited:.0f}"
        if worker_answers(self._state(), planned=moment is not None and moment.progress.planned is not None):
            return self.words("try.asked-worker", n=seconds)
        said = asker.status()
        doing = said.doing if said is not None else "start"
        if doing not in ("torch", "transformers", "model"):
            doing = "asked" if doing == "ready" else "start"
        return self.words(f"try.wait-{doing}", n=seconds)

    def _answered(self, answer: Answer) -> str:
        update, milliseconds = f"{answer.update:,}", f"{1000 * answer.seconds:.0f}"
        return self.words("try.answered", update=update, n=milliseconds)

    def _wrapped(self, note: Note, width: int) -> list[str]:
        return _lines(self.words.told(note.code, note.details, note.sentence), width)

    # -- keeping

    def _drafts(self) -> dict[str, str]:
        kept = self.owner.record.setting("try", {})
        return {key: text for key, text in kept.items() if isinstance(text, str)} if isinstance(kept, dict) else {}

    def _keep_draft(self) -> None:
        """Keep what was typed or drawn, so that nothing is lost by leaving."""
        self._keeping = None
        drafts = self._drafts()
        now = self.draft()
        if drafts.get(self._run_id, "") != now:
            drafts.pop(self._run_id, None)
            newest = [*drafts.items(), *([(self._run_id, now)] if now else [])][-MOST_DRAFTS:]
            self.owner.record.keep_setting("try", dict(newest))


def _lines(text: str, width: int) -> list[str]:
    return [plain(line) for line in wrap([Span(text)], width)] or [""]
