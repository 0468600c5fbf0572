"""A list to choose from, with the keys that are the same on every screen."""

from __future__ import annotations

from textual.binding import Binding
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

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
