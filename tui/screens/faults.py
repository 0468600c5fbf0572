"""Every fault that was met so far in the open course; what is sound of it is shown all the same."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from content.course.visible import visible
from tui.faults import line
from tui.screens.base import LearnScreen
from tui.text.span import Span, plain
from tui.text.wrap import wrap
from tui.widgets.rows import Rows

MARGIN = 10
WIDEST = 94
"""Rows are no wider, however wide the screen is."""

MOST = 500
"""So many are listed; a course with more has them for one reason."""


class FaultsScreen(LearnScreen[None]):
    """A row a fault: file, line, field, and what is wrong; `enter` copies it."""

    def place(self) -> list[str] | None:
        return ["faults"]

    def body(self) -> Iterable[Widget]:
        yield Rows(id="faults-rows")
        yield Static(id="faults-more", markup=False)

    def fill(self) -> None:
        faults = self.owner.course.faults
        self.titled(self.words("courses.faults-title"), self.words("courses.faults", count=len(faults)))
        rows = self.query_one("#faults-rows", Rows)
        before = rows.highlighted or 0
        width = min(self.size.width or 80, WIDEST) - MARGIN
        rows.clear_options()
        for at, fault in enumerate(faults[:MOST]):
            lines = wrap([Span(line(fault, self.words))], width)
            rows.add_option(Option(Content("\n  ".join(map(plain, lines))), id=str(at)))
        rows.highlighted = min(before, max(0, len(faults) - 1)) if faults else None
        rows.focus()
        folder = visible(str(self.owner.course.root)).replace("\n", " ")
        self.query_one("#faults-more", Static).update(self.words("courses.check", folder=folder))

    @on(OptionList.OptionSelected)
    def fault_chosen(self, event: OptionList.OptionSelected) -> None:
        """Copy the line, for whoever can mend it."""
        event.stop()
        self.app.copy_to_clipboard(line(self.owner.course.faults[int(event.option_id or 0)], self.words))
        self.notify(self.words("app.copy-hint"), title=self.words("app.copied"), markup=False)

    def on_resize(self) -> None:
        self.call_after_refresh(self.fill)
