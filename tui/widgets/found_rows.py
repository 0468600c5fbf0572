"""Rows of what was found: made when they are seen, and of those only the cells are painted that changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from tui.widgets.run.lines import spans

SCROLL_BAR = 1
"""Cells at the right end that no row uses, so that nothing moves when the bar comes and goes."""


class FoundRow(msgspec.Struct, frozen=True):
    """A row whose text is made once it is seen.

    Attributes:
        height: How many lines it has.
        lines: Returns them for a number of cells.
    """

    height: int
    lines: Callable[[int], Sequence[Content]]


class FoundRows(ScrollView, can_focus=False):
    """Shows rows; its owner moves the mark, a click chooses.

    Not an `OptionList`: that one wraps, lays out and paints all of its options anew at every key.
    """

    DEFAULT_CSS = """
    FoundRows {
        height: 1fr; background: $surface; color: $foreground;
        overflow-x: hidden; text-wrap: nowrap; text-overflow: clip;
    }
    FoundRows > .found-rows--marked {
        color: $block-cursor-foreground; background: $block-cursor-background; text-style: $block-cursor-text-style;
    }
    FoundRows > .found-rows--under { background: $block-hover-background; }
    """
    COMPONENT_CLASSES = {"found-rows--marked", "found-rows--under"}
    ALLOW_SELECT = False

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)
    """Textual lays the whole screen out when it changes, which only the scroll bar needs to know."""

    marked: reactive[int | None] = reactive(None, repaint=False)
    """Which row is marked, None where there is none."""

    under: reactive[int | None] = reactive(None, repaint=False)
    """Which row the mouse is over."""

    class Chosen(Message):
        """The learner clicked on a row."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: Sequence[FoundRow] = ()
        self._instead = Content()
        self._lines: list[tuple[int, int]] = []
        self._made: dict[tuple[int, str, int], list[Strip]] = {}
        self._painted: list[Strip] = []

    def put(self, rows: Sequence[FoundRow], instead: str = "") -> None:
        """Show other rows, the first one marked; a sentence instead where there are none."""
        self.rows = rows
        self._instead = Content.styled(instead, "$quiet")
        self._lines = [(at, line) for at, row in enumerate(rows) for line in range(row.height)]
        self._made.clear()
        self._measure()
        self.scroll_to(y=0, animate=False)
        self.marked = 0 if rows else None
        self.repaint()

    def repaint(self) -> None:
        """Paint the cells that have changed, and no others: over a slow link each counts."""
        before, self._painted = self._painted, [self.render_line(y) for y in range(self.size.height)]
        if [strip.cell_length for strip in before] != [strip.cell_length for strip in self._painted]:
            self.refresh()
            return
        pairs = enumerate(zip(before, self._painted, strict=True))
        changes = [region for y, (old, new) in pairs if old is not new for region in spans(old, new, y)]
        if changes:
            self.refresh(*changes)

    def render_line(self, y: int) -> Strip:
        number = y + self.scroll_offset.y
        if number >= len(self._lines):
            said = [self._instead] if not self.rows and number == 0 else [Content()]
            return self._drawn(said, "")[0]
        at, line = self._lines[number]
        look = "marked" if at == self.marked else "under" if at == self.under else ""
        key = at, look, self.size.width
        if key not in self._made:
            self._made[key] = self._drawn(self.rows[at].lines(self.size.width - SCROLL_BAR), look)
        return self._made[key][line]

    def watch_marked(self, at: int | None) -> None:
        """Scroll so that the mark is seen."""
        if at is not None and self.size:
            start = self._lines.index((at, 0))
            region = Region(0, start, self.size.width, self.rows[at].height)
            self.scroll_to_region(region, animate=False, force=True, immediate=True)
        self.repaint()

    def watch_under(self) -> None:
        self.repaint()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.position = new_value
        self.repaint()

    def notify_style_update(self) -> None:
        """Forget the colours."""
        super().notify_style_update()
        self._made.clear()
        self._painted = []

    def on_click(self, event: events.Click) -> None:
        at = self._row_at(event.y)
        if at is not None:
            self.post_message(self.Chosen(at))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self.under = self._row_at(event.y)

    def on_leave(self) -> None:
        self.under = None

    def _row_at(self, y: int) -> int | None:
        number = y + self.scroll_offset.y
        return self._lines[number][0] if 0 <= number < len(self._lines) else None

    def _drawn(self, lines: Sequence[Content], look: str) -> list[Strip]:
        style = self.get_visual_style(f"found-rows--{look}") if look else self.visual_style
        width = self.size.width
        return [Visual.to_strips(self, line, width, 1, style, pad=True)[0] for line in lines]

    def _measure(self) -> None:
        """Tell the scroll bar how many lines there are."""
        size = Size(self.size.width, len(self._lines))
        if size != self.virtual_size:
            self.virtual_size = size
            self._scroll_update(size)
