"""A laid-out page in a scrolling column: places in it, moving, drawing row by row."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from tui.text.cells import cells
from tui.text.span import plain
from tui.widgets.block_sheet import EMPTY, Place, Sheet
from tui.widgets.prose_paint import paint, selected

COLUMN = 76
"""Cells of the widest column that is still easy to read."""

EDGE = 3
"""Cells kept free at the right for the thumb of the scroll bar."""

NEAR = 2
"""A heading so many rows below the upper edge counts as reached."""


class ProseView(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows a sheet that subclasses lay out, and keeps the place in it whatever the width is.

    The thumb of a scroll bar is drawn into the rows: Textual's own bar writes 1 KiB more a page turn.
    """

    DEFAULT_CSS = """
    ProseView {
        width: 1fr; height: 1fr; background: $background; color: $foreground;
        overflow-x: hidden; overflow-y: scroll;
    }
    ProseView > .prose--thumb { background: $line; }
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
    ProseView > .prose--quiet { color: $quiet; }
    ProseView > .prose--model { color: $model; }
    ProseView > .prose--learner { color: $learner; text-style: bold; }
    ProseView > .prose--other { color: $valid; }
    ProseView > .prose--right { color: $success; text-style: bold; }
    ProseView > .prose--wrong { color: $error; text-style: bold; }
    ProseView > .prose--cursor { color: $learner; text-style: bold underline; }
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
            *("quiet", "model", "learner", "other", "right", "wrong", "cursor"),
            *("block", "keyword", "string", "comment", "thumb"),
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
        self.styles.scrollbar_size_vertical = 0  # an app's style sheet would give it the width that others have

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

    @property
    def _column(self) -> int:
        return max(min(COLUMN, self.size.width - 4), 10)

    @property
    def _left(self) -> int:
        """Cells left of the column."""
        free = self.size.width - self._column
        return max(free // 2 if self.centred else min(free, 2), 0)

    def _return(self) -> None:
        """Go where the learner was."""
        self._returning = True
        self.go(self._sheet.row(self._place))
        self._returning = False
        if self._sheet.rows:
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
        self.scroll_to(x=0, y=row, animate=False, force=True)

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
