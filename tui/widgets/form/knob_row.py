"""One knob of a form: its name, its value to change, and its bounds or what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from engine.errors import RecipeError
from engine.recipes import Knob, Value, spelled
from tui.widgets.form.chooser import Chooser
from tui.widgets.form.knob_words import knob_words
from tui.widgets.form.suggest_line import SuggestLine
from tui.widgets.text_line import TextLine
from tui.words import Words


class KnobRow(Horizontal):
    """Posts `Changed` with each change; says at once why a value is refused."""

    DEFAULT_CSS = """
    KnobRow { height: 1; width: 1fr; }
    KnobRow .knob-name { width: 14; color: $foreground; }
    KnobRow.-changed .knob-name { color: $learner; text-style: bold; }
    KnobRow.-idle .knob-name, KnobRow.-idle Input { color: $quiet; }
    KnobRow.-text Input { width: 22; }
    KnobRow Input { width: 13; height: 1; border: none; padding: 0; background: $panel; }
    KnobRow Chooser { width: 13; background: $panel; }
    KnobRow .knob-note { width: 1fr; height: 1; padding-left: 2; color: $quiet; }
    KnobRow .knob-note { text-wrap: nowrap; text-overflow: ellipsis; }
    KnobRow.-wrong .knob-note { color: $error; }
    """

    class Changed(Message):
        """The knob's text changed; `value` is None where it is refused."""

        def __init__(self, row: KnobRow, value: Value | None) -> None:
            super().__init__()
            self.row = row
            self.value = value

    class Entered(Message):
        """The knob has the focus now."""

        def __init__(self, knob: Knob) -> None:
            super().__init__()
            self.knob = knob

    def __init__(
        self, knob: Knob, text: str, words: Words, *, kind: str, cells: int = 14, suggested: Sequence[str] = ()
    ) -> None:
        """Make the row of a knob.

        Args:
            kind: The kind of run that it belongs to, which decides what it means.
            cells: Width of the names' column.
            suggested: Words worth trying, where any text may stand.
        """
        super().__init__(id=f"knob-{knob.name}", classes="-text" if knob.kind == "text" else "")
        self.knob = knob
        self.text = text
        self.words = words
        self.kind = kind
        self.idle = ""
        self._cells = cells
        self._suggested = suggested

    def compose(self) -> ComposeResult:
        name = Static(self.knob.name, classes="knob-name", markup=False)
        name.styles.width = self._cells
        yield name
        if self.knob.kind in ("choice", "flag"):
            values = self.knob.choices or ("true", "false")
            yield Chooser(values, self.text)
        elif self.knob.kind == "text":
            yield SuggestLine(self.text, self._suggested)
        else:
            yield TextLine(self.text)
        yield Static("", classes="knob-note", markup=False)

    def on_mount(self) -> None:
        self.judge()

    @property
    def value(self) -> Value | None:
        """What the text means, None where it is refused."""
        try:
            return self.knob.parse(self.text)
        except RecipeError:
            return None

    def put(self, value: Any) -> None:
        """Show a value that was not typed, such as a preset's."""
        self.text = spelled(value)
        for field in self.query(Input):
            field.value = self.text
            field.cursor_position = len(self.text)  # it stays where the old value ended otherwise
        for chooser in self.query(Chooser):
            chooser.value = self.text
        self.judge()

    def rest(self, why: str) -> None:
        """Say why the knob changes nothing as the others stand; "" where it acts."""
        if why != self.idle:
            self.idle = why
            self.judge()

    def judge(self) -> None:
        """Show the bounds, or why the text is refused, or why it does not matter."""
        self.set_class(bool(self.idle), "-idle")
        try:
            value = self.knob.parse(self.text)
        except RecipeError as problem:
            self.add_class("-wrong")
            note = self.words.error(problem)
        else:
            self.remove_class("-wrong")
            self.set_class(value != self.knob.default, "-changed")
            note = self.idle or knob_words(self.words, self.kind, self.knob.name, "short")
        self.query_one(".knob-note", Static).update(note)

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        event.stop()
        self._take(event.value)

    @on(Chooser.Changed)
    def turned(self, event: Chooser.Changed) -> None:
        event.stop()
        self._take(event.value)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self.post_message(self.Entered(self.knob))

    def _take(self, text: str) -> None:
        if text != self.text:
            self.text = text
            self.judge()
            self.post_message(self.Changed(self, self.value))
