"""The line above a panel: what is shown, when it was so, and the keys that lead to more."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content

from engine.events import Evaluated
from tui.widgets.run.lines import Lines
from tui.widgets.run.moment import Moment
from tui.words import Words

Hint = tuple[str, str]
"""A key and what it does."""


class Heading(Lines):
    """One line: a quiet title, then keys in the learner's colour; the last ones give way where room is short."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text = ""
        self._hints: tuple[Hint, ...] = ()

    def show(self, text: str, hints: Sequence[Hint] = ()) -> None:
        """Show a title and keys."""
        self._text, self._hints = text, tuple(hints)
        self.put([heading(text, self._hints, self.size.width)])

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self.put([heading(self._text, self._hints, self.size.width)])


def heading(text: str, hints: Sequence[Hint], width: int) -> Content:
    """Return a title and its keys; of the last ones first the words are left out, then the keys."""
    shown = list(hints)
    while width and shown and _cells(text, shown) > width:
        key, does = shown.pop()
        if does:
            shown.append((key, ""))
    line = Content.styled(text, "$quiet")
    for key, does in shown:
        line += Content.styled(f"   {key}", "$learner bold") + Content.styled(f" {does}".rstrip(), "$quiet")
    return line


def _cells(text: str, hints: Sequence[Hint]) -> int:
    return cell_len(text) + sum(3 + cell_len(f"{key} {does}".rstrip()) for key, does in hints)


def when(said: Evaluated, moment: Moment, words: Words) -> str:
    """Return when an evaluation was made, such as "after epoch 3" or "after update 750"."""
    if said.update == 0:
        return words("bert.before")
    planned = moment.progress.planned
    if planned is not None and planned.period == "check":
        return words("bert.after-update", update=f"{said.update:,}")
    return words("bert.after-epoch", epoch=f"{said.epoch:,}")


def other_times(moment: Moment) -> str:
    """Return the key of the words for other evaluations: other epochs, or other checks."""
    planned = moment.progress.planned
    return "bert.checks-hint" if planned is not None and planned.period == "check" else "run.epochs-hint"
