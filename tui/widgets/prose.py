"""A page of the course: one scrolling column of at most 76 cells, drawn row by row."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from content.course.page import Page
from tui.glyphs import RICH, Glyphs
from tui.text.span import plain
from tui.widgets.block_layout import lay_out
from tui.widgets.block_sheet import Kind, Look, Place, Sheet, Target
from tui.widgets.prose_paint import paint
from tui.words import Words

COLUMN = 76
"""Cells of the widest column that is still easy to read."""

OVERLAP = 2
"""Rows of the last screenful that stay when a page is turned."""

EMPTY = Sheet((), (), (), (), (), 0)


class Prose(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows a page, turns its leaves, and says what in it was chosen.

    The place survives a change of width, of signs and of language: the same block stays at the top.
    """

    DEFAULT_CSS = """
    Prose {
        width: 1fr; height: 1fr; background: $background; color: $foreground;
        overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1;
        scrollbar-color: $line; scrollbar-color-hover: $quiet; scrollbar-color-active: $quiet;
        scrollbar-background: $background; scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
    }
    Prose > .prose--title { text-style: bold; }
    Prose > .prose--heading { text-style: bold; }
    Prose > .prose--em { text-style: italic; }
    Prose > .prose--strong { text-style: bold; }
    Prose > .prose--code { background: $code-ground; }
    Prose > .prose--term { text-style: underline; }
    Prose > .prose--link { text-style: underline; }
    Prose > .prose--term-focused { color: $learner; text-style: bold reverse; }
    Prose > .prose--opening { color: $learner; }
    Prose > .prose--worked { color: $foreground; }
    Prose > .prose--figure { color: $foreground; }
    Prose > .prose--frame { color: $line; }
    Prose > .prose--quote { color: $foreground; }
    Prose > .prose--quote-bar { color: $quiet; }
    Prose > .prose--muted { color: $quiet; }
    Prose > .prose--train { color: $model; }
    Prose > .prose--key { color: $learner; }
    Prose > .prose--block { background: $code-ground; }
    Prose > .prose--keyword { text-style: bold; }
    Prose > .prose--string { color: $success; }
    Prose > .prose--comment { color: $quiet; }
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
        Binding("tab", "target(1)", "prose.next", id="prose.next"),
        Binding("shift+tab", "target(-1)", "prose.previous", id="prose.previous", show=False),
        Binding("enter", "choose", "prose.choose", id="prose.choose"),
        Binding("c", "code", "prose.copy", id="prose.copy"),
        Binding("t", "train", "prose.train-key", id="prose.train"),
    ]

    page: reactive[Page | None] = reactive(None)
    """What is shown. A page with the same slug is the same page in another language: its place is kept."""
    words: reactive[Words] = reactive(Words)
    glyphs: reactive[Glyphs] = reactive(RICH)
    titled: reactive[bool] = reactive(True)
    """Whether the page's title stands above it."""
    centred: reactive[bool] = reactive(True)
    """Whether the column stands in the middle of the room that there is, or at its left."""

    class TermChosen(Message):
        """A glossary term was chosen."""

        def __init__(self, term_id: str) -> None:
            super().__init__()
            self.term_id = term_id

    class LinkChosen(Message):
        """A link to the web was chosen; nothing is opened without asking."""

        def __init__(self, address: str) -> None:
            super().__init__()
            self.address = address

    class CopyRequested(Message):
        """Code is wanted in the clipboard."""

        def __init__(self, code: str) -> None:
            super().__init__()
            self.code = code

    class TrainRequested(Message):
        """The learner wants to train what the page shows."""

        def __init__(self, preset: str) -> None:
            super().__init__()
            self.preset = preset

    class PlaceChanged(Message):
        """Another row stands at the top.

        Attributes:
            anchor: The last anchor at or above it, "" before the first one.
            progress: How much of the page has been on the screen, from 0 to 1.
        """

        def __init__(self, place: Place, anchor: str, progress: float) -> None:
            super().__init__()
            self.place = place
            self.anchor = anchor
            self.progress = progress

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._sheet = EMPTY
        self._place = Place()
        self._chosen: int | None = None
        self._moving = False
        self._strips: dict[int, Strip] = {}
        self._styles: dict[str, Style] = {}

    # -- where the learner is

    def place(self) -> Place:
        """Return where the learner is; it can be kept and handed to `restore` in any width and language."""
        return self._place

    def restore(self, place: Place) -> None:
        """Go to a place, now or as soon as the page is laid out."""
        self._place = place
        self._return()

    def scroll_to_anchor(self, anchor: str) -> bool:
        """Bring the block of an anchor to the top; return whether the page has that anchor."""
        index = self.page.anchors().get(anchor) if self.page is not None else None
        if index is None:
            return False
        self.scroll_to_block(index)
        return True

    def scroll_to_block(self, index: int) -> None:
        """Bring a block to the top."""
        if self._sheet.rows and 0 <= index < len(self._sheet.tops):
            self._go(self._sheet.tops[index])
        else:
            self._place = Place(index)

    @property
    def progress(self) -> float:
        """How much of the page is above the lower edge of the screen, from 0 to 1."""
        rows = len(self._sheet.rows)
        return min(1.0, (self.scroll_offset.y + self.size.height) / rows) if rows else 0.0

    @property
    def top_anchor(self) -> str:
        """The last anchor at or above the upper edge, "" before the first one."""
        if self.page is None or not self._sheet.rows:
            return ""
        top = self.scroll_offset.y + OVERLAP
        above = [
            block.anchor for block, row in zip(self.page.blocks, self._sheet.tops, strict=True) if row <= top
        ]
        return next((anchor for anchor in reversed(above) if anchor), "")

    # -- laying out

    def watch_page(self, before: Page | None, page: Page | None) -> None:
        if before is not None and (page is None or page.slug != before.slug):
            self._place = Place()
        self._lay_out()

    def watch_glyphs(self) -> None:
        self._lay_out()

    def watch_words(self) -> None:
        self._lay_out()

    def watch_titled(self) -> None:
        self._lay_out()

    def watch_centred(self) -> None:
        self._forget()

    def on_resize(self, event: events.Resize) -> None:
        if event.size.width:
            self._lay_out()

    def _lay_out(self) -> None:
        """Lay the page out for this width and return to the place."""
        if not self.is_mounted or not self.size.width:
            return
        self._chosen = None
        self._sheet = EMPTY
        if self.page is not None:
            look = Look(self.words, self.glyphs, self.page.language)
            self._sheet = lay_out(self.page, self._column, look, titled=self.titled)
        self._forget()
        self.virtual_size = Size(max(self.size.width, self._left + self._sheet.width), len(self._sheet.rows))
        self._return()
        self.refresh_bindings()

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
            self._moving = True
            self.scroll_to(y=self._sheet.row(self._place), animate=False, force=True)
            self._moving = False
            self._tell()

    # -- moving

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value) and not self._moving:
            self._place = self._sheet.place(round(new_value))
            self._tell()

    def _tell(self) -> None:
        self.post_message(self.PlaceChanged(self._place, self.top_anchor, self.progress))
        self.refresh_bindings()

    def _go(self, row: int) -> None:
        self.scroll_to(y=row, animate=False, force=True)

    def action_leaf(self, leaves: int) -> None:
        self._go(self.scroll_offset.y + leaves * max(self.size.height - OVERLAP, 1))

    def action_rows(self, rows: int) -> None:
        self._go(self.scroll_offset.y + rows)

    def action_top(self) -> None:
        self._go(0)

    def action_bottom(self) -> None:
        self._go(len(self._sheet.rows))

    def action_sideways(self, columns: int) -> None:
        self.scroll_to(x=self.scroll_offset.x + columns, animate=False, force=True)

    # -- choosing

    @property
    def chosen(self) -> Target | None:
        """What is marked, None where nothing is or where it is out of sight."""
        if self._chosen is None or not self._in_sight(self._chosen):
            return None
        return self._sheet.targets[self._chosen]

    def _in_sight(self, number: int) -> bool:
        top = self.scroll_offset.y
        return any(top <= spot.row < top + self.size.height for spot in self._sheet.spots_of(number))

    def action_target(self, step: int) -> None:
        """Mark the next target; after the last one the focus moves on."""
        following = self._following(step)
        self._mark(following)
        if following is not None:
            row = self._sheet.spots_of(following)[0].row
            if not self._in_sight(following):
                self._go(row - self.size.height // 3)
        elif step > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def _following(self, step: int) -> int | None:
        """Return the next target in this direction: from the marked one, else from the edge of the screen."""
        count = len(self._sheet.targets)
        if self.chosen is not None and self._chosen is not None:
            number = self._chosen + step
            return number if 0 <= number < count else None
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + self.size.height
        rows = [self._sheet.spots_of(number)[0].row for number in range(count)]
        if step > 0:
            return next((number for number in range(count) if rows[number] >= top), None)
        return next((number for number in reversed(range(count)) if rows[number] < bottom), None)

    def _mark(self, number: int | None) -> None:
        for old in (self._chosen, number):
            for spot in self._sheet.spots_of(old) if old is not None else ():
                self._strips.pop(spot.row, None)
                self.refresh_line(spot.row)
        self._chosen = number
        self.refresh_bindings()

    def action_choose(self) -> None:
        """Do what is marked."""
        if self.chosen is not None:
            self._do(self.chosen)

    def action_code(self) -> None:
        """Copy the marked code, else the first on the screen."""
        self._do_first("copy")

    def action_train(self) -> None:
        """Train what is marked, else the first invitation on the screen."""
        self._do_first("train")

    def _do_first(self, kind: Kind) -> None:
        target = self._nearest(kind)
        if target is not None:
            self._do(target)

    def _nearest(self, kind: Kind) -> Target | None:
        """Return the target of a kind that a key acts on now: in the marked block, else in sight."""
        found = [
            target
            for target in self._sheet.targets
            if target.kind == kind and self._block_in_sight(target.block)
        ]
        chosen = self.chosen
        if chosen is not None:
            found.sort(key=lambda target: target.block != chosen.block)
        return found[0] if found else None

    def _block_in_sight(self, block: int) -> bool:
        top = self.scroll_offset.y
        return self._sheet.tops[block] < top + self.size.height and self._sheet.end(block) > top

    def _do(self, target: Target) -> None:
        match target.kind:
            case "term":
                self.post_message(self.TermChosen(target.value))
            case "link":
                self.post_message(self.LinkChosen(target.value))
            case "copy":
                self.post_message(self.CopyRequested(target.value))
            case "train":
                self.post_message(self.TrainRequested(target.value))

    def on_click(self, event: events.Click) -> None:
        at = event.get_content_offset(self)
        if at is None:
            return
        row, column = at.y + self.scroll_offset.y, at.x + self.scroll_offset.x - self._left
        number = self._sheet.target_at(row, column)
        if number is not None:
            event.stop()
            self._mark(number)
            self._do(self._sheet.targets[number])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let keys pass that would do nothing here, so that the screen can have them."""
        match action:
            case "choose":
                return self.chosen is not None
            case "code":
                return self._nearest("copy") is not None
            case "train":
                return self._nearest("train") is not None
            case "sideways":
                return self.max_scroll_x > 0
        return True

    # -- drawing

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()

    def _forget(self) -> None:
        """Draw every row anew."""
        self._strips.clear()
        self.refresh()

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
            strip = self._strips[number] = paint(self._sheet.rows[number], self._left, self._style, chosen)
        return strip.crop_extend(left, left + width, self.rich_style)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        text = "\n".join(" " * self._left + plain(row) for row in self._sheet.rows)
        return selection.extract(text), "\n"
