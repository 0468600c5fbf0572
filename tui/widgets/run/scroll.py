"""Long text that scrolls by lines, whatever its length."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual


class Scroll(ScrollView, can_focus=True):
    """Shows lines; while its end is in sight it follows what is added, as a console does."""

    DEFAULT_CSS = """
    Scroll { width: 1fr; height: 1fr; text-wrap: nowrap; text-overflow: clip; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "scroll_down", "run.keys.scroll", id="run.scroll", show=False),
        Binding("k,up", "scroll_up", "run.keys.scroll", id="run.scroll", show=False),
        Binding("pagedown", "page_down", "run.keys.scroll", id="run.scroll", show=False),
        Binding("pageup", "page_up", "run.keys.scroll", id="run.scroll", show=False),
        Binding("home", "scroll_home", "run.keys.scroll", id="run.scroll", show=False),
        Binding("end", "scroll_end", "run.keys.scroll", id="run.scroll", show=False),
    ]

    def __init__(self, *, id: str | None = None, follow: bool = False) -> None:  # noqa: A002
        """Make it; one that follows begins at its end."""
        super().__init__(id=id)
        self._texts: list[Content] = []
        self._follow = follow

    @property
    def texts(self) -> list[Content]:
        """The lines."""
        return list(self._texts)

    def put(self, texts: Sequence[Content]) -> None:
        """Show these lines; a place in them is kept, and equal lines cost nothing."""
        before, self._texts = self._texts, list(texts)
        same = [(line.plain, line.spans) for line in before] == [
            (line.plain, line.spans) for line in self._texts
        ]
        if same and before:
            return
        at_end = self._follow and self.scroll_y >= self.max_scroll_y - 1
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._texts))
        self.refresh()
        if at_end:
            self.call_after_refresh(self.scroll_end, animate=False, immediate=True)

    def render_line(self, y: int) -> Strip:
        row = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if row >= len(self._texts):
            return Strip.blank(width, self.rich_style)
        return Visual.to_strips(self, self._texts[row], width, 1, self.visual_style, pad=True)[0]

    def on_resize(self, event: events.Resize) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._texts))


def folded(text: str, width: int) -> list[str]:
    """Return plain text as lines of at most `width` cells, each letter kept; indented text stays where it is."""
    found: list[str] = []
    for line in text.expandtabs(4).split("\n"):
        rest = line
        while cell_len(rest) > width > 1:
            head = set_cell_size(rest, width)
            if not rest.startswith(head):  # a wide letter did not fit into the last cell
                head = head[:-1]
            found.append(head)
            rest = rest[len(head) :]
        found.append(rest)
    return found
