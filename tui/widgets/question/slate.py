"""Rows to choose from, with a cursor."""

from __future__ import annotations

from textual import events
from textual.app import RenderResult
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.glyphs import RICH, Glyphs
from tui.widgets.question.drawing import Drawn, draw
from tui.widgets.question.row import Row


class Slate(Widget, can_focus=True):
    """Shows rows and posts what the learner does; which rows those are, its owner decides."""

    DEFAULT_CSS = """
    Slate { height: auto; width: 1fr; color: $foreground; }
    """
    BINDINGS = [
        Binding("up,k", "move(-1)", "question.keys.up", id="board.up", show=False),
        Binding("down,j", "move(1)", "question.keys.down", id="board.down", show=False),
        Binding("home", "move(-99)", "question.keys.first", id="board.first", show=False),
        Binding("end", "move(99)", "question.keys.last", id="board.last", show=False),
        Binding("enter", "choose", "question.keys.choose", id="board.choose"),
        Binding("enter", "end", "question.keys.done", id="board.end"),
        Binding("space", "tick", "question.keys.tick", id="board.tick"),
        Binding("shift+up,K", "shift(-1)", "question.keys.raise", id="board.raise", show=False),
        Binding("shift+down,J", "shift(1)", "question.keys.lower", id="board.lower", show=False),
    ]

    rows: reactive[tuple[Row, ...]] = reactive((), repaint=False)
    cursor: reactive[str] = reactive("", repaint=False)
    airy: reactive[bool] = reactive(False, repaint=False)
    asking: reactive[bool] = reactive(True, repaint=False)
    """Rows can be chosen; a board that asks nothing any more shows no cursor."""

    class Moved(Message):
        """The cursor stands on another row; with a row held, the learner wants it there."""

        def __init__(self, row_id: str, by: int) -> None:
            super().__init__()
            self.row_id = row_id
            self.by = by

    class Chosen(Message):
        """The learner chose a row."""

        def __init__(self, row_id: str) -> None:
            super().__init__()
            self.row_id = row_id

    class Ended(Message):
        """The learner has ticked enough."""

    class Shifted(Message):
        """The learner wants a row `by` places further down."""

        def __init__(self, row_id: str, by: int) -> None:
            super().__init__()
            self.row_id = row_id
            self.by = by

    def __init__(self, signs: Glyphs = RICH, *, sortable: bool = False, id: str | None = None) -> None:
        """Make an empty board; `sortable` rows can be moved."""
        super().__init__(id=id)
        self.signs = signs
        self.sortable = sortable
        self._drawn: list[Drawn] = []
        self._drawn_width = 0

    def choices(self) -> list[str]:
        """Return the ids of the rows that can be chosen, from above."""
        return [row.id for row in self.rows if row.id]

    def lines(self, width: int) -> list[Drawn]:
        """Return what is drawn at that width, without the empty lines at its end."""
        cursor = self.cursor if self.asking and self.has_focus else ""
        drawn = draw(self.rows, width, self.signs, cursor, self.airy)
        while drawn and not drawn[-1].content.plain.strip():
            drawn.pop()
        return drawn

    def on_resize(self) -> None:
        self._drawn_width = self.content_size.width
        self._drawn = self.lines(self._drawn_width)

    def redraw(self) -> None:
        """Paint the lines that have changed, and no others: over a slow link each counts."""
        width = self.content_size.width
        before, self._drawn = self._drawn, self.lines(width)
        if self._drawn_width != width or len(before) != len(self._drawn):
            self._drawn_width = width
            self.refresh(layout=True)
            return
        pairs = zip(before, self._drawn, strict=True)
        changed = [at for at, (old, new) in enumerate(pairs) if not old.content.is_same(new.content)]
        if changed:
            self.refresh(*(Region(0, at, width, 1) for at in changed))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.lines(width))

    def render(self) -> RenderResult:
        return Content("\n").join(line.content for line in self.lines(self.content_size.width))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "shift":
            return self.asking and self.sortable
        if action in ("tick", "end"):
            return self.asking and self.ticking()
        if action == "choose":
            return self.asking and not self.ticking()
        return self.asking if action == "move" else True

    def watch_rows(self) -> None:
        self.redraw()

    def watch_airy(self) -> None:
        self.redraw()

    def watch_asking(self) -> None:
        self.redraw()

    def watch_cursor(self) -> None:
        self.redraw()
        self.call_after_refresh(self.show_cursor)

    def watch_has_focus(self, _focus: bool) -> None:
        super().watch_has_focus(_focus)
        self.redraw()

    def show_cursor(self) -> None:
        """Scroll so that the row under the cursor is seen whole."""
        if self.asking:
            self.show_row(self.cursor)

    def show_row(self, row_id: str, *, force: bool = False) -> None:
        """Scroll so that a row is seen whole."""
        at = [number for number, line in enumerate(self.lines(self.content_size.width)) if line.id == row_id]
        parent = self.parent
        if at and isinstance(parent, Widget):
            region = Region(0, self.virtual_region.y + at[0], 1, len(at))
            parent.scroll_to_region(region, animate=False, force=force)

    def action_move(self, by: int) -> None:
        """Move the cursor by some rows."""
        ids = self.choices()
        if not ids:
            return
        at = ids.index(self.cursor) if self.cursor in ids else 0
        target = ids[min(max(at + by, 0), len(ids) - 1)]
        if not any(row.held and row.id == self.cursor for row in self.rows):
            self.cursor = target  # at once: the next key of a burst counts from here
        self.post_message(self.Moved(target, by))

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self.cursor:
            self.post_message(self.Chosen(self.cursor))

    def action_tick(self) -> None:
        """Tick the row under the cursor, or take its tick away."""
        self.action_choose()

    def action_end(self) -> None:
        """Say that enough is ticked."""
        self.post_message(self.Ended())

    def ticking(self) -> bool:
        """Return whether several rows can be ticked, so that `enter` is free to go on."""
        return any(row.box for row in self.rows)

    def action_shift(self, by: int) -> None:
        """Move the row under the cursor itself."""
        if self.cursor:
            self.post_message(self.Shifted(self.cursor, by))

    def on_click(self, event: events.Click) -> None:
        drawn = self.lines(self.content_size.width)
        if self.asking and 0 <= event.y < len(drawn) and drawn[event.y].id:
            event.stop()
            self.focus()
            self.post_message(self.Chosen(drawn[event.y].id))
