"""The code that runs, and the recipe that it was given."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget

import engine
from content.course.visible import visible
from tui.glyphs import Glyphs
from tui.widgets.chart.description import aligned
from tui.widgets.code_view import CodeView
from tui.widgets.run import recipe_table
from tui.widgets.run.heading import Heading, Hint
from tui.widgets.run.moment import Moment
from tui.widgets.run.panel import Panel
from tui.widgets.run.scroll import Scroll
from tui.words import Words

BOTH = 110
"""From so many columns on, code and recipe stand side by side."""

SOURCES = Path(engine.__file__).resolve().parent


class RunCode(CodeView, inherit_bindings=False):
    """The code with the keys of a run's screen."""

    DEFAULT_CSS = """
    RunCode { scrollbar-size-horizontal: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "scroll_down", "run.keys.scroll", id="run.scroll", show=False),
        Binding("k,up", "scroll_up", "run.keys.scroll", id="run.scroll", show=False),
        Binding("pagedown", "page_down", "run.keys.scroll", id="run.scroll", show=False),
        Binding("pageup", "page_up", "run.keys.scroll", id="run.scroll", show=False),
        Binding("home", "scroll_home", "run.keys.scroll", id="run.scroll", show=False),
        Binding("end", "scroll_end", "run.keys.scroll", id="run.scroll", show=False),
        Binding("left", "scroll_left", "run.keys.scroll", id="run.scroll", show=False),
        Binding("right", "scroll_right", "run.keys.scroll", id="run.scroll", show=False),
    ]


class CodePanel(Panel):
    """Code and recipe side by side; where there is no room, the panel's key again shows the other one."""

    DEFAULT_CSS = """
    CodePanel { layout: horizontal; }
    CodePanel > Vertical { width: 1fr; height: 1fr; padding: 0 0 0 1; }
    CodePanel > Scroll { width: 1fr; height: 1fr; }
    CodePanel.-both > Scroll { width: 44; margin: 0 0 0 2; }
    """

    def __init__(self, words: Words, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(words, glyphs, id=id)
        self.code = RunCode()
        self.recipe = Scroll()
        self._head = Heading()
        self._recipe_first = False
        self._shown: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical():
            yield self._head
            yield self.code
        yield self.recipe

    def hand(self) -> Widget | None:
        return self.recipe if self._recipe_first and not self.has_class("-both") else self.code

    def turn(self) -> None:
        self._recipe_first = not self._recipe_first
        self._arrange()

    def speak(self, words: Words, glyphs: Glyphs) -> None:
        self._shown = ()
        super().speak(words, glyphs)

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width >= BOTH, "-both")
        self._arrange()

    def refill(self, moment: Moment) -> None:
        shown = (moment.progress.planned, self.has_class("-both"))
        if shown != self._shown:
            self._shown = shown
            self.code.source = source(moment) or ""
            self.recipe.put_lines(recipe_table.lines(moment, self.words, self.glyphs))
        self._head.show(self._heading(moment), self._hints())

    def text(self, moment: Moment) -> str:
        heads = tuple(self.words(f"run.table-{name}") for name in ("knob", "value", "default"))
        knobs = aligned([heads, *recipe_table.rows(moment.recipe)])
        return f"{knobs}\n\n{self._heading(moment)}\n\n{visible(source(moment) or '')}"

    def _hints(self) -> list[Hint]:
        """Return the keys that lead to more: the recipe, and what is cut off at the edge."""
        found = [] if self.has_class("-both") else [(str(self.number), self.words("run.recipe-hint"))]
        if self.code.cut:
            found.append(("left right" if self.glyphs.ascii else "← →", self.words("run.long-lines-hint")))
        return found

    def _heading(self, moment: Moment) -> str:
        planned = moment.progress.planned
        if planned is None:
            return self.words("run.code-wait")
        name = f"engine/{visible(planned.source)}"
        return self.words("run.code-gone" if source(moment) is None else "run.code-title", file=name)

    def _arrange(self) -> None:
        both = self.has_class("-both")
        self.query_one(Vertical).display = both or not self._recipe_first
        self.recipe.display = both or self._recipe_first
        if self.moment is not None:
            self.refill(self.moment)
            self.call_after_refresh(self.refill, self.moment)  # by then the code knows how wide it is


def source(moment: Moment) -> str | None:
    """Return the code of a run as it is installed here; None where it is not known, or is not there.

    The run's folder may come from elsewhere: what it names is only read inside of our own package.
    """
    planned = moment.progress.planned
    if planned is None:
        return None
    path = (SOURCES / planned.source).resolve()
    if not path.is_relative_to(SOURCES) or path.suffix != ".py":
        return None
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
