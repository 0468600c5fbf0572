"""A talk with one model: a question at a time, whoever answers, the run's worker or a light process."""

from __future__ import annotations

from typing import Any

from engine.errors import EngineError, RunError
from engine.runs.asker import Asker, note, worker_answers
from engine.runs.asks import Answer, Ask
from engine.runs.folder import RunFolder
from engine.runs.shipped import shipped_run
from engine.runs.state import State
from tui.arrays import arrays_in
from tui.demos.asked_model import AskedModel, Waiting
from tui.supplies.supply import Surroundings

AGAIN_SECONDS = 1.0
"""How often a model that trains is asked the same again: its answer moves."""

LOADS = ("torch", "transformers", "model")


class Talk:
    """Asks whichever model it is turned to.

    Attributes:
        waiting: What is known while there is no answer.
    """

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._model: AskedModel | None = None
        self._asker: Asker | None = None
        self._last: Ask | None = None
        self._answered = 0.0
        self.waiting = Waiting()

    def ask(self, model: AskedModel, ask: Ask) -> None:
        """Ask a model, unless it has just been asked the same, and does not move on meanwhile."""
        if model == self._model and ask == self._last and not self._is_stale():
            return
        again = self._model == model and self._last == ask
        try:
            self._turned_to(model).ask(ask)
            self.waiting = self.waiting if again else Waiting("start")
        except EngineError as problem:
            self.waiting = Waiting(problem=note(problem))
        self._model, self._last = model, ask

    def forget(self) -> None:
        """Let the next ask be asked even if it is the one before: the learner wants to try again."""
        self._last = None

    def poll(self) -> Answer | None:
        """Return the answer once it is there, a problem as one; None while there is none."""
        asker = self._asker
        if asker is None or not asker.token:
            return None
        try:
            answer = asker.poll(self._state(), planned=self._is_planned())
        except RunError as problem:
            asker.token = ""
            self.waiting = Waiting(problem=note(problem))
            return None
        if answer is None:
            self.waiting = Waiting(problem=asker.problem) if asker.problem else Waiting(self._doing(asker))
            return None
        self._answered = self._around.followed.clock()
        self.waiting = Waiting(problem=answer.problem)
        return answer

    def arrays(self) -> dict[str, Any]:
        """Return the arrays of the newest answer; none where they are gone or torn."""
        return arrays_in(self._asker.arrays) if self._asker is not None else {}

    def leave(self) -> None:
        """Take back what was asked, and let the light process go."""
        if self._asker is not None:
            self._asker.leave()
        self._asker = self._model = self._last = None

    def _turned_to(self, model: AskedModel) -> Asker:
        if self._asker is None or model != self._model:
            self.leave()
            self._model = model
            self._asker = Asker(self._folder(model))
        return self._asker

    def _folder(self, model: AskedModel) -> RunFolder:
        runs = self._around.runs
        if model.is_shipped:
            return shipped_run(runs.home)
        folder = RunFolder(runs.folder / model.run)
        self._around.followed.follow(folder)
        return folder

    def _state(self) -> State:
        """Return how the run is doing; what comes along is as a run that has ended."""
        if self._model is None or self._model.is_shipped or self._asker is None:
            return "finished"
        followed = self._around.followed
        return followed.state(self._model.run) or followed.follow(self._asker.folder).state(followed.clock())

    def _is_planned(self) -> bool:
        if self._model is None or self._model.is_shipped or self._asker is None:
            return True
        return self._around.followed.follow(self._asker.folder).progress.planned is not None

    def _is_stale(self) -> bool:
        """Return whether the answer is of a model that trains on."""
        asker = self._asker
        if asker is None or asker.token or self._state() != "running":
            return False
        return not 0 <= self._around.followed.clock() - self._answered < AGAIN_SECONDS

    def _doing(self, asker: Asker) -> str:
        if worker_answers(self._state(), planned=self._is_planned()):
            return "asked"
        status = asker.status()
        if status is None:
            return "start"
        return status.doing if status.doing in LOADS else "asked"
