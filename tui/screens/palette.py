"""The palette: pages, questions, runs, actions and the course's text, found by a few letters."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option
from textual.worker import Worker, WorkerState, get_current_worker

from content.course.visible import visible
from content.search.corpus import MOST
from content.search.folding import stretches
from content.search.folding import words as looked_for
from tui.finding import Entry, Found, Own, course_entries, rows, shown
from tui.screens.demos import demo_entries
from tui.screens.overlay import Overlay
from tui.strip import short_name
from tui.text.fitting import fit
from tui.text.marking import marked, marked_name
from tui.widgets.rows import Rows
from tui.widgets.text_line import TextLine

if TYPE_CHECKING:
    from tui.app import LearncurveApp

log = logging.getLogger("learncurve")

ACTIONS = ("watch", "language", "theme", "fit", "keys", "leave_app")
PLACES = ("statistics", "lab", "runs", "demos", "glossary", "zoo", "settings")
NARROW, WIDEST = 76, 110
"""Cells of the window, and where the screen is wider than `WIDE_SCREEN`."""

WIDE_SCREEN = 116
FRAME_CELLS = 5
"""Of those, what is frame, white space and scroll bar."""

LABEL_CELLS = 18
"""For the number of a section and what a row is."""


class PaletteScreen(Overlay[list[str] | None]):
    """Returns the place that was chosen, ["action", NAME] for an action, None for nothing."""

    DEFAULT_CSS = """
    PaletteScreen { align: center top; background: $background 60%; }
    PaletteScreen > Vertical {
        width: 76; max-width: 96%; height: 80%; margin-top: 1;
        background: $surface; border: round $border; border-title-color: $learner; padding: 0 1;
        border-subtitle-color: $quiet;
    }
    PaletteScreen.-wide > Vertical, PaletteScreen.-roomy > Vertical { width: 110; }
    PaletteScreen Input { border: none; height: 1; margin-bottom: 1; background: $panel; }
    """
    BINDINGS = [
        Binding("escape", "close", "keys.back", id="palette.back"),
        Binding("down", "move(1)", "keys.down", show=False),
        Binding("up", "move(-1)", "keys.up", show=False),
        Binding("pagedown", "move(10)", "keys.down", show=False),
        Binding("pageup", "move(-10)", "keys.up", show=False),
    ]

    def __init__(self, start: str = "") -> None:
        super().__init__()
        self.in_text = start == "/"
        self.wanted = ""
        self._chosen_early = False
        self._own = Own(())
        self._found: list[Found] = []

    @property
    def owner(self) -> LearncurveApp:
        """The app, which owns the course, what finds in it, and the runs."""
        return cast("LearncurveApp", self.app)

    def compose(self) -> ComposeResult:
        words = self.owner.words
        with Vertical() as frame:
            frame.border_title = words("palette.search" if self.in_text else "palette.title")
            yield TextLine(placeholder=words("palette.hint"))
            yield Rows()

    def on_mount(self) -> None:
        self._own = Own(self._gather())
        self.query_one(Rows).can_focus = False
        self.query_one(Input).focus()
        if self.owner.finder.corpus is None:
            self.run_worker(self._load, thread=True, group="finder", exit_on_error=False)
        self._show("")

    def _load(self) -> None:
        worker = get_current_worker()
        self.owner.finder.load(lambda: worker.is_cancelled)

    @on(Worker.StateChanged)
    def loaded(self, event: Worker.StateChanged) -> None:
        """The course is ready to be searched: what was typed meanwhile is looked for in all of it."""
        event.stop()
        if event.state == WorkerState.ERROR:
            log.error("the course cannot be searched", exc_info=event.worker.error)
            self._tell(self.owner.words("palette.failed"))
        elif event.state == WorkerState.SUCCESS and self.is_mounted:
            self._show(self.wanted)
            if self._chosen_early and self._found:
                self.dismiss(list(self._found[0].place))

    def _gather(self) -> list[Entry]:
        words, owner = self.owner.words, self.owner
        places = [*PLACES, *(["courses"] if len(owner.courses()) > 1 else [])]
        entries = [Entry(("review",), "action", words("review.palette"))]
        entries += [Entry((place,), "action", words(f"home.{place}")) for place in places]
        entries += demo_entries(words)
        keys = {"leave_app": "quit", "keys": "help"}
        entries += [
            Entry(("action", f"app.{name}"), "action", words(f"keys.{keys.get(name, name)}")) for name in ACTIONS
        ]
        runs = [Entry(("run", folder.id), "run", visible(short_name(folder.id))) for folder in owner.runs.all()[:50]]
        course = list(course_entries(owner.course, words.language))
        return [*course, *runs] if self.in_text else [*course, *entries, *runs]

    def _show(self, wanted: str) -> None:
        if wanted != self.wanted:
            self._chosen_early = False
        self.wanted = wanted
        owner = self.owner
        if wanted.strip():
            hits = owner.finder.find(wanted, owner.words.language)
            self._found = rows(owner.course, self._own, hits, wanted, owner.words.language)
        else:
            self._found = [shown(entry) for entry in self._own.entries if entry.kind != "questions"]
        listed = self.query_one(Rows)
        listed.clear_options()
        width = self._row_cells()
        listed.add_options([Option(self._row(found, width)) for found in self._found])
        loading = owner.finder.corpus is None
        if self._found:
            listed.highlighted = 0
        elif not loading:
            listed.add_option(Option(Content.styled(owner.words("palette.nothing"), "$quiet"), disabled=True))
        self._tell(self._counted(loading=loading, wanted=wanted))

    def _row_cells(self) -> int:
        """Return how wide a row is."""
        size = self.app.size.width
        frame = WIDEST if size >= WIDE_SCREEN else NARROW
        return max(30, min(frame, int(size * 0.96)) - FRAME_CELLS)

    def _counted(self, *, loading: bool, wanted: str) -> str:
        """Return how many were found, or that the course is still being read."""
        words = self.owner.words
        if loading:
            return words("palette.loading")
        if not wanted.strip() or not self._found:
            return ""
        if self._found[0].wanted != tuple(looked_for(wanted)):
            return words("palette.loose")
        return words("palette.first" if len(self._found) >= MOST else "palette.found", n=len(self._found))

    def _tell(self, said: str) -> None:
        self.query_one(Vertical).border_subtitle = said

    def _row(self, found: Found, width: int) -> Content:
        label = self.owner.words(f"palette.{found.kind}")
        label = fit(f"{found.where} {label}" if found.where else label, LABEL_CELLS)
        room = width - cell_len(label) - 2
        name = marked_name(found.name, found.wanted, room)
        line = name + Content.styled(" " * (room - name.cell_length + 2) + label, "$quiet")
        if found.told:
            told = fit(found.told, width - 2)
            line += Content("\n  ") + marked(told, stretches(told, found.wanted), "$quiet")
        return line

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        self._show(event.value)

    @on(Input.Submitted)
    def submitted(self) -> None:
        """Choose what is marked; where the course is still being read, what will be found first."""
        at = self.query_one(Rows).highlighted
        if at is not None and at < len(self._found):
            self.dismiss(list(self._found[at].place))
        self._chosen_early = self.owner.finder.corpus is None

    @on(OptionList.OptionSelected)
    def clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(list(self._found[event.option_index].place))

    def action_move(self, by: int) -> None:
        """Move the mark while the text field keeps the focus."""
        listed = self.query_one(Rows)
        if self._found:
            listed.highlighted = max(0, min(len(self._found) - 1, (listed.highlighted or 0) + by))

    def action_close(self) -> None:
        """Choose nothing."""
        self.dismiss(None)
