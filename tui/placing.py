"""The half of the app that has to do with places: it opens one, and keeps which are open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from content.course.course import Course
from tui.choosing import ChoosingApp
from tui.screens.base import LearnScreen
from tui.screens.places import kept_under, opened

if TYPE_CHECKING:
    from textual.screen import Screen


class PlacingApp(ChoosingApp):
    """Keeps the places of a course in the record, so that a dropped line loses nothing."""

    course: Course

    def begin_places(self, screen_of: Callable[[list[str]], Screen[Any] | None], *, only: bool) -> None:
        """Begin with what makes a screen of a place; with `only` none is kept."""
        self._screen_of = screen_of
        self.only = only
        self._keeping = False

    async def open_first(self, places: list[list[str]] | None) -> None:
        """Open places over home, None for those that were open last; from now on the open ones are kept."""
        for place in places if places is not None else opened(self.record, self.course.id):
            screen = self._screen_of(place)
            if screen is not None:
                await self.push_screen(screen)
        self._keeping = True

    def open(self, place: list[str]) -> None:
        """Open a screen by its place, such as ["page", "backprop"]; nothing where it is no longer there."""
        screen = self._screen_of(place)
        if screen is not None:
            self.push_screen(screen)

    def turn_to(self, place: list[str]) -> None:
        """Show a place instead of the screen that is shown; nothing where it is no longer there."""
        screen = self._screen_of(place)
        if screen is not None:
            self.switch_screen(screen)

    def keep_places(self) -> None:
        """Keep which screens are open."""
        if not self._keeping or self.only:
            return
        places = [
            place for screen in self.screen_stack if isinstance(screen, LearnScreen) and (place := screen.place())
        ]
        self.record.keep_setting(kept_under(self.course.id), places)

    def forget_places(self) -> None:
        """Let the next start begin at home: who quits is done."""
        if not self.only:
            self.record.keep_setting(kept_under(self.course.id), [])
        self._keeping = False
