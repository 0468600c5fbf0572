"""A field of one line; what is pasted there, or put there by a file, can steer no terminal."""

from __future__ import annotations

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from content.course.visible import visible

SCROLLS = ("scroll_up", "scroll_down", "page_up", "page_down", "page_left", "page_right")
"""What Textual binds in every field; a single line has nothing of it."""


class TextLine(Input):
    """Takes one line of text."""

    DEFAULT_CSS = """
    TextLine:focus { background: $block-cursor-background; background-tint: $foreground 0%; }
    TextLine > .input--placeholder, TextLine > .input--suggestion { color: $quiet; }
    """
    """The ground of the focus is the cursor's everywhere; what a field would take is text like any other."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
    """As wide as the text: for Textual's fields, each letter has the whole screen laid out."""

    def __init__(self, text: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(visible(text), placeholder=placeholder, id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False  # nothing moves when nothing changes

    def validate_value(self, value: str) -> str:
        """Return a text that is shown as it is: control characters become visible signs."""
        return visible(value).replace("\n", " ").replace("\t", " ")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys that would scroll to the screen, whose help then names what they do there."""
        return False if action in SCROLLS else super().check_action(action, parameters)

    async def _on_key(self, event: events.Key) -> None:
        """Edit in the order of the keys.

        Textual types a letter at once but sends a backspace around by the app: where both come together over a slow
        line, the letter would be typed first, and deleted. What leaves the field, such as enter, goes that way as ever.
        """
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            edits = binding.action != "submit" and "." not in binding.action
            if edits and await self.app.run_action(binding.action, self):
                event.stop()
                event.prevent_default()
                return

    def _on_paste(self, event: events.Paste) -> None:
        """Take the first line that holds anything."""
        event.stop()
        event.prevent_default()
        pasted = next((line for line in event.text.splitlines() if line.strip()), "")
        self.replace(self.validate_value(pasted), *self.selection)
