"""A trial of one run's model: what it is asked, what it has answered, and how its run stands meanwhile."""

from __future__ import annotations

from typing import Any

from engine.errors import RunError
from engine.runs.asker import Asker, worker_answers
from engine.runs.asks import Answer, Ask
from engine.runs.folder import RunFolder
from engine.runs.state import State
from tui.arrays import arrays_in
from tui.watch import Watch
from tui.widgets.run.moment import Moment, Sight

TROUBLED_POLLS = 12
"""Where nobody can answer, only every so many-th look is made."""

SUPERSEDED_SECONDS = 0.3
"""An ask that has waited so long gives way to a newer one; a younger one is answered first."""

WARM = Ask(kind="warm")


class Trial:
    """Asks one model, one question at a time.

    Attributes:
        asker: Through which it is asked.
        answer: The newest, None where nothing is asked.
        trouble: Why it cannot be asked, None where it can.
        moment: How its run stood when that was last looked at, None before.
        again: What is to be asked has changed since it was asked.
    """

    def __init__(self, folder: RunFolder, followed: Watch) -> None:
        """Let somebody load the model."""
        self.asker = Asker(folder)
        self.answer: Answer | None = None
        self.trouble: RunError | None = None
        self.moment: Moment | None = None
        self.again = False
        self._followed = followed
        self._sight: Sight | None = None
        self._polls = 0
        try:
            self._sight = Sight(followed.follow(folder))
            self.asker.ask(WARM)
        except RunError as problem:
            self.trouble = problem

    @property
    def state(self) -> State:
        """How the run stands now."""
        if self._sight is None:
            return "crashed"
        return self._followed.state(self.asker.folder.id) or self._sight.follower.state(self._followed.clock())

    @property
    def trains(self) -> bool:
        """Whether the run's own worker answers: it has its model."""
        return worker_answers(self.state, planned=self._planned)

    @property
    def moves(self) -> bool:
        """Whether the same may be answered otherwise by now: the model trains, and nothing else is asked."""
        return not self.asker.token and self.answer is not None and self.state == "running"

    def look(self) -> Moment | None:
        """Return how the run stands now, None where that cannot be known."""
        if self._sight is None:
            return None
        try:
            self.moment = self._sight.moment(self.state, self._followed.clock())
        except RunError as problem:  # it was deleted from elsewhere
            self.trouble = problem
            return None
        return self.moment

    def ask(self, ask: Ask | None) -> None:
        """Ask the model, None for nothing any more; while a young ask waits, only note that there is another."""
        if ask is None:
            self.answer, self.again = None, False
        elif self.asker.token and self.asker.age < SUPERSEDED_SECONDS:
            self.again = True
        else:
            try:
                self.asker.ask(ask)
                self.trouble = None
            except RunError as problem:
                self.trouble = problem

    def awaits(self) -> bool:
        """Return whether it is time to look for an answer."""
        self._polls += 1
        return bool(self.asker.token) and (self.asker.problem is None or self._polls % TROUBLED_POLLS == 0)

    def poll(self) -> Answer | None:
        """Return an answer once it is there; that of a model that has just been loaded is none to show."""
        try:
            answer = self.asker.poll(self.state, planned=self._planned)
        except RunError as problem:
            self.trouble = problem
            self.asker.token = ""
            return None
        if answer is not None and not is_warm(answer):
            self.answer = answer
        return answer

    def arrays(self) -> dict[str, Any]:
        """Return the arrays of the newest answer; none where they are gone or torn."""
        return arrays_in(self.asker.arrays)

    @property
    def _planned(self) -> bool:
        return self.moment is not None and self.moment.progress.planned is not None


def is_warm(answer: Answer) -> bool:
    """Return whether an answer says only that the model is loaded."""
    return answer.kind == WARM.kind and answer.problem is None
