"""The line of panels: which there are, and which one is seen."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message

from tui.widgets.run.lines import Lines


class Tabs(Lines):
    """Shows each panel with its number, the seen one in brackets; a click chooses."""

    class Chosen(Message):
        """A panel was clicked; panels count from 1."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._names: tuple[str, ...] = ()
        self._chosen = 1
        self._text = ""

    def choose(self, names: tuple[str, ...], chosen: int, text: str) -> None:
        """Show the panels' names, which of them is seen, and, where there is room, the way to its text."""
        self._names, self._chosen, self._text = names, chosen, text
        self._lay()

    def on_resize(self, event: events.Resize) -> None:
        self._lay()

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        left = 0
        for number, label in enumerate(self._labels(), 1):
            right = left + cell_len(label)
            if offset.y == 0 and left <= offset.x < right:
                event.stop()
                self.post_message(self.Chosen(number))
                return
            left = right

    def _labels(self) -> list[str]:
        """Return the cells of each panel; names but the chosen one give way where they do not all fit."""
        full = [self._label(number, name) for number, name in enumerate(self._names, 1)]
        if sum(map(cell_len, full)) <= self.size.width:
            return full
        close = [label if label.startswith("[") else label.removesuffix(" ") for label in full]
        if sum(map(cell_len, close)) <= self.size.width:
            return close
        return [self._label(n, name if n == self._chosen else "") for n, name in enumerate(self._names, 1)]

    def _label(self, number: int, name: str) -> str:
        said = f"{number} {name}".rstrip()
        return f"[{said}]" if number == self._chosen else f" {said} "

    def _lay(self) -> None:
        line = Content("")
        for number, label in enumerate(self._labels(), 1):
            if number == self._chosen:
                line += Content.styled(label, "$model bold")
            else:
                line += Content.styled(label[:2], "$learner") + Content.styled(label[2:], "$quiet")
        room = self.size.width - cell_len(line.plain) - cell_len(self._text) - 2
        if room > 0:
            line += Content(" " * room) + Content.styled("T", "$learner") + Content.styled(f" {self._text}", "$quiet")
        self.put([line])
