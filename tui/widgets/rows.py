"""A list to choose from, with the keys that are the same on every screen."""

from __future__ import annotations

from textual.binding import Binding
from textual.reactive import reactive
from textual.widgets import OptionList


class Rows(OptionList, inherit_bindings=False):
    """Rows of foreign text shown as it is: markup is never read. Space and enter choose, j and k move."""

    BINDINGS = [
        Binding("enter,space", "select", "keys.choose", id="rows.choose"),
        Binding("down,j", "cursor_down", "keys.down", id="rows.down", show=False),
        Binding("up,k", "cursor_up", "keys.up", id="rows.up", show=False),
        Binding("pagedown", "page_down", "keys.page-down", id="rows.page-down", show=False),
        Binding("pageup", "page_up", "keys.page-up", id="rows.page-up", show=False),
        Binding("home,g", "first", "keys.first", id="rows.first", show=False),
        Binding("end,G", "last", "keys.last", id="rows.last", show=False),
    ]

    highlighted: reactive[int | None] = reactive(None, repaint=False)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)

    @property
    def chosen(self) -> str:
        """The id of the highlighted row, "" where there is none."""
        option = self.highlighted_option
        return (option.id or "") if option is not None else ""

    def highlight(self, row: str) -> None:
        """Highlight the row of an id, where there is one."""
        for at, option in enumerate(self.options):
            if option.id == row and row:
                self.highlighted = at

    def on_resize(self) -> None:
        """Keep the highlighted row in sight, however many rows there is room for now."""
        self.call_after_refresh(self.scroll_to_highlight)

    def watch_highlighted(self, before: int | None, after: int | None) -> None:  # type: ignore[override] # both are told
        """Repaint the two rows that change, where Textual would repaint all: a key is to cost less than 1 KiB."""
        super().watch_highlighted(after)
        for row in (before, after):
            if row is not None and row in self._index_to_line:
                self.refresh_lines(self._index_to_line[row], self._heights[row])
