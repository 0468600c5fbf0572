"""What every panel of a run is: a picture of a moment, and the same as text."""

from __future__ import annotations

from textual.widget import Widget

from tui.glyphs import Glyphs
from tui.widgets.run.moment import Moment
from tui.words import Words


class Panel(Widget):
    """A panel keeps its state while another one is seen, and does no work then.

    Subclasses give `refill` (show the moment) and `text` (say it).
    """

    DEFAULT_CSS = """
    Panel { width: 1fr; height: 1fr; }
    """

    def __init__(self, words: Words, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.words = words
        self.glyphs = glyphs
        self.moment: Moment | None = None
        self.number = 0
        """The digit that shows this panel."""

    def show(self, moment: Moment) -> None:
        """Show the run as it is now."""
        self.moment = moment
        self.refill(moment)

    def speak(self, words: Words, glyphs: Glyphs) -> None:
        """Show everything in other words or with other signs."""
        self.words = words
        self.glyphs = glyphs
        if self.moment is not None:
            self.refill(self.moment)

    def refill(self, moment: Moment) -> None:
        """Put the moment into the panel's widgets."""
        raise NotImplementedError

    def text(self, moment: Moment) -> str:
        """Return the panel as plain rows."""
        raise NotImplementedError

    def turn(self) -> None:
        """Show the panel's other side, where it has one: its key was pressed again."""

    def hand(self) -> Widget | None:
        """Return the widget that takes the keys while this panel is seen; None for none."""
        return None
