"""A laid-out page in a scrolling column, drawn row by row."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from tui.text.cells import cells
from tui.text.span import plain
from tui.widgets.block_sheet import EMPTY
from tui.widgets.prose_paint import paint, selected

COLUMN = 76
"""Cells of the widest column that is still easy to read."""


class SheetView(ScrollView, can_focus=True, inherit_bindings=False):
    """Draws a sheet; a row is made when it is first seen.

    The thumb of a scroll bar is drawn into the rows: Textual's own bar writes 1 KiB more a page turn.
    """

    DEFAULT_CSS = """
    SheetView {
        width: 1fr; height: 1fr; background: $background; color: $foreground;
        overflow-x: hidden; overflow-y: scroll;
    }
    SheetView > .prose--thumb { background: $line; }
    SheetView > .prose--title { text-style: bold; }
    SheetView > .prose--heading { text-style: bold; }
    SheetView > .prose--em { text-style: italic; }
    SheetView > .prose--strong { text-style: bold; }
    SheetView > .prose--code { background: $code-ground; }
    SheetView > .prose--term { text-style: underline; }
    SheetView > .prose--link { text-style: underline; }
    SheetView > .prose--term-focused { color: $learner; text-style: bold reverse; }
    SheetView > .prose--opening { color: $learner; }
    SheetView > .prose--worked { color: $foreground; }
    SheetView > .prose--figure { color: $foreground; }
    SheetView > .prose--frame { color: $line; }
    SheetView > .prose--quote { color: $foreground; }
    SheetView > .prose--quote-bar { color: $quiet; }
    SheetView > .prose--muted { color: $quiet; }
    SheetView > .prose--train { color: $model; }
    SheetView > .prose--key { color: $learner; }
    SheetView > .prose--quiet { color: $quiet; }
    SheetView > .prose--model { color: $model; }
    SheetView > .prose--learner { color: $learner; text-style: bold; }
    SheetView > .prose--other { color: $valid; }
    SheetView > .prose--right { color: $success; text-style: bold; }
    SheetView > .prose--wrong { color: $error; text-style: bold; }
    SheetView > .prose--cursor { color: $learner; text-style: bold underline; }
    SheetView > .prose--block { background: $code-ground; }
    SheetView > .prose--keyword { text-style: bold; }
    SheetView > .prose--string { color: $success; }
    SheetView > .prose--comment { color: $quiet; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"prose--{name}"
        for name in (
            *(
                "title",
                "heading",
                "em",
                "strong",
                "code",
                "term",
                "link",
                "term-focused",
                "opening",
                "worked",
            ),
            *("figure", "frame", "quote", "quote-bar", "muted", "train", "key"),
            *("quiet", "model", "learner", "other", "right", "wrong", "cursor"),
            *("block", "keyword", "string", "comment", "thumb"),
        )
    }

    centred: reactive[bool] = reactive(True)
    """Whether the column stands in the middle of the room that there is, or at its left."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._sheet = EMPTY
        self._chosen: int | None = None
        self._strips: dict[int, Strip] = {}
        self._styles: dict[str, Style] = {}

    def on_mount(self) -> None:
        self.styles.scrollbar_size_vertical = 0  # an app's style sheet would give it the width that others have

    def watch_centred(self) -> None:
        self.repaint()

    @property
    def _column(self) -> int:
        return max(min(COLUMN, self.size.width - 4), 10)

    @property
    def _left(self) -> int:
        """Cells left of the column."""
        free = self.size.width - self._column
        return max(free // 2 if self.centred else min(free, 2), 0)

    def go(self, row: int) -> None:
        """Bring a row to the top, in one step: over SSH every step costs a screenful."""
        self.scroll_to(x=0, y=row, animate=False, force=True)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()

    def repaint(self) -> None:
        """Draw every row anew."""
        self._strips.clear()
        self.refresh()

    def repaint_rows(self, target: int | None) -> None:
        """Draw the rows of a target anew."""
        for spot in self._sheet.spots_of(target) if target is not None else ():
            self._strips.pop(spot.row, None)
            self.refresh_line(spot.row)

    def _style(self, names: str) -> Style:
        """Return the style of style names, the later ones over the earlier."""
        style = self._styles.get(names)
        if style is None:
            style = self.rich_style
            for name in names.split():
                if f"prose--{name}" in self.COMPONENT_CLASSES:  # tints are for a demo's own screen
                    style += self.get_component_rich_style(f"prose--{name}", partial=True)
            self._styles[names] = style
        return style

    def render_line(self, y: int) -> Strip:
        left, top = self.scroll_offset
        width = self.size.width
        strip = self._strip(top + y, width).apply_offsets(0, top + y)
        if self.text_selection is not None and (span := self.text_selection.get_span(top + y)) is not None:
            strip = selected(strip, span, self.screen.get_component_rich_style("screen--selection"))
        strip = strip.crop(left, left + width)
        if self._goes_on(top + y, left + width):
            strip = Strip([*strip.crop(0, width - 2), Segment("> ", self._style("muted"))], width)
        if y in self._thumb():
            strip = Strip([*strip.crop(0, width - 1), Segment(" ", self._style("thumb"))], width)
        return strip

    def _goes_on(self, number: int, right: int) -> bool:
        """Return whether a row goes on beyond the right edge of the screen."""
        if self.max_scroll_x <= 0 or number >= len(self._sheet.rows):
            return False
        return self._left + cells(plain(self._sheet.rows[number]).rstrip()) > right - 2

    def _strip(self, number: int, width: int) -> Strip:
        """Return a row of the page, made when it is first seen."""
        if number >= len(self._sheet.rows):
            return Strip.blank(width, self.rich_style)
        strip = self._strips.get(number)
        if strip is None:
            chosen = "" if self._chosen is None else str(self._chosen)
            wide = max(width, self.virtual_size.width)
            strip = self._strips[number] = paint(self._sheet.rows[number], self._left, wide, self._style, chosen)
        return strip

    def _thumb(self) -> range:
        """Return the rows of the screen at whose right edge the scroll bar's thumb is drawn."""
        rows, height = len(self._sheet.rows), self.size.height
        if rows <= height:
            return range(0)
        size = max(height * height // rows, 1)
        start = self.scroll_offset.y * (height - size) // max(self.max_scroll_y, 1)
        return range(start, start + size)

    def on_click(self, event: events.Click) -> None:
        """Go where the scroll bar is clicked."""
        if event.x == self.size.width - 1 and self._thumb():
            event.stop()
            self.go(event.y * self.max_scroll_y // max(self.size.height - 1, 1))

    def selection_updated(self, selection: Selection | None) -> None:
        self.refresh()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        text = "\n".join(" " * self._left + plain(row) for row in self._sheet.rows)
        return selection.extract(text), "\n"
