"""All runs: state, curve in one line, final figures; open, stop, resume, delete, compare those that are marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rich.cells import cell_len
from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from content.course.visible import visible
from engine.errors import RunError
from engine.reading.follow import Follower
from engine.runs import control
from engine.runs.folder import RunFolder
from engine.runs.launch import resume
from engine.runs.state import ALIVE
from tui.screens.base import LearnScreen
from tui.screens.confirm import ConfirmScreen
from tui.sides import MOST
from tui.strip import curve, number, short_name
from tui.text.fitting import fit, padded
from tui.widgets.rows import Rows

CURVE_CELLS = 16
FIGURES = ("train", "valid", "test")
FIGURE_CELLS = 7
ROOMY = 90
"""From so many cells on, no state is cut."""
LOAD_SECONDS = 0.02
"""How long the list reads old runs at a time; the rest comes with the next tick."""


class RunsScreen(LearnScreen[None]):
    """A row a run, newest first; rows fill in as their folders are read."""

    BINDINGS = [
        Binding("s", "stop", "runs.keys.stop", id="runs.stop"),
        Binding("r", "resume", "runs.keys.resume", id="runs.resume"),
        Binding("o", "overlay", "runs.keys.overlay", id="runs.overlay"),
        Binding("m", "mark", "runs.keys.mark", id="runs.mark"),
        Binding("d,delete", "delete", "runs.keys.delete", id="runs.delete"),
        Binding("t,n", "lab", "runs.keys.lab", id="runs.lab"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._folders: list[RunFolder] = []
        self._broken: dict[str, str] = {}
        self._unread: list[RunFolder] = []
        self.marked: list[str] = []

    def place(self) -> list[str] | None:
        return ["runs"]

    def body(self) -> Iterable[Widget]:
        yield Static(id="runs-head", markup=False)
        yield Rows(id="runs-rows")
        yield Static(id="runs-empty", markup=False)

    def on_mount(self) -> None:
        self.set_interval(0.1, self._read_some)

    def on_screen_resume(self) -> None:
        if self.is_mounted and self.query("#runs-rows"):
            self.fill()

    def fill(self) -> None:
        self._folders = self.owner.runs.all()
        self._unread = list(self._folders)
        self.titled(self.words("runs.title"), self.words("runs.count", n=len(self._folders)), model=True)
        self.query_one("#runs-head", Static).update(self._head())
        rows = self.query_one("#runs-rows", Rows)
        at = rows.highlighted or 0
        rows.clear_options()
        rows.add_options([Option(self._row(folder), id=folder.id) for folder in self._folders])
        empty = self.query_one("#runs-empty", Static)
        empty.update(self.words("runs.empty"))
        empty.display = not self._folders
        rows.display = bool(self._folders)
        if self._folders:
            rows.highlighted = min(at, len(self._folders) - 1)
            rows.focus()

    def runs_changed(self, ids: set[str]) -> None:
        """Show what living runs have done; a run from elsewhere gets its row."""
        if any(run_id not in {folder.id for folder in self._folders} for run_id in ids):
            self.fill()
            return
        for folder in self._folders:
            if folder.id in ids:
                self._replace(folder)

    def _read_some(self) -> None:
        """Read one run that has not been read yet, in a slice that no key waits for."""
        if not self._unread or not self.whole or self.app.screen is not self:
            return
        folder = self._unread[0]
        try:
            more = self.owner.followed.follow(folder).poll(LOAD_SECONDS)
        except RunError as problem:
            self._broken[folder.id] = self.words.error(problem)
            more = False
        if not more:
            self._unread.pop(0)
        self._replace(folder)

    def _replace(self, folder: RunFolder) -> None:
        rows = self.query_one("#runs-rows", Rows)
        if folder in self._folders:
            rows.replace_option_prompt(folder.id, self._row(folder))

    def _follower(self, folder: RunFolder) -> Follower | None:
        try:
            return self.owner.followed.follow(folder)
        except RunError as problem:
            self._broken[folder.id] = self.words.error(problem)
            return None

    def _columns(self) -> tuple[int, int]:
        """Return the cells of the name and of the state."""
        state = 17 if self.size.width >= ROOMY else 12
        figures = sum(1 + cells for cells in self._figure_columns())
        return max(14, min(40, self.size.width - state - 26 - figures)), state

    def _figure_columns(self) -> list[int]:
        """Return the cells of each figure, as many as its heading needs."""
        return [max(FIGURE_CELLS, cell_len(self.words(f"runs.{figure}"))) for figure in FIGURES]

    def _head(self) -> Content:
        name, state = self._columns()
        said = [
            padded(self.words("runs.name"), name),
            padded(self.words("runs.state"), state),
            padded(self.words("runs.curve"), CURVE_CELLS),
            *self._rights(self.words(f"runs.{figure}") for figure in FIGURES),
        ]
        return Content.styled("   " + " ".join(said), "$quiet")

    def _row(self, folder: RunFolder) -> Content:
        name_cells, state_cells = self._columns()
        follower = self._follower(folder)
        if follower is None:
            said = visible(self._broken.get(folder.id, ""))
            named = f"{self._mark(folder)}{padded(short_name(folder.id), name_cells)} "
            return Content.styled(named, "$error") + Content(said)
        progress = follower.progress
        state = follower.state(self.owner.followed.clock())
        last = progress.evaluations[-1] if progress.evaluations else None
        tone = {"running": "$model", "failed": "$error", "crashed": "$error", "finished": "$success"}.get(
            state, "$quiet"
        )
        title = visible(follower.recipe.title or follower.recipe.preset)
        name = short_name(folder.id) + (f" {title}" if title else "")
        figures = (
            number(last.train_loss if last else None),
            number(last.val_accuracy if last else None),
            number(progress.tested.accuracy if progress.tested else None),
        )
        return (
            Content.styled(self._mark(folder), "$learner")
            + Content(padded(name, name_cells) + " ")
            + Content.styled(padded(self.words(f"states.{state}"), state_cells), tone)
            + Content(" ")
            + Content.styled(padded(curve(follower, CURVE_CELLS, self.glyphs), CURVE_CELLS), "$model")
            + Content(" " + " ".join(self._rights(figures)))
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done with the highlighted run."""
        if action == "overlay":
            return len(self.marked) > 1
        if action not in ("stop", "resume", "delete", "mark"):
            return True
        folder = self.chosen() if self.query("#runs-rows") else None
        if folder is None or folder.id in self._broken:
            return action == "delete" and folder is not None
        state = self.owner.followed.follow(folder).state(self.owner.followed.clock())
        match action:
            case "mark":
                return len(self._folders) > 1
            case "stop":
                return state in ALIVE
            case "resume":
                return state in ("paused", "stopped", "failed", "crashed")
        return state not in ALIVE

    @on(OptionList.OptionHighlighted)
    def row_highlighted(self) -> None:
        self.refresh_bindings()

    def _mark(self, folder: RunFolder) -> str:
        return self.glyphs.mark if folder.id in self.marked else " "

    def _rights(self, texts: Iterable[str]) -> list[str]:
        """Return figures, or their headings, each at the right of its column."""
        found = []
        for text, cells in zip(texts, self._figure_columns(), strict=True):
            text = fit(text, cells)
            found.append(" " * (cells - cell_len(text)) + text)
        return found

    def chosen(self) -> RunFolder | None:
        """Return the run of the highlighted row."""
        at = self.query_one("#runs-rows", Rows).highlighted
        return self._folders[at] if at is not None and at < len(self._folders) else None

    @on(OptionList.OptionSelected)
    def row_chosen(self, event: OptionList.OptionSelected) -> None:
        self.action_open()

    def action_open(self) -> None:
        """Watch the run."""
        if folder := self.chosen():
            self.owner.open(["run", folder.id])

    def action_lab(self) -> None:
        """Begin a new run."""
        self.owner.open(["lab"])

    def action_mark(self) -> None:
        """Mark the run, to be seen beside others, or take the mark away."""
        folder = self.chosen()
        if folder is None:
            return
        if folder.id in self.marked:
            self.marked.remove(folder.id)
        elif len(self.marked) < MOST:
            self.marked.append(folder.id)
        else:
            self.notify(self.words("runs.most-marked", n=MOST), markup=False)
        self._replace(folder)
        self.query_one("#runs-rows", Rows).action_cursor_down()
        self.refresh_bindings()

    def action_overlay(self) -> None:
        """Overlay the curves of the marked runs."""
        self.owner.open(["beside", *sorted(self.marked)])

    def action_stop(self) -> None:
        """Stop a living run, once asked again."""
        folder = self.chosen()
        if folder is None or self.owner.followed.follow(folder).state(self.owner.followed.clock()) not in ALIVE:
            return
        question = self.words("runs.ask-stop", run=short_name(folder.id))

        def answered(yes: bool | None) -> None:
            if yes:
                self._try(lambda: control.stop(folder))

        self.app.push_screen(ConfirmScreen(question, self.words("runs.yes-stop"), self.words("runs.no")), answered)

    def action_resume(self) -> None:
        """Let a paused run go on, or start a stopped, failed or crashed one again from its checkpoint."""
        folder = self.chosen()
        if folder is None:
            return
        state = self.owner.followed.follow(folder).state(self.owner.followed.clock())
        if state in ALIVE:
            self._try(lambda: control.go_on(folder))
        elif state == "finished":
            self.notify(self.words("runs.finished"), markup=False)
        else:
            self._try(lambda: resume(folder))

    def action_delete(self) -> None:
        """Delete a run's folder, once asked again."""
        folder = self.chosen()
        if folder is None:
            return
        question = self.words("runs.ask-delete", run=short_name(folder.id))

        def answered(yes: bool | None) -> None:
            if yes:
                self._try(lambda: self._delete(folder))

        self.app.push_screen(ConfirmScreen(question, self.words("runs.yes-delete"), self.words("runs.no")), answered)

    def _delete(self, folder: RunFolder) -> None:
        self.owner.runs.delete(folder)
        self.owner.followed.forget(folder.id)
        if folder.id in self.marked:
            self.marked.remove(folder.id)
        self.fill()

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except RunError as problem:
            self.notify(self.words.error(problem), severity="error", markup=False)
