"""The counts of the parameter ladder: kept ones, or those of a process that builds the models and counts."""

from __future__ import annotations

import msgspec

from engine.errors import RunError
from engine.reading.counting import Counting
from engine.reading.zoo import Zoo, kept
from engine.runs.asker import note
from engine.runs.asks import Note
from engine.runs.telling import Told
from tui.demos.ladder import Ladder, counted
from tui.supplies.supply import Surroundings


class LadderSupply:
    """Puts real counts into the ladder once they are there; those that it remembers from before are checked."""

    def __init__(self, around: Surroundings) -> None:
        self._home = around.runs.home
        self._counting: Counting | None = None
        self._zoo: Zoo | None = None
        self._problem: Note | None = None

    def look(self, state: Ladder) -> Ladder:
        """Return the ladder with the counts, or with how far the counting is."""
        if self._problem is not None and state.problem is not None:
            return state
        self._problem = None  # the first time, or the learner wants to try again
        try:
            self._zoo = self._found()
        except RunError as problem:
            self._counting, self._problem = None, note(problem)
            return msgspec.structs.replace(state, problem=self._problem, rungs=())
        if self._zoo is not None:
            self._counting = None
            return counted(state, self._zoo)
        now = self._counting.now if self._counting is not None else Told()
        return msgspec.structs.replace(state, rungs=(), problem=None, doing=now.doing or "starting", what=now.what)

    def leave(self) -> None:
        """Leave the process to itself: what it counts is kept for the next time."""

    def _found(self) -> Zoo | None:
        if self._zoo is not None:
            return self._zoo
        if self._counting is not None:
            return self._counting.poll()
        zoo = kept(self._home)
        if zoo is None:
            self._counting = Counting(self._home)
        return zoo
