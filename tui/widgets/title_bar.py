"""The top line: where the learner is, and how it stands."""

from __future__ import annotations

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Region
from textual.reactive import reactive
from textual.widget import Widget

from tui.text.fitting import fit

LEAST_TITLE = 12
"""Of so many cells a title can still be told from another one."""


class TitleBar(Widget):
    """A title at the left, a status at the right; the title gives way where both do not fit.

    Attributes:
        brief: The status in fewer words, for where the title would be no title any more; "" for none.
    """

    DEFAULT_CSS = """
    TitleBar { height: 2; width: 1fr; background: $background; color: $foreground; }
    TitleBar > .title-bar--title { text-style: bold; }
    TitleBar > .title-bar--status { color: $learner; }
    TitleBar.-model > .title-bar--status { color: $model; }
    TitleBar > .title-bar--rule { color: $line; }
    """
    COMPONENT_CLASSES = {"title-bar--title", "title-bar--status", "title-bar--rule"}

    title: reactive[str] = reactive("")
    status: reactive[str] = reactive("", repaint=False)
    brief: reactive[str] = reactive("", repaint=False)
    rule: reactive[str] = reactive("─")

    def watch_status(self, before: str, after: str) -> None:
        """Repaint the right end of the line: a live status changes every second, the rest does not."""
        width = self.size.width
        widest = max(cell_len(before), cell_len(after))
        start = width - widest - 2
        self.refresh(Region(start, 0, width - start, 1) if start > cell_len(self.title) + 1 else Region(0, 0, width, 1))

    def render(self) -> RenderResult:
        width = self.size.width
        crowded = width - cell_len(self.status) - 3 < min(LEAST_TITLE, cell_len(self.title))
        status = fit(self.brief if crowded and self.brief else self.status, max(0, width - 4))
        room = width - cell_len(status) - 3
        title = fit(self.title, max(0, room))
        gap = " " * max(1, width - 2 - cell_len(title) - cell_len(status))
        line = (
            Content(" ")
            + Content.styled(title, self.get_visual_style("title-bar--title"))
            + Content(gap)
            + Content.styled(status, self.get_visual_style("title-bar--status"))
        )
        rule = Content.styled(self.rule * width, self.get_visual_style("title-bar--rule"))
        return line + Content("\n") + rule
