"""The palette: pages, questions, runs, actions and the course's text, found by a few letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from content.course.visible import visible
from tui.finding import Entry, Hit, course_entries, hits
from tui.screens.demos import demo_entries
from tui.screens.overlay import Overlay
from tui.strip import short_name
from tui.text.fitting import fit
from tui.widgets.rows import Rows
from tui.widgets.text_line import TextLine

if TYPE_CHECKING:
    from tui.app import LearncurveApp

ACTIONS = ("watch", "language", "theme", "keys", "leave_app")
PLACES = ("statistics", "lab", "runs", "demos", "glossary", "zoo", "settings")
KIND_CELLS = 12


class PaletteScreen(Overlay[list[str] | None]):
    """Returns the place that was chosen, ["action", NAME] for an action, None for nothing."""

    DEFAULT_CSS = """
    PaletteScreen { align: center top; background: $background 60%; }
    PaletteScreen > Vertical {
        width: 76; max-width: 96%; height: 80%; margin-top: 1;
        background: $surface; border: round $border; border-title-color: $learner; padding: 0 1;
    }
    PaletteScreen Input { border: none; height: 1; margin-bottom: 1; background: $panel; }
    PaletteScreen OptionList { height: 1fr; border: none; background: $surface; padding: 0; }
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
        self._entries: list[Entry] = []
        self._hits: list[Hit] = []

    @property
    def owner(self) -> LearncurveApp:
        """The app, which owns the course and the runs."""
        return cast("LearncurveApp", self.app)

    def compose(self) -> ComposeResult:
        words = self.owner.words
        with Vertical() as frame:
            frame.border_title = words("palette.search" if self.in_text else "palette.title")
            yield TextLine(placeholder=words("palette.hint"))
            yield Rows()

    def on_mount(self) -> None:
        self._entries = list(self._gather())
        self.query_one(Rows).can_focus = False
        self.query_one(Input).focus()
        self._show("")

    def _gather(self) -> list[Entry]:
        words, owner = self.owner.words, self.owner
        entries = [Entry((place,), "action", words(f"home.{place}")) for place in PLACES]
        entries += demo_entries(words)
        keys = {"leave_app": "quit", "keys": "help"}
        entries += [
            Entry(("action", f"app.{name}"), "action", words(f"keys.{keys.get(name, name)}")) for name in ACTIONS
        ]
        runs = [Entry(("run", folder.id), "run", visible(short_name(folder.id))) for folder in owner.runs.all()[:50]]
        course = list(course_entries(owner.course, words.language))
        return (
            course + runs
            if self.in_text
            else [
                *course[: 2 * len(owner.course.sections)],
                *entries,
                *runs,
                *course[2 * len(owner.course.sections) :],
            ]
        )

    def _show(self, wanted: str) -> None:
        rows = self.query_one(Rows)
        shown = (
            self._entries
            if wanted.strip()
            else [entry for entry in self._entries if entry.kind not in ("text", "question", "term")]
        )
        self._hits = hits(shown, wanted)
        rows.clear_options()
        width = max(30, min(76, self.app.size.width) - 8)
        rows.add_options([Option(self._row(hit, width)) for hit in self._hits])
        if not self._hits:
            rows.add_option(Option(Content.styled(self.owner.words("palette.nothing"), "$quiet"), disabled=True))
        if self._hits:
            rows.highlighted = 0

    def _row(self, hit: Hit, width: int) -> Content:
        kind = fit(self.owner.words(f"palette.{hit.entry.kind}"), KIND_CELLS)
        name = Content(fit(hit.entry.name, width - KIND_CELLS - 1))
        line = name + Content.styled(f"  {kind}", "$quiet")
        if hit.snippet:
            line += Content.styled("\n  " + fit(hit.snippet, width - 2), "$quiet")
        return line

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        self._show(event.value)

    @on(Input.Submitted)
    def submitted(self) -> None:
        at = self.query_one(Rows).highlighted
        if at is not None and at < len(self._hits):
            self.dismiss(list(self._hits[at].entry.place))

    @on(OptionList.OptionSelected)
    def clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(list(self._hits[event.option_index].entry.place))

    def action_move(self, by: int) -> None:
        """Move the mark while the text field keeps the focus."""
        rows = self.query_one(Rows)
        if self._hits:
            rows.highlighted = max(0, min(len(self._hits) - 1, (rows.highlighted or 0) + by))

    def action_close(self) -> None:
        """Choose nothing."""
        self.dismiss(None)
