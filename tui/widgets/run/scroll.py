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

from tui.text.folding import folded as broken
from tui.widgets.run.lines import same


class Scroll(ScrollView, can_focus=True):
    """Shows plain text in its width; one that follows stays at its end while text is added, as a console does."""

    DEFAULT_CSS = """
    Scroll { width: 1fr; height: 1fr; overflow-x: hidden; text-wrap: nowrap; text-overflow: clip; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "scroll_down", "run.keys.scroll", id="run.scroll", show=False),
        Binding("k,up", "scroll_up", "run.keys.scroll", id="run.scroll", show=False),
        Binding("pagedown", "page_down", "run.keys.scroll", id="run.scroll", show=False),
        Binding("pageup", "page_up", "run.keys.scroll", id="run.scroll", show=False),
        Binding("home", "scroll_home", "run.keys.scroll", id="run.scroll", show=False),
        Binding("end", "scroll_end", "run.keys.scroll", id="run.scroll", show=False),
    ]

    def __init__(self, *, id: str | None = None, follow: bool = False) -> None:
        super().__init__(id=id)
        self._text = ""
        self._head = ""
        self._ready: tuple[Content, ...] = ()
        self._rows: list[Content] = []
        self._follow = follow

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text

    def put(self, text: str, head: str = "") -> None:
        """Show harmless text below a quiet heading; the place in it is kept, and an equal text costs nothing."""
        if (text, head) != (self._text, self._head):
            self._text, self._head = text, head
            self._lay()

    def put_lines(self, lines: Sequence[Content]) -> None:
        """Show lines that are short enough."""
        if not same(self._ready, lines):
            self._ready = tuple(lines)
            self._lay()

    def render_line(self, y: int) -> Strip:
        row = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if row >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        return Visual.to_strips(self, self._rows[row], width, 1, self.visual_style, pad=True)[0]

    def on_resize(self, event: events.Resize) -> None:
        self._lay()

    def _lay(self) -> None:
        width = self.scrollable_content_region.width
        if width < 2:
            return
        at_end = self._follow and self.scroll_y >= self.max_scroll_y - 1
        fold = folded if self._follow else told
        heads = [Content.styled(line, "$quiet") for line in fold(self._head, width)] if self._head else []
        self._rows = heads + [Content(line) for line in fold(self._text, width) if self._text] + list(self._ready)
        self.virtual_size = Size(width, len(self._rows))
        self.refresh()
        if at_end:
            self.call_after_refresh(self.scroll_end, animate=False, immediate=True)


def told(text: str, width: int) -> list[str]:
    """Return sentences and tables as lines of at most `width` cells, broken where a reader would."""
    return [line for each in text.expandtabs(4).split("\n") for line in broken(each, width)]


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
