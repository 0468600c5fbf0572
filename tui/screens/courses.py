"""The courses that are known here: one is opened, others are chosen or forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from content.course.visible import visible
from tui import known
from tui.screens.base import LearnScreen
from tui.text.fitting import fit
from tui.widgets.rows import Rows

MARGIN = 8
WIDEST = 94
"""Rows are no wider, however wide the screen is."""


class CoursesScreen(LearnScreen[None]):
    """A row a course: its title, what was seen of it, its folder."""

    BINDINGS = [
        Binding("x,delete", "forget", "courses.keys.forget", id="courses.forget"),
    ]

    def place(self) -> list[str] | None:
        return ["courses"]

    def body(self) -> Iterable[Widget]:
        yield Rows(id="courses-rows")
        yield Static(id="courses-more", markup=False)

    def fill(self) -> None:
        self.known = self.owner.courses()
        self.titled(self.words("courses.title"), self.words("courses.count", count=len(self.known)))
        rows = self.query_one("#courses-rows", Rows)
        before = rows.highlighted or 0
        rows.clear_options()
        rows.add_options(list(self._options()))
        rows.highlighted = min(before, len(self.known) - 1)
        rows.focus()
        self.query_one("#courses-more", Static).update(self.words("courses.more"))

    def on_resize(self) -> None:
        self.call_after_refresh(self.fill)

    def _options(self) -> Iterator[Option]:
        width = min(self.size.width or 80, WIDEST) - MARGIN
        here = known.path_of(self.owner.course.root)
        for at, course in enumerate(self.known):
            title = course.say(self.words.language) if course.title else self.words("courses.bundled")
            if course.path == here:
                state = self.words("courses.open")
            elif course.there:
                state = self.words("courses.seen", seen=len(self.owner.record.seen(course.id)))
            else:
                state = self.words("courses.gone")
            tone = "$learner bold" if course.path == here else "" if course.there else "$quiet"
            where = self._where(course)
            yield Option(
                Content.styled(fit(title, width, self.glyphs.ellipsis), tone)
                + Content.styled(f"\n  {fit(f'{state}  {where}', width - 2, self.glyphs.ellipsis)}", "$quiet"),
                id=str(at),
            )

    def _where(self, course: known.Known) -> str:
        if not course.path:
            return self.words("courses.along")
        path, home = Path(course.path), Path.home()
        return visible(f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)).replace("\n", " ")

    @on(OptionList.OptionSelected)
    def course_chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.owner.open_course(self.known[int(event.option_id or 0)])

    def action_forget(self) -> None:
        """Take a course off the list; its folder and what was answered in it stay."""
        course = self._marked()
        if course is not None:
            known.forget(self.owner.record, course.path)
            self.fill()
            self.notify(self.words("courses.forgotten"), markup=False)

    def _marked(self) -> known.Known | None:
        """Return the course that can be forgotten: not the open one, nor the one that comes along."""
        at = self.query_one("#courses-rows", Rows).highlighted
        course = self.known[at] if at is not None and at < len(self.known) else None
        here = known.path_of(self.owner.course.root)
        return course if course is not None and course.path and course.path != here else None

    @on(OptionList.OptionHighlighted)
    def row_highlighted(self) -> None:
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "forget":
            return bool(self.query("#courses-rows")) and self._marked() is not None
        return super().check_action(action, parameters)
