"""The palette: pages, questions, runs, actions and the course's text, found by a few letters."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input
from textual.worker import Worker, WorkerState, get_current_worker

from content.course.visible import visible
from content.search.corpus import MOST
from content.search.folding import stretches
from content.search.folding import words as looked_for
from content.search.misspelt import meant
from tui.finding import Entry, Found, Own, course_entries, rows, shown
from tui.screens.demos import demo_entries
from tui.screens.overlay import Overlay
from tui.strip import short_name
from tui.text.fitting import fit
from tui.text.marking import marked, marked_name
from tui.widgets.captioned import Captioned
from tui.widgets.found_rows import FoundRow, FoundRows
from tui.widgets.text_line import TextLine

if TYPE_CHECKING:
    from tui.owner import Owner

log = logging.getLogger("learncurve")

ACTIONS = ("watch", "language", "theme", "fit", "keys", "leave_app")
PLACES = ("statistics", "lab", "runs", "demos", "glossary", "zoo", "settings")
LABEL_CELLS = 18
"""For the number of a section and what a row is."""


class PaletteScreen(Overlay[list[str] | None]):
    """Returns the place that was chosen, ["action", NAME] for an action, None for nothing."""

    DEFAULT_CSS = """
    PaletteScreen { align: center top; }
    PaletteScreen > Captioned {
        width: 76; max-width: 96%; height: 80%; margin-top: 1;
        background: $surface; border: round $border; border-title-color: $learner; padding: 0 1;
        border-subtitle-color: $quiet;
    }
    PaletteScreen.-wide > Captioned, PaletteScreen.-roomy > Captioned { width: 110; }
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
        self._meant = ""
        self._chosen_early = False
        self._own = Own(())
        self._found: list[Found] = []

    @property
    def owner(self) -> Owner:
        """The app, which owns the course, what finds in it, and the runs."""
        return cast("Owner", self.app)

    def compose(self) -> ComposeResult:
        words = self.owner.words
        with Captioned() as frame:
            frame.border_title = words("palette.search" if self.in_text else "palette.title")
            yield TextLine(placeholder=words("palette.hint"))
            yield FoundRows()

    def on_mount(self) -> None:
        self._own = Own(self._gather())
        line = self.query_one(TextLine)
        line.focus()
        self.watch(line, "value", self._show, init=False)  # no message: a letter and its answer are painted in one
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
        self.wanted, self._meant = wanted, ""
        owner = self.owner
        loading = owner.finder.corpus is None
        if wanted.strip():
            self._found = self._fitting(wanted)
            if not self._found and not loading:
                self._meant = meant(wanted, self._names())
                self._found = self._fitting(self._meant) if self._meant else []
        else:
            self._found = [shown(entry) for entry in self._own.entries if entry.kind != "questions"]
        made = [FoundRow(2 if found.told else 1, partial(self._row, found)) for found in self._found]
        self.query_one(FoundRows).put(made, "" if loading else owner.words("palette.nothing"))
        self._tell(self._counted(loading=loading, wanted=wanted))

    def _fitting(self, wanted: str) -> list[Found]:
        owner = self.owner
        hits = owner.finder.find(wanted, owner.words.language)
        return rows(owner.course, self._own, hits, wanted, owner.words.language)

    def _names(self) -> Iterator[str]:
        """Yield the names that somebody may have misspelt: of terms, pages and what else can be opened."""
        for term in self.owner.course.terms.values():
            yield from (name for _, name in term.term.all())
        yield from (entry.name for entry in self._own.entries)

    def _counted(self, *, loading: bool, wanted: str) -> str:
        """Return how many were found, or that the course is still being read."""
        words = self.owner.words
        if loading:
            return words("palette.loading")
        if not wanted.strip() or not self._found:
            return ""
        if self._meant:
            return words("palette.meant", meant=self._meant)
        if self._found[0].wanted != tuple(looked_for(wanted)):
            return words("palette.loose")
        return words("palette.first" if len(self._found) >= MOST else "palette.found", n=len(self._found))

    def _tell(self, said: str) -> None:
        self.query_one(Captioned).say(said)

    def _row(self, found: Found, width: int) -> list[Content]:
        label = self.owner.words(f"palette.{found.kind}")
        label = fit(f"{found.where} {label}" if found.where else label, LABEL_CELLS)
        room = width - cell_len(label) - 2
        name = marked_name(found.name, found.wanted, room)
        line = name + Content.styled(" " * (room - name.cell_length + 2) + label, "$quiet")
        if not found.told:
            return [line]
        told = fit(found.told, width - 2)
        return [line, Content("  ") + marked(told, stretches(told, found.wanted), "$quiet")]

    @on(Input.Submitted)
    def submitted(self) -> None:
        """Choose what is marked; where the course is still being read, what will be found first."""
        at = self.query_one(FoundRows).marked
        if at is not None:
            self.dismiss(list(self._found[at].place))
        self._chosen_early = self.owner.finder.corpus is None

    @on(FoundRows.Chosen)
    def clicked(self, event: FoundRows.Chosen) -> None:
        self.dismiss(list(self._found[event.at].place))

    def action_move(self, by: int) -> None:
        """Move the mark while the text field keeps the focus."""
        listed = self.query_one(FoundRows)
        if listed.marked is not None:
            listed.marked = max(0, min(len(self._found) - 1, listed.marked + by))

    def action_close(self) -> None:
        """Choose nothing."""
        self.dismiss(None)
