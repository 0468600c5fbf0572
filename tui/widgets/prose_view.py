"""A laid-out page in a scrolling column: places in it, moving, drawing row by row."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBarRender
from textual.selection import Selection
from textual.strip import Strip

from tui.text.span import plain
from tui.widgets.block_sheet import EMPTY, Place, Sheet
from tui.widgets.prose_paint import paint

COLUMN = 76
"""Cells of the widest column that is still easy to read."""

NEAR = 2
"""A heading so many rows below the upper edge counts as reached."""


class WholeCells(ScrollBarRender):
    """A scroll bar without eighths of a cell: some terminals draw those two cells wide."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "]
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "]


class ProseView(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows a sheet that subclasses lay out, and keeps the place in it whatever the width is."""

    DEFAULT_CSS = """
    ProseView {
        width: 1fr; height: 1fr; background: $background; color: $foreground;
        overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1;
        scrollbar-color: $line; scrollbar-color-hover: $quiet; scrollbar-color-active: $quiet;
        scrollbar-background: $background; scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
    }
    ProseView > .prose--title { text-style: bold; }
    ProseView > .prose--heading { text-style: bold; }
    ProseView > .prose--em { text-style: italic; }
    ProseView > .prose--strong { text-style: bold; }
    ProseView > .prose--code { background: $code-ground; }
    ProseView > .prose--term { text-style: underline; }
    ProseView > .prose--link { text-style: underline; }
    ProseView > .prose--term-focused { color: $learner; text-style: bold reverse; }
    ProseView > .prose--opening { color: $learner; }
    ProseView > .prose--worked { color: $foreground; }
    ProseView > .prose--figure { color: $foreground; }
    ProseView > .prose--frame { color: $line; }
    ProseView > .prose--quote { color: $foreground; }
    ProseView > .prose--quote-bar { color: $quiet; }
    ProseView > .prose--muted { color: $quiet; }
    ProseView > .prose--train { color: $model; }
    ProseView > .prose--key { color: $learner; }
    ProseView > .prose--block { background: $code-ground; }
    ProseView > .prose--keyword { text-style: bold; }
    ProseView > .prose--string { color: $success; }
    ProseView > .prose--comment { color: $quiet; }
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
            *("block", "keyword", "string", "comment"),
        )
    }

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

    centred: reactive[bool] = reactive(True)
    """Whether the column stands in the middle of the room that there is, or at its left."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._sheet = EMPTY
        self._place = Place()
        self._chosen: int | None = None
        self._returning = False
        self._strips: dict[int, Strip] = {}
        self._styles: dict[str, Style] = {}

    def make_sheet(self, width: int) -> Sheet:
        """Return what is shown, laid out for `width` cells."""
        raise NotImplementedError

    def moved(self) -> None:
        """Take note that another row may stand at the top."""

    def on_mount(self) -> None:
        super().on_mount()  # type: ignore[no-untyped-call]
        self.vertical_scrollbar.renderer = WholeCells  # type: ignore[misc]  # of this bar alone

    # -- where the learner is

    def place(self) -> Place:
        """Return where the learner is; it can be kept and handed to `restore` in any width and language."""
        return self._place

    def restore(self, place: Place) -> None:
        """Go to a place, now or as soon as the page is laid out."""
        self._place = place
        self._return()

    def scroll_to_block(self, index: int) -> None:
        """Bring a block to the top, now or as soon as the page is laid out."""
        if self._sheet.rows and 0 <= index < len(self._sheet.tops):
            self.go(self._sheet.tops[index] - 1)
        else:
            self._place = Place(index)

    @property
    def progress(self) -> float:
        """How much of the page is above the lower edge of the screen, from 0 to 1."""
        rows = len(self._sheet.rows)
        return min(1.0, (self.scroll_offset.y + self.size.height) / rows) if rows else 0.0

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
        self.virtual_size = Size(max(self.size.width, self._left + self._sheet.width), len(self._sheet.rows))
        self._return()

    @property
    def _column(self) -> int:
        return max(min(COLUMN, self.size.width - 2), 10)

    @property
    def _left(self) -> int:
        """Cells left of the column."""
        free = self.size.width - self._column
        return max(free // 2 if self.centred else min(free, 2), 0)

    def _return(self) -> None:
        """Go where the learner was."""
        if self._sheet.rows:
            self._returning = True
            self.go(self._sheet.row(self._place))
            self._returning = False
            self.moved()

    # -- moving

    def watch_centred(self) -> None:
        self.repaint()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value) and not self._returning:
            self._place = self._sheet.place(round(new_value))
            self.moved()

    def go(self, row: int) -> None:
        """Bring a row to the top, in one step: over SSH every step costs a screenful."""
        self.scroll_to(y=row, animate=False, force=True)

    def action_leaf(self, leaves: int) -> None:
        """Turn the page: forward to the first block that is not wholly seen, or back as far."""
        top, height = self.scroll_offset.y, self.size.height
        self.go(self._sheet.next_top(top, height) if leaves > 0 else self._sheet.last_top(top, height))

    def action_rows(self, rows: int) -> None:
        self.go(self.scroll_offset.y + rows)

    def action_top(self) -> None:
        self.go(0)

    def action_bottom(self) -> None:
        self.go(len(self._sheet.rows))

    def action_sideways(self, columns: int) -> None:
        self.scroll_to(x=self.scroll_offset.x + columns, animate=False, force=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let keys pass that would do nothing here, so that the screen can have them."""
        return self.max_scroll_x > 0 if action == "sideways" else super().check_action(action, parameters)

    # -- drawing

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
                style += self.get_component_rich_style(f"prose--{name}", partial=True)
            self._styles[names] = style
        return style

    def render_line(self, y: int) -> Strip:
        left, top = self.scroll_offset
        width = self.size.width
        number = top + y
        if number >= len(self._sheet.rows):
            return Strip.blank(width, self.rich_style)
        strip = self._strips.get(number)
        if strip is None:
            chosen = "" if self._chosen is None else str(self._chosen)
            strip = self._strips[number] = paint(self._sheet.rows[number], self._left, width, self._style, chosen)
        return strip.crop_extend(left, left + width, self.rich_style)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        text = "\n".join(" " * self._left + plain(row) for row in self._sheet.rows)
        return selection.extract(text), "\n"
