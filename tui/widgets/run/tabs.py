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
        left = 0
        for number, name in enumerate(self._names, 1):
            right = left + cell_len(name) + 4
            if left <= event.x < right:
                event.stop()
                self.post_message(self.Chosen(number))
                return
            left = right

    def _lay(self) -> None:
        names, chosen, text = self._names, self._chosen, self._text
        line = Content("")
        for number, name in enumerate(names, 1):
            if number == chosen:
                line += Content.styled(f"[{number} {name}]", "$model bold")
            else:
                line += Content(" ") + Content.styled(str(number), "$learner") + Content.styled(f" {name} ", "$quiet")
        room = self.size.width - cell_len(line.plain) - cell_len(text) - 2
        if room > 0:
            line += Content(" " * room) + Content.styled("T", "$learner") + Content.styled(f" {text}", "$quiet")
        self.put([line])
