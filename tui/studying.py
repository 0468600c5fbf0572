"""The half of the app that has to do with courses: it opens another one, and shows one again that has changed."""

from __future__ import annotations

from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from content.course.course import Course, open_course
from content.course.stamp import Stamp, course_files, stamp
from content.errors import ContentError
from tui import known
from tui.faults import line
from tui.house import House
from tui.running import RunningApp
from tui.screens.base import LearnScreen
from tui.start import refused
from tui.widgets.demos.catalogue import NAMES

if TYPE_CHECKING:
    from content.search.finder import Finder

CHECKED = 2000
"""A watched course with more questions than these is not held against all rules at every save: that takes seconds."""

LOOK_SECONDS = 0.5
"""How often a watched course is looked at; a change is shown once a look finds nothing new."""


class StudyingApp(RunningApp):
    """Owns the open course; a course is read beside the screen, and comes by message."""

    house: House

    class CourseRead(Message):
        """A course was read.

        Attributes:
            again: It is the open one, whose files have changed.
        """

        def __init__(self, course: Course, *, again: bool) -> None:
            super().__init__()
            self.course = course
            self.again = again

    class CourseRefused(Message):
        """A folder holds no course that could be opened."""

        def __init__(self, problem: ContentError) -> None:
            super().__init__()
            self.problem = problem

    @cached_property
    def finder(self) -> Finder:
        """Finds in the course; what it needs is imported when something is first looked for."""
        from content.search.finder import Finder

        return Finder(self.course.root, self.course.index, self.house.cache)

    def _take(self, course: Course) -> None:
        """Let a course be the open one; what was prepared of the one before is of no use for it."""
        self.course = course
        vars(self).pop("finder", None)

    def begin_course(self, course: Course, *, watched: bool) -> None:
        """Begin with a course; it is remembered once the app runs."""
        self.course = course
        self.watched = watched
        self._seen: Stamp | None = None
        self._followed: Stamp | None = None

    def follow_course(self) -> None:
        """Remember the open course, and look at its files from now on where they are watched."""
        known.remember(self.record, known.known_of(self.course))
        if self.watched:
            self._seen = self._followed = self._stamp()
            self.set_interval(LOOK_SECONDS, self.look_at_course)

    def courses(self) -> list[known.Known]:
        """Return the courses that are known: the bundled one, the open one, those that were opened before."""
        here = known.known_of(self.course)
        others = [each for each in known.remembered(self.record) if each.path != here.path]
        along = [known.Known("", "large-models", {})] if here.path else []
        return [*along, here, *others]

    def open_course(self, course: known.Known) -> None:
        """Open another course; later starts open it, too."""
        if course.path == known.path_of(self.course.root):
            self.call_later(self._go_home)
        else:
            self._read(course.folder, again=False)

    def look_at_course(self) -> None:
        """Read the watched course again once somebody has saved something and is done with it."""
        now = self._stamp()
        settled, self._seen = now == self._seen, now
        if settled and now != self._followed:
            self._followed = now
            self._read(self.course.root, again=True)

    def _stamp(self) -> Stamp:
        return stamp(self.course.root, course_files(self.course.root))

    def _read(self, folder: Path, *, again: bool) -> None:
        read = partial(self._read_course, folder, again)
        self.run_worker(read, thread=True, exclusive=True, group="course", exit_on_error=False)

    def _read_course(self, folder: Path, again: bool) -> None:
        try:
            course = open_course(folder, cache=self.house.cache)
        except ContentError as problem:
            self.post_message(self.CourseRefused(problem))
            return
        if again and sum(len(course.keys(slug)) for slug in course.slugs) <= CHECKED:
            from content.course.linter import check  # with YAML and all rules: only authors pay for them

            course.found += check(folder, refused, demos=NAMES, today=date.today()).errors
        self.post_message(self.CourseRead(course, again=again))

    @on(CourseRead)
    async def course_read(self, event: CourseRead) -> None:
        """Show another course, or the same one as it is now."""
        event.stop()
        if event.again:
            await self._show_again(event.course)
            return
        await self._go_home()
        self._take(event.course)
        self._seen = self._followed = self._stamp() if self.watched else None
        known.remember(self.record, known.known_of(self.course))
        known.choose(self.record, known.path_of(self.course.root))
        for screen in self.screen_stack:
            if isinstance(screen, LearnScreen):
                await screen.course_changed()
        self.keep_places()

    @on(CourseRefused)
    def course_refused(self, event: CourseRefused) -> None:
        """Say why; what was open stays open."""
        event.stop()
        self.notify(self.words.error(event.problem), severity="error", timeout=15, markup=False)

    async def _show_again(self, course: Course) -> None:
        if course.root != self.course.root:
            return  # another one was opened meanwhile
        self._take(course)
        for screen in self.screen_stack:
            if isinstance(screen, LearnScreen):
                await screen.course_changed()
        faults = course.faults
        if faults:
            told = f"{line(faults[0], self.words)}\n{self.words('courses.faults', count=len(faults))}"
            self.notify(told, title=self.words("courses.read-again"), severity="warning", timeout=6, markup=False)
        else:
            self.notify(self.words("courses.read-again"), timeout=2, markup=False)

    async def _go_home(self) -> None:
        while len(self.screen_stack) > 1:
            await self.pop_screen()
