"""A page in which something can be marked: terms, links, code, demos, one after the other."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from tui.widgets.block_sheet import Kind, Target
from tui.widgets.prose_view import ProseView


class MarkedView(ProseView):
    """Marks a target of the sheet by keys or by a click; what is to be done with it, subclasses know."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "target(1)", "prose.next", id="prose.next"),
        Binding("shift+tab", "target(-1)", "prose.previous", id="prose.previous", show=False),
        Binding("enter", "choose", "prose.choose", id="prose.choose"),
        Binding("escape", "unmark", "prose.unmark", id="prose.unmark", show=False),
    ]

    @abstractmethod
    def do(self, target: Target) -> None:
        """Do what a target is there for."""

    @property
    def chosen(self) -> Target | None:
        """What is marked, None where nothing is or where it is out of sight."""
        if self._chosen is None or not self._in_sight(self._chosen):
            return None
        return self._sheet.targets[self._chosen]

    @property
    def marks_low(self) -> bool:
        """Whether what is marked stands in the lower half of what is seen."""
        if self._chosen is None:
            return False
        return self._sheet.spots_of(self._chosen)[0].row - self.scroll_offset.y >= self.size.height // 2

    def _in_sight(self, number: int) -> bool:
        top = self.scroll_offset.y
        return any(top <= spot.row < top + self.size.height for spot in self._sheet.spots_of(number))

    def action_target(self, step: int) -> None:
        """Mark the next target; after the last one the focus moves on."""
        following = self._following(step)
        self._mark(following)
        if following is not None:
            self._bring(following)
        elif step > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def _bring(self, number: int) -> None:
        """Bring a target into sight; a demo with all of its picture, where there is room for it."""
        target = self._sheet.targets[number]
        above, below = self._sheet.top(target.block) - 1, self._sheet.end(target.block)
        top, height = self.scroll_offset.y, self.size.height
        if target.kind == "demo" and below - above <= height and not top <= above <= below <= top + height:
            self.go(above)
        elif not self._in_sight(number):
            self.go(self._sheet.spots_of(number)[0].row - height // 3)

    def _following(self, step: int) -> int | None:
        """Return the next target in this direction: from the marked one, else from the edge of the screen."""
        rows = {spot.target: spot.row for spot in reversed(self._sheet.spots)}  # one without words is nowhere
        numbers = sorted(rows)
        if self.chosen is not None and self._chosen in rows:
            at = numbers.index(self._chosen) + step
            return numbers[at] if 0 <= at < len(numbers) else None
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + self.size.height
        if step > 0:
            return next((number for number in numbers if rows[number] >= top), None)
        return next((number for number in reversed(numbers) if rows[number] < bottom), None)

    def _mark(self, number: int | None) -> None:
        self.repaint_rows(self._chosen)
        self._chosen = number
        self.repaint_rows(number)
        self.refresh_bindings()

    def action_unmark(self) -> None:
        """Mark nothing any more."""
        self._mark(None)

    def action_choose(self) -> None:
        """Do what is marked."""
        if self.chosen is not None:
            self.do(self.chosen)

    def nearest(self, kind: Kind) -> Target | None:
        """Return the target of a kind that a key acts on now: in the marked block, else in sight."""
        found = [target for target in self._sheet.targets if target.kind == kind and self._block_in_sight(target.block)]
        chosen = self.chosen
        if chosen is not None:
            found.sort(key=lambda target: target.block != chosen.block)
        return found[0] if found else None

    def _block_in_sight(self, block: int) -> bool:
        top = self.scroll_offset.y
        return self._sheet.top(block) < top + self.size.height and self._sheet.end(block) > top

    def on_click(self, event: events.Click) -> None:
        at = event.get_content_offset(self)
        if at is None:
            return
        row, column = at.y + self.scroll_offset.y, at.x + self.scroll_offset.x - self._left
        number = self._sheet.target_at(row, column)
        if number is not None:
            event.stop()
            self._mark(number)
            self.do(self._sheet.targets[number])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let keys pass that would do nothing here, so that the screen can have them."""
        if action in ("choose", "unmark"):
            return self.chosen is not None
        return super().check_action(action, parameters)
