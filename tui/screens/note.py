"""A short text over the screen: a definition, an address."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from content.course.visible import visible
from tui.screens.overlay import Overlay
from tui.text.span import Span
from tui.text.wrap import wrap


class NoteScreen(Overlay[bool]):
    """Any of the usual keys closes it. Its result is whether the learner wants more."""

    DEFAULT_CSS = """
    NoteScreen { align: center middle; }
    NoteScreen > VerticalScroll {
        width: 66; max-width: 94%; height: auto; max-height: 80%;
        background: $surface; border: round $learner; border-title-color: $learner; padding: 1 2;
    }
    NoteScreen Static { height: auto; }
    """
    BINDINGS = [Binding("escape,enter,q,backspace,space", "dismiss", "keys.back", id="note.close")]

    def __init__(self, title: str, text: str, keys: str = "") -> None:
        """Show a text under a title; `keys` stand in the lower edge."""
        super().__init__()
        self.note_title = visible(title)
        self.text = visible(text)
        self.keys = keys

    def compose(self) -> ComposeResult:
        with VerticalScroll() as frame:
            frame.border_title = self.note_title.replace("[", "(").replace("]", ")")
            frame.border_subtitle = self.keys
            yield Static(id="note-text", markup=False)

    def on_mount(self) -> None:
        frame = self.query_one(VerticalScroll)
        frame.focus()
        self.call_after_refresh(self._wrap)

    def _wrap(self) -> None:
        width = max(20, self.query_one("#note-text").size.width)
        paragraphs = []
        for paragraph in self.text.split("\n"):
            lines = wrap([Span(paragraph)], width) if paragraph else []
            paragraphs.append("\n".join("".join(span.text for span in line) for line in lines))
        self.query_one("#note-text", Static).update("\n".join(paragraphs))


class TermScreen(NoteScreen):
    """The definition of a term; the glossary is a key away.

    It stands at the lower edge, or with the class `-above` at the upper one: where the term does not.
    """

    BINDINGS = [Binding("o", "dismiss(True)", "page.keys.glossary", id="note.glossary")]
