"""What the app is to a screen: what it owns, and what may be asked of it.

The app stands above all screens, and each screen knows it by these names alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel
    from textual.screen import Screen

    from content.course.course import Course
    from content.errors import StoreError
    from content.memory.record import Record
    from content.search.finder import Finder
    from engine.recipes import Recipe
    from engine.runs.folder import RunFolder
    from engine.runs.store import Runs
    from tui.glyphs import Glyphs
    from tui.house import House
    from tui.known import Known
    from tui.settings import Settings
    from tui.terminal import Width
    from tui.watch import Watch
    from tui.widgets.run_strip import StripLine
    from tui.words import Words


class Owner(Protocol):
    """Owns the course, the record and the runs.

    Attributes:
        house: Where things are kept.
        record: The learner's.
        course: The open one.
        runs: All of them.
        followed: Those that are read as they grow.
        choices: About the interface.
        words: Sentences in the learner's language.
        glyphs: The signs that this terminal draws one cell wide.
        measured: How wide the terminal draws ambiguous characters.
    """

    house: House
    record: Record
    course: Course
    runs: Runs
    followed: Watch
    choices: Settings
    words: Words
    glyphs: Glyphs
    measured: Width

    @property
    def finder(self) -> Finder:
        """Finds in the course."""

    # -- places

    def open(self, place: list[str]) -> None:
        """Open a screen by its place."""

    def turn_to(self, place: list[str]) -> None:
        """Show a place instead of the screen that is shown."""

    def keep_places(self) -> None:
        """Keep which screens are open."""

    def leave(self, screen: Screen[Any]) -> None:
        """Go back from a screen."""

    # -- runs

    def train(self, kind: str, wishes: Mapping[str, Any], *, preset: str = "", show: bool = False) -> RunFolder | None:
        """Start a run."""

    def train_beside(self, first: Recipe, second: Recipe) -> None:
        """Start two runs, and open the chart that overlays them."""

    def strip_line(self) -> StripLine | None:
        """Return what the strip says now."""

    def action_watch(self) -> None:
        """Open the living run, or the one that ended last."""

    # -- courses

    def courses(self) -> list[Known]:
        """Return the courses that are known."""

    def open_course(self, course: Known) -> None:
        """Open another course."""

    # -- choices and the record

    def choose(self, **changes: Any) -> None:
        """Keep a choice about the interface and act on it at once."""

    def action_language(self) -> None:
        """Switch to the next language."""

    def action_theme(self) -> None:
        """Switch between the dark and the light theme."""

    def action_fit(self) -> None:
        """Fit the schedule to the learner's own reviews."""

    def tell_not_saved(self, problem: StoreError) -> None:
        """Say that an answer is not saved, and why."""

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Say something beside what is shown."""
