"""The headings of a page, beside it."""

from __future__ import annotations

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.text.fitting import fit
from tui.text.span import Span, plain
from tui.text.wrap import wrap

MOST_LINES = 2
"""Lines that a heading may take."""


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

    def lines(self) -> list[tuple[str, str]]:
        """Return each line and the anchor that a click on it means; headings are whole where there is room."""
        width = self.content_size.width - 2
        for most in (MOST_LINES, 1):
            found: list[tuple[str, str]] = []
            for anchor, words in self.headings:
                wrapped = [plain(line) for line in wrap([Span(words)], max(1, width))] if most > 1 else [words]
                kept = [*wrapped[: most - 1], " ".join(wrapped[most - 1 :])]
                sign = ">" if anchor == self.shown() else " "
                found += [("", "")] if found else []
                found += [(f"{' ' if at else sign} {fit(line, width)}", anchor) for at, line in enumerate(kept) if line]
            if len(found) <= self.content_size.height:
                break
        return found

    def render(self) -> RenderResult:
        here = self.shown()
        style = self.get_visual_style("contents--current")
        return Content("\n").join(
            Content.styled(line, style) if anchor == here else Content(line) for line, anchor in self.lines()
        )

    def on_click(self, event: events.Click) -> None:
        lines = self.lines()
        row = event.y - 1
        if 0 <= row < len(lines) and lines[row][1]:
            self.post_message(self.Chosen(lines[row][1]))
