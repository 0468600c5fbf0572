"""The learner's confidence: choosing one locks the answer and shows what is right."""

from __future__ import annotations

from textual import events
from textual.app import RenderResult
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from content.course.visible import visible
from tui.text.cells import cells
from tui.text.fitting import fit

MARGIN = 2


class Sureness(Widget, can_focus=True):
    """One line: `how sure?   1 guess   2 unsure   3 sure`."""

    DEFAULT_CSS = """
    Sureness { height: 1; width: 1fr; }
    """

    BINDINGS = [
        Binding("backspace,up,k", "edit", "question.keys.edit", id="sureness.edit", show=False),
    ]

    labels: reactive[tuple[str, str, str]] = reactive(("", "", ""))
    lead: reactive[str] = reactive("")
    ready: reactive[bool] = reactive(False)
    """The answer is complete, so that a confidence can lock it."""
    typing: reactive[bool] = reactive(False)
    """The learner is in a field, where a digit is text: `enter` comes first."""
    sure: reactive[int] = reactive(0)
    """What locked the answer, 0 as long as nothing did."""

    comparing: reactive[bool] = reactive(False)
    """The confidence is given; what is left to do stands alone."""
    place: reactive[str] = reactive("")
    """Where to read on, at the right end; a click asks for it."""

    class PlaceRequested(Message):
        """The learner clicked where to read on."""

    class Chosen(Message):
        """A confidence was clicked."""

        def __init__(self, sure: int) -> None:
            super().__init__()
            self.sure = sure

    class EditRequested(Message):
        """The learner wants to go back into the field."""

    def action_edit(self) -> None:
        """Go back into the field."""
        self.post_message(self.EditRequested())

    def render(self) -> RenderResult:
        line = Content("").join(content for content, _ in self._parts())
        room = self.content_size.width - MARGIN - line.cell_length - 4
        if not self.place or room < 12:
            return line
        said = fit(visible(self.place), room)
        gap = Content(" " * (room - cells(said) + 2))
        return line + gap + Content.styled("p ", "$learner bold") + Content.styled(said, "$quiet")

    def on_click(self, event: events.Click) -> None:
        left = 0
        for content, sure in self._parts():
            right = left + content.cell_length
            if sure and left <= event.x < right:
                event.stop()
                self.post_message(self.Chosen(sure))
                return
            left = right
        if self.place and event.x > left:
            self.post_message(self.PlaceRequested())

    def _parts(self) -> list[tuple[Content, int]]:
        """Return the pieces of the line, each with the confidence that a click on it means."""
        live = self.comparing or (self.ready and not self.sure and not self.typing)
        lead_style = "$learner bold" if live else "$quiet"
        parts = [(Content.styled(f"  {self.lead}", lead_style), 0)]
        for number, label in enumerate(self.labels, 1):
            if self.comparing:
                break
            if self.sure == number:
                piece = Content.styled(f"[{number} {label}]", "$learner bold")
            elif self.sure:
                piece = Content.styled(f" {number} {label} ", "$quiet")
            else:
                key = Content.styled(f" {number}", "$learner bold" if live else "$quiet")
                piece = key + Content.styled(f" {label} ", "" if live else "$quiet")
            parts += [(Content("  " if cells(self.lead) < 30 else " "), 0), (piece, number)]
        return parts
