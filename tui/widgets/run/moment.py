"""A run at one moment: all that its widgets show is derived from this."""

from __future__ import annotations

import msgspec

from engine.reading.follow import Follower
from engine.reading.progress import Progress
from engine.recipes import Recipe
from engine.runs.control import Wanted
from engine.runs.folder import RunFolder
from engine.runs.state import ALIVE, State
from tui.widgets.run.wish import Wish, Wishes


class Moment(msgspec.Struct, frozen=True, eq=False):
    """What is known of a run.

    Attributes:
        wanted: The newest wish, as it lies in the run's folder.
        wish: What the newest wish changed, and whether the worker has acknowledged it; None for none.
        since: When what is going on before the first update began, in seconds since 1970.
        now: When this was so.
        unread: Lines of the stream that could not be read.
    """

    folder: RunFolder
    recipe: Recipe
    progress: Progress
    state: State
    wanted: Wanted
    wish: Wish | None = None
    since: float = 0.0
    now: float = 0.0
    unread: int = 0

    @property
    def alive(self) -> bool:
        """Whether it has a worker, or is about to."""
        return self.state in ALIVE

    @property
    def over(self) -> bool:
        """Whether it has come to its planned end."""
        return self.state == "finished"


class Sight:
    """Makes moments of one followed run; whoever shows the run keeps one."""

    def __init__(self, follower: Follower) -> None:
        """Begin to watch.

        Raises:
            RunError: The recipe is broken or of a newer program.
        """
        self.follower = follower
        self.recipe = follower.recipe
        self._wishes = Wishes(follower.folder)
        self._doing: tuple[str, str] = ("", "")
        self._since = 0.0

    def look(self) -> bool:
        """Look for a new wish, from whichever terminal; return whether there is one."""
        return self._wishes.look()

    def moment(self, state: State, now: float) -> Moment:
        """Return the run as it is now."""
        self.look()
        progress = self.follower.progress
        doing = (state, progress.loading)
        if doing != self._doing:
            self._doing, self._since = doing, min(now, progress.heard or now)
        return Moment(
            folder=self.follower.folder,
            recipe=self.recipe,
            progress=progress,
            state=state,
            wanted=self._wishes.wanted,
            wish=self._wishes.newest(progress),
            since=self._since,
            now=now,
            unread=self.follower.bad_lines,
        )
