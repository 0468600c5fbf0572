"""One line about the living run, above the footer of every screen."""

from __future__ import annotations

import msgspec
from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.text.fitting import fit

BETWEEN = "  "
"""Stands between two parts of the words; the last ones give way where room is short."""


class StripLine(msgspec.Struct, frozen=True):
    """What the strip says; `curve` is drawn in the model's blue."""

    name: str
    curve: str
    words: str
    hint: str
    """The way to the run, such as "ctrl+t Watch"."""
    tone: str = ""
    """"", "good" or "bad": how a run ended."""


class RunStrip(Widget):
    """Shows a run while it lives and how it ended; takes no room where there is none."""

    DEFAULT_CSS = """
    RunStrip { height: 2; width: 1fr; background: $background; display: none; }
    RunStrip.-shown { display: block; }
    RunStrip > .run-strip--rule { color: $line; }
    RunStrip > .run-strip--name { color: $model; text-style: bold; }
    RunStrip > .run-strip--curve { color: $model; }
    RunStrip > .run-strip--words { color: $foreground; }
    RunStrip > .run-strip--hint { color: $quiet; }
    RunStrip > .run-strip--good { color: $success; }
    RunStrip > .run-strip--bad { color: $error; }
    """
    COMPONENT_CLASSES = {
        "run-strip--rule",
        "run-strip--name",
        "run-strip--curve",
        "run-strip--words",
        "run-strip--hint",
        "run-strip--good",
        "run-strip--bad",
    }

    line: reactive[StripLine | None] = reactive(None)
    rule: reactive[str] = reactive("─")

    class Chosen(Message):
        """The strip was clicked: the learner wants to watch the run."""

    def watch_line(self, line: StripLine | None) -> None:
        self.set_class(line is not None, "-shown")

    def render(self) -> RenderResult:
        line = self.line
        if line is None:
            return Content("")
        width = self.size.width
        styled = {name: self.get_visual_style(f"run-strip--{name}") for name in ("name", "curve", "hint")}
        tone = self.get_visual_style(f"run-strip--{line.tone or 'words'}")
        left = Content(" ") + Content.styled(line.name, styled["name"]) + Content("  ")
        used = 3 + cell_len(line.name)
        if line.curve and width >= 70:
            left += Content.styled(line.curve, styled["curve"]) + Content("  ")
            used += cell_len(line.curve) + 2
        words = shortened(line.words, max(0, width - used - cell_len(line.hint) - 3))
        gap = " " * max(1, width - used - cell_len(words) - cell_len(line.hint) - 1)
        left += Content.styled(words, tone) + Content(gap) + Content.styled(line.hint, styled["hint"])
        return Content.styled(self.rule * width, self.get_visual_style("run-strip--rule")) + Content("\n") + left

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Chosen())


def shortened(words: str, room: int) -> str:
    """Return as many of the parts as have room; of a first one that has none its beginning."""
    while cell_len(words) > room and BETWEEN in words:
        words = words.rpartition(BETWEEN)[0]
    return fit(words, room)
