"""A question as it stands in the window: the text, the fields, the board, the confidence, what is said."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widget import Widget

from tui.glyphs import Glyphs
from tui.widgets.question.field_row import FieldRow
from tui.widgets.question.fields import LineField, ProseField
from tui.widgets.question.notes import Notes
from tui.widgets.question.passage import Passage
from tui.widgets.question.picture import Picture
from tui.widgets.question.row import Row
from tui.widgets.question.slate import Slate
from tui.widgets.question.sureness import Sureness

TRACK_ROWS = 3
"""From so many empty lines above the question on, the track of the sitting stands in them."""


class QuestionPane(Vertical):
    """Shows pictures of one question; its parts post what the learner does."""

    DEFAULT_CSS = """
    QuestionPane { height: 1fr; align-horizontal: center; }
    #question-column { width: 1fr; max-width: 90; height: 1fr; }
    #question-track { margin: 1 2; }
    #question-ask { margin: 0 2 1 2; }
    #question-fields { height: auto; }
    #question-fields.-apart { margin-bottom: 1; }
    #question-foot { height: auto; }
    #question-below { height: auto; margin-top: 1; }
    """

    def __init__(self, picture: Picture, texts: dict[str, str], signs: Glyphs, *, sortable: bool) -> None:
        """Make the parts that this question needs.

        Args:
            texts: What was typed before, by field.
            sortable: Rows can be moved.
        """
        super().__init__(id="question-pane")
        self.picture = picture
        self.signs = signs
        self.fields = [
            FieldRow(blank, number, texts.get(blank.name, ""), signs) for number, blank in enumerate(picture.fields)
        ]
        self.board = Slate(signs, sortable=sortable, id="question-board")
        self.steps = Slate(signs, id="question-steps")
        self.steps.can_focus = self.steps.asking = False
        self.sureness = Sureness(id="question-sure")
        self.notes = Notes(id="question-notes")
        self.scroller = VerticalScroll(id="question-body", can_focus=False)
        self.below = VerticalScroll(id="question-below", can_focus=False)

    def compose(self) -> ComposeResult:
        with Vertical(id="question-column"):
            yield Passage(id="question-track")
            yield Passage(id="question-ask")
            with self.scroller:
                with Vertical(id="question-fields"):
                    yield from self.fields
                yield self.board
            with Vertical(id="question-foot"):
                yield self.sureness
                yield self.notes
            with self.below:
                yield self.steps

    def show(self, picture: Picture, cursor: str, *, width: int, height: int, strip: bool) -> None:
        """Show a picture in a window of that size; the cursor goes to the row of that id, if there is one."""
        self.picture = picture
        self.query_one("#question-ask", Passage).pieces = tuple(picture.ask)
        for row in self.fields:
            row.tell(picture.told.get(row.blank.name), locked=picture.locked, meaning=picture.meaning)
        spent = picture.rows_needed(width, height, strip=strip, signs=self.signs)
        self._show_board(cursor, picture.rows_in(spent.body, width, self.signs))
        self._show_foot()
        self.steps.rows = picture.steps if picture.told else ()
        track = self.query_one("#question-track", Passage)
        track.display, track.pieces = spent.top >= TRACK_ROWS, tuple(picture.track)
        self.board.airy = spent.airy and picture.spread
        column = self.query_one("#question-column")
        column.styles.padding = (0 if track.display else spent.top, 0, 0, 0)
        self.scroller.styles.height = spent.body
        self.query_one("#question-foot").styles.margin = (spent.gap, 0, 0, 0)
        self.below.styles.height, self.below.display = max(0, spent.below - 1), spent.below > 0

    def _show_board(self, cursor: str, rows: tuple[Row, ...]) -> None:
        picture, board = self.picture, self.board
        board.rows, board.asking = rows, picture.choosing
        board.can_focus = picture.choosing
        board.display = bool(rows)
        choices = board.choices()
        if cursor in choices:
            board.cursor = cursor
        elif board.cursor not in choices:
            board.cursor = choices[0] if choices else ""
        apart = bool(picture.fields and picture.rows)
        self.query_one("#question-fields").set_class(apart, "-apart")

    def _show_foot(self) -> None:
        picture, sure = self.picture, self.sureness
        sure.labels, sure.lead, sure.sure, sure.ready = picture.labels, picture.lead, picture.sure, picture.ready
        sure.place, sure.comparing = picture.place, picture.comparing
        sure.can_focus = picture.asking and not picture.comparing
        sure.display = bool(picture.lead)
        self.notes.notes, self.notes.least = picture.notes, picture.least

    # -- what there is in it

    def texts(self) -> dict[str, str]:
        """Return what is typed, by field."""
        return {row.blank.name: row.text for row in self.fields}

    def named(self, field: Widget | None) -> str:
        """Return the name of a field, "" where the widget is none of them."""
        return next((row.blank.name for row in self.fields if row.field is field), "")

    def letter_row(self, letter: str) -> str:
        """Return the row of a letter, "" for none."""
        return next((row.id for row in self.board.rows if row.label == letter), "")

    def after(self, field: LineField | ProseField) -> LineField | ProseField | None:
        """Return where to type next: the field after this one, else an empty one; None where all is typed."""
        fields = [row.field for row in self.fields]
        empty = [row.field for row in self.fields if not row.text.strip()]
        following = fields[fields.index(field) + 1 :]
        if not empty or len(fields) == 1:
            return None
        return following[0] if following else empty[0]

    # -- where to look and to type

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def focus_moved(self) -> None:
        """Offer the confidences once a digit means one."""
        self.sureness.typing = isinstance(self.screen.focused, LineField | ProseField)

    def focus_next_step(self, left: str = "") -> None:
        """Give the focus to what is to be done next.

        Args:
            left: The field in which the learner was, if any.
        """
        if self.fields and not self.picture.locked:
            there = [row for row in self.fields if row.blank.name == left]
            empty = [row for row in self.fields if not row.text.strip()]
            (there or empty or self.fields)[0].field.focus()
        elif self.picture.choosing:
            self.board.focus()
        else:
            self.screen.set_focus(None)

    def focus_last_field(self) -> None:
        """Go back to typing."""
        if self.fields:
            self.fields[-1].field.focus()

    def scroll_lines(self, by: int) -> None:
        """Scroll what does not fit."""
        for part in (self.scroller, self.below):
            part.scroll_relative(y=by, animate=False, immediate=True)  # the next key counts from there

    def show_answer(self) -> None:
        """Scroll to where the answer, or what it is compared with, can be seen."""
        if self.picture.comparing:
            own = self.query_one("#question-fields").size.height
            if own * 2 <= self.scroller.size.height:  # what one wrote and what it is compared with are seen at once
                self.scroller.scroll_home(animate=False)
            else:
                self.scroller.scroll_to_widget(self.board, animate=False, top=True)
        elif not self.picture.asking:
            self.scroller.scroll_home(animate=False)
            marked = [row.id for row in self.board.rows if row.id and (row.chosen or row.right is not None)]
            self.call_after_refresh(self.board.show_row, marked[0] if marked else "")
