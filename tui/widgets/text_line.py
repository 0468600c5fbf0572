"""A field of one line; what is pasted there, or put there by a file, can steer no terminal."""

from __future__ import annotations

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from content.course.visible import visible


class TextLine(Input):
    """Takes one line of text."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
    """As wide as the text: for Textual's fields, each letter has the whole screen laid out."""

    def __init__(self, text: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(visible(text), placeholder=placeholder, id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False  # nothing moves when nothing changes

    def validate_value(self, value: str) -> str:
        """Return a text that is shown as it is: control characters become visible signs."""
        return visible(value).replace("\n", " ").replace("\t", " ")

    def _on_paste(self, event: events.Paste) -> None:
        """Take the first line that holds anything."""
        event.stop()
        event.prevent_default()
        pasted = next((line for line in event.text.splitlines() if line.strip()), "")
        self.replace(self.validate_value(pasted), *self.selection)
