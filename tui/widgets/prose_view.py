"""A page in a scrolling column: the place in it, and how it is moved."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size

from tui.widgets.block_sheet import EMPTY, Place, Sheet
from tui.widgets.sheet_view import SheetView

EDGE = 3
"""Cells kept free at the right for the thumb of the scroll bar."""

NEAR = 2
"""A heading so many rows below the upper edge counts as reached."""


class ProseView(SheetView):
    """Shows a sheet that subclasses lay out, and keeps the place in it whatever the width is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,pagedown", "leaf(1)", "prose.down", id="prose.down", key_display="space"),
        Binding("b,pageup", "leaf(-1)", "prose.up", id="prose.up", show=False),
        Binding("j,down", "rows(1)", "prose.line-down", id="prose.line-down", show=False),
        Binding("k,up", "rows(-1)", "prose.line-up", id="prose.line-up", show=False),
        Binding("home,g", "top", "prose.top", id="prose.top", show=False),
        Binding("end,G", "bottom", "prose.bottom", id="prose.bottom", show=False),
        Binding("left,h", "sideways(-8)", "prose.left", id="prose.left", show=False),
        Binding("right,l", "sideways(8)", "prose.right", id="prose.right", show=False),
    ]

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._place = Place()
        self._returning = False

    def make_sheet(self, width: int) -> Sheet:
        """Return what is shown, laid out for `width` cells."""
        raise NotImplementedError

    def moved(self) -> None:
        """Take note that another row may stand at the top."""

    # -- where the learner is

    def place(self) -> Place:
        """Return where the learner is; it can be kept and handed to `restore` in any width and language."""
        return self._place

    def restore(self, place: Place) -> None:
        """Go to a place, now or as soon as the page is laid out."""
        self._place = place
        self._return()

    def begin(self) -> None:
        """Forget the place and what was laid out: something else is going to be shown."""
        self._place, self._sheet, self._chosen = Place(), EMPTY, None

    def scroll_to_block(self, index: int) -> None:
        """Bring a block to the top, now or as soon as the page is laid out."""
        if self._sheet.rows and 0 <= index < len(self._sheet.tops):
            self.go(self._sheet.tops[index] - 1)
        else:
            self._place = Place(index)

    # -- laying out

    def on_resize(self, event: events.Resize) -> None:
        if event.size.width:
            self.lay_out()

    def lay_out(self) -> None:
        """Lay the page out for this width and return to the place."""
        if not self.is_mounted or not self.size.width:
            return
        self._chosen = None
        self._sheet = self.make_sheet(self._column)
        self.repaint()
        wide = self._left + self._sheet.width + EDGE if self._sheet.width > self._column else 0
        self._returning = True
        self.virtual_size = Size(max(self.size.width, wide), len(self._sheet.rows))
        self._return()

    def _return(self) -> None:
        """Go where the learner was."""
        self._returning = True
        self.go(self._sheet.row(self._place))
        self._returning = False
        if self._sheet.rows:
            self.moved()

    # -- moving

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value) and not self._returning:
            self._place = self._sheet.place(round(new_value))
            self.moved()

    def action_leaf(self, leaves: int) -> None:
        """Turn the page: forward to the first block that is not wholly seen, or back as far."""
        top, height = self.scroll_offset.y, self.size.height
        self.go(self._sheet.next_top(top, height) if leaves > 0 else self._sheet.last_top(top, height))

    def action_rows(self, rows: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + rows, animate=False, force=True)

    def action_top(self) -> None:
        self.go(0)

    def action_bottom(self) -> None:
        self.go(len(self._sheet.rows))

    def action_sideways(self, columns: int) -> None:
        self.scroll_to(x=self.scroll_offset.x + columns, animate=False, force=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let keys pass that would do nothing here, so that the screen can have them."""
        return self.max_scroll_x > 0 if action == "sideways" else super().check_action(action, parameters)
