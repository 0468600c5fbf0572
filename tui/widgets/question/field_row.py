"""A field with its marks, its unit, and what is told of it once the answer is locked."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from tui.glyphs import Glyphs
from tui.widgets.question.drawing import TEXT_AT
from tui.widgets.question.face import Blank, Told
from tui.widgets.question.fields import LineField, ProseField
from tui.widgets.question.row import Row
from tui.widgets.question.slate import Slate


class FieldRow(Vertical):
    """One field to type into; it never moves when it is told of."""

    DEFAULT_CSS = f"""
    FieldRow {{ height: auto; width: 1fr; }}
    FieldRow > Horizontal {{ height: auto; width: 1fr; }}
    FieldRow .field-gutter {{ width: {TEXT_AT}; height: 1; }}
    FieldRow .field-unit {{ width: 1fr; height: 1; padding: 0 0 0 2; color: $quiet; }}
    FieldRow Slate {{ height: auto; }}
    """

    def __init__(self, blank: Blank, number: int, text: str, signs: Glyphs) -> None:
        """Make the field of that number, with what was typed before in it."""
        super().__init__(id=f"question-field-{number}")
        self.blank = blank
        self.signs = signs
        self.field: LineField | ProseField
        if blank.prose:
            self.field = ProseField(text, id=f"question-input-{number}")
        else:
            self.field = LineField(text, id=f"question-input-{number}")

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static(classes="field-gutter", markup=False)
            yield self.field
            if not self.blank.prose:
                yield Static(classes="field-unit", markup=False)
        if any(self.blank.reserve):
            board = Slate(self.signs)
            board.can_focus = False
            yield board

    @property
    def text(self) -> str:
        """What is typed."""
        return self.field.text if isinstance(self.field, ProseField) else self.field.value

    def tell(self, told: Told | None, *, locked: bool, meaning: str = "") -> None:
        """Show what the field stands at.

        Args:
            told: What is told of it, None as long as nothing is.
            locked: Nothing can be typed any more.
            meaning: How what is typed is read, where that is not plain.
        """
        self.field.can_focus = not locked
        self.field.set_class(locked, "-locked")
        self.field.set_class(told is not None and not told.right, "-wrong")
        self.field.set_class(told is not None and told.right, "-right")
        for gutter in self.query(".field-gutter").results(Static):
            gutter.update(self._gutter(told))
        for unit in self.query(".field-unit").results(Static):
            unit.update(self._unit(told, meaning))
        for board in self.query(Slate):
            why = told.why if told is not None else ""
            board.rows = (Row(why=why, told=told is not None, reserve=self.blank.reserve),)

    def _gutter(self, told: Told | None) -> Content:
        mark = self.signs.mark if self.text.strip() else " "
        verdict = " " if told is None else (self.signs.check if told.right else self.signs.cross)
        tone = "$success bold" if told is not None and told.right else "$error bold"
        return (
            Content.styled(f"  {mark} ", "$learner bold")
            + Content.styled(verdict, tone)
            + Content.styled(f"{self.blank.label:>2}  ", "$quiet")
        )

    def _unit(self, told: Told | None, meaning: str) -> Content:
        if told is not None and not told.right and told.wanted:
            return Content.styled(f"{self.signs.check} {told.wanted}", "$success bold")
        return Content(f"{self.blank.unit}  {meaning}".strip())
