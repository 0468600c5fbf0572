"""Fields to type an answer into; what is pasted there can steer no terminal."""

from __future__ import annotations

from textual import events
from textual.binding import Binding
from textual.document._document_navigator import DocumentNavigator
from textual.message import Message
from textual.widgets import Input, TextArea

from content.course.visible import visible
from tui.widgets.question.written import WrittenDocument


class Ahead(Message):
    """A key of a fast typist that came after `enter`, before the focus could go on: it is meant for what follows."""

    def __init__(self, field: LineField | ProseField, key: events.Key) -> None:
        super().__init__()
        self.field = field
        self.key = key


class LineField(Input):
    """One line: a number, or the word of a blank; `enter` ends it."""

    DEFAULT_CSS = """
    LineField { height: 1; width: 24; border: none; padding: 0 1; background: $panel; color: $learner; }
    LineField:focus { border: none; background: $block-cursor-background; color: $block-cursor-foreground; }
    LineField:focus { background-tint: $foreground 0%; }
    LineField.-locked { background: $surface; text-style: bold; }
    LineField.-right { color: $success; }
    LineField.-wrong { color: $error; }
    """

    BINDINGS = [Binding("enter", "submit", "question.keys.done", id="question.done")]

    def __init__(self, text: str = "", *, id: str | None = None) -> None:
        super().__init__(visible(text), id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False
        self.ended = False

    async def _on_key(self, event: events.Key) -> None:
        """End at once: the key of the confidence may be on its way already."""
        if event.key == "enter" or self.ended:
            event.stop()
            event.prevent_default()
            if self.ended:
                self.post_message(Ahead(self, event))
            else:
                self.ended = True
                await self.action_submit()

    def on_focus(self) -> None:
        self.ended = False

    def _on_paste(self, event: events.Paste) -> None:
        """Take the first line that holds anything."""
        event.stop()
        event.prevent_default()
        pasted = next((line for line in event.text.splitlines() if line.strip()), "")
        self.replace(visible(pasted).replace("\t", " "), *self.selection)


class ProseField(TextArea):
    """Some lines of prose; `enter` ends them, `ctrl+j` begins a new line."""

    DEFAULT_CSS = """
    ProseField { height: 6; width: 1fr; margin: 0 2 0 0; border: none; padding: 0 1; }
    ProseField { background: $panel; color: $foreground; }
    ProseField:focus { border: none; background: $learner-ground; }
    ProseField.-locked { background: $surface; height: auto; }
    """

    BINDINGS = [
        Binding("enter", "end", "question.keys.done", id="question.done"),
        Binding("ctrl+j", "line", "question.keys.line", id="question.line", show=False),
        Binding("f6", "screen.hint", "question.keys.hint", id="question.hint"),
        Binding("f7", "screen.skip", "question.keys.skip", id="question.skip"),
    ]

    class Ended(Message):
        """The learner has written enough."""

        def __init__(self, field: ProseField) -> None:
            super().__init__()
            self.field = field

        @property
        def control(self) -> ProseField:
            return self.field

    def __init__(self, text: str = "", *, id: str | None = None) -> None:
        super().__init__(visible(text), id=id, soft_wrap=True, show_line_numbers=False, compact=True)
        self.highlight_cursor_line = False
        self.cursor_blink = False
        self.ended = False
        self.move_cursor(self.document.end)

    def _set_document(self, text: str, language: str | None) -> None:
        """Wrap as the pages do; Textual would take a Chinese clause for one word."""
        super()._set_document(text, language)
        self.wrapped_document = WrittenDocument(self.document, tab_width=self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self._rewrap_and_refresh_virtual_size()

    async def _on_key(self, event: events.Key) -> None:
        """Keep `enter` from being typed, and end at once, as a line does."""
        if event.key == "enter" or self.ended:
            event.stop()
            event.prevent_default()
            if self.ended:
                self.post_message(Ahead(self, event))
            else:
                self.ended = True
                self.action_end()

    def on_focus(self) -> None:
        self.ended = False

    def action_end(self) -> None:
        """End the text."""
        self.post_message(self.Ended(self))

    def action_line(self) -> None:
        """Begin a new line."""
        self.insert("\n")

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.replace(visible(event.text).replace("\t", " "), *self.selection)
