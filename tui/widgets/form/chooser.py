"""One of a few words, changed with the left and right arrows."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import RenderResult
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget


class Chooser(Widget, can_focus=True):
    """Shows the chosen word, between two arrows while it has the focus."""

    DEFAULT_CSS = """
    Chooser {
        height: 1; width: 1fr; color: $foreground; background: transparent;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    Chooser:focus { color: $learner; text-style: bold; background: $block-cursor-background; }
    """
    BINDINGS = [
        Binding("left", "turn(-1)", "lab.keys.before", id="chooser.before", show=False),
        Binding("right,space", "turn(1)", "lab.keys.after", id="chooser.after", show=False),
    ]

    value: reactive[str] = reactive("")

    class Changed(Message):
        """Another word was chosen."""

        def __init__(self, chooser: Chooser, value: str) -> None:
            super().__init__()
            self.chooser = chooser
            self.value = value

        @property
        def control(self) -> Chooser:
            return self.chooser

    def __init__(
        self,
        values: Sequence[str],
        value: str,
        *,
        labels: Sequence[str] | None = None,
        arrows: bool = False,
        id: str | None = None,
    ) -> None:
        """Offer `values`, shown as `labels` (the values themselves where there are none).

        Args:
            arrows: Show the arrows without the focus, too, where nobody would expect a choice.
        """
        super().__init__(id=id)
        self.arrows = arrows
        self.values = list(values)
        self.labels = list(labels or values)
        self.set_reactive(Chooser.value, value)

    def render(self) -> RenderResult:
        label = self.labels[self.values.index(self.value)] if self.value in self.values else self.value
        return Content(f"< {label} >" if self.has_focus or self.arrows else label)

    def action_turn(self, by: int) -> None:
        """Choose the next or the previous word."""
        at = self.values.index(self.value) if self.value in self.values else -1
        self.value = self.values[(at + by) % len(self.values)]
        self.post_message(self.Changed(self, self.value))

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.focus()
        self.action_turn(1)
