"""The headings of a page, beside it."""

from __future__ import annotations

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.text.fitting import fit


class Contents(Widget):
    """Shows where in the page the learner is; a click leads to a heading."""

    DEFAULT_CSS = """
    Contents { width: 28; height: 1fr; padding: 1 1 0 2; color: $quiet; display: none; }
    Contents > .contents--current { color: $learner; text-style: bold; }
    """
    COMPONENT_CLASSES = {"contents--current"}

    headings: reactive[tuple[tuple[str, str], ...]] = reactive(())
    current: reactive[str] = reactive("")

    class Chosen(Message):
        """A heading was clicked."""

        def __init__(self, anchor: str) -> None:
            super().__init__()
            self.anchor = anchor

    def shown(self) -> str:
        """Return the heading that the learner has reached; before the first one, that one."""
        anchors = [anchor for anchor, _ in self.headings]
        return self.current if self.current in anchors else next(iter(anchors), "")

    def render(self) -> RenderResult:
        width = self.content_size.width - 2
        here = self.shown()
        style = self.get_visual_style("contents--current")
        lines = [
            Content.styled(f"> {fit(words, width)}", style) if anchor == here else Content(f"  {fit(words, width)}")
            for anchor, words in self.headings
        ]
        return Content("\n\n").join(lines)

    def on_click(self, event: events.Click) -> None:
        row = event.y - 1
        if row % 2 == 0 and 0 <= row // 2 < len(self.headings):
            self.post_message(self.Chosen(self.headings[row // 2][0]))
