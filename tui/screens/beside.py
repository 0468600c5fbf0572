"""Runs side by side: one chart overlays them, live; below it a table and a sentence compare them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget

from engine.errors import RunError
from engine.reading.follow import Follower
from engine.runs import control
from tui.screens.base import LearnScreen
from tui.screens.confirm import ConfirmScreen
from tui.sides import MOST, Side, measured, names, told
from tui.widgets.beside.overlay import FIGURES, Figure, overlaid, planned
from tui.widgets.beside.table import rows
from tui.widgets.chart import Chart
from tui.widgets.run.curves import WEIGHTS, RunChart
from tui.widgets.run.lines import Lines
from tui.widgets.run.scroll import Scroll
from tui.widgets.run.told import wrapped

WIDE = 116
"""From so many columns on, a second chart stands beside the first."""

SAID_LINES = 3


class BesideScreen(LearnScreen[None]):
    """An overlay of runs; leaving it stops none of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "figure", "beside.keys.figure", id="beside.figure"),
        *(
            Binding(str(number), f"watch({number})", "beside.keys.watch", id="beside.watch", key_display=f"1-{number}")
            for number in range(MOST, 0, -1)  # the first one that acts now is shown
        ),
        Binding("s", "stop", "beside.keys.stop", id="beside.stop"),
        Binding("o", "smooth", "run.keys.smooth", id="beside.smooth", show=False),
        Binding("l", "log", "run.keys.log", id="beside.log", show=False),
        Binding("T", "as_text", "beside.keys.text", id="beside.text", show=False),
    ]

    def __init__(self, run_ids: Sequence[str]) -> None:
        super().__init__()
        self.run_ids = list(run_ids[:MOST])
        self.figure: Figure | None = None
        self.weight = WEIGHTS[0]
        self.as_text = False
        self._followers: list[Follower] = []
        self._names: list[str] = []
        self._broken = ""

    @property
    def shown_runs(self) -> tuple[str, ...]:
        """The ids of the runs that are shown."""
        return tuple(self.run_ids)

    def place(self) -> list[str] | None:
        return ["beside", *self.run_ids]

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="beside-charts"):
            yield RunChart(id="beside-chart")
            yield RunChart(id="beside-second")
            yield Scroll(id="beside-text")
        yield Lines(id="beside-rows")
        yield Lines(id="beside-said")

    def fill(self) -> None:
        if not self._followers:
            self._begin()
        self.query_one("#beside-second").can_focus = False
        self._look()
        self.query_one("#beside-text" if self.as_text else "#beside-chart").focus(scroll_visible=False)

    def on_resize(self) -> None:
        self._look()

    def on_screen_resume(self) -> None:
        self._look()

    def runs_changed(self, ids: set[str]) -> None:
        """Show what the runs have done."""
        if ids & set(self.run_ids):
            self._look()

    @on(Chart.CursorMoved, "#beside-chart")
    def cursor_moved(self, event: Chart.CursorMoved) -> None:
        """Read both charts at the same update."""
        self.query_one("#beside-second", RunChart).cursor = event.x

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done."""
        if action == "watch":
            return isinstance(parameters[0], int) and parameters[0] <= len(self._followers)
        if action == "stop":
            return any(side.alive for side in self.sides())
        return True

    def sides(self) -> list[Side]:
        """Return the runs as they stand now."""
        watch = self.owner.followed
        return [
            Side(
                run_id=follower.folder.id,
                name=name,
                recipe=follower.recipe,
                progress=follower.progress,
                state=watch.state(follower.folder.id) or follower.state(watch.clock()),
            )
            for follower, name in zip(self._followers, self._names, strict=True)
        ]

    def action_figure(self) -> None:
        """Show the next figure."""
        self.figure = FIGURES[(FIGURES.index(self.shown_figure) + 1) % len(FIGURES)]
        self.query_one("#beside-chart", RunChart).logarithmic = False
        self._look()

    def action_smooth(self) -> None:
        """Smooth the training curves more, or not at all."""
        self.weight = WEIGHTS[(WEIGHTS.index(self.weight) + 1) % len(WEIGHTS)]
        self._look()

    def action_log(self) -> None:
        """Switch between linear and logarithmic; an accuracy has no use for it."""
        for chart in self.query(RunChart):
            if chart.bounds is None:
                chart.action_toggle_log()

    def action_as_text(self) -> None:
        """Show the curves as text, or as a picture again."""
        self.as_text = not self.as_text
        self._look()
        self.query_one("#beside-text" if self.as_text else "#beside-chart").focus(scroll_visible=False)

    def action_watch(self, number: int) -> None:
        """Open one of the runs."""
        if number <= len(self._followers):
            self.owner.open(["run", self._followers[number - 1].folder.id])

    def action_stop(self) -> None:
        """Stop those that live, once asked again."""
        living = [follower for follower, side in zip(self._followers, self.sides(), strict=True) if side.alive]

        def answered(yes: bool | None) -> None:
            for follower in living if yes else ():
                try:
                    control.stop(follower.folder)
                except RunError as problem:
                    self.notify(self.words.error(problem), severity="error", markup=False)

        question = self.words("beside.ask-stop", n=len(living))
        self.app.push_screen(ConfirmScreen(question, self.words("runs.yes-stop"), self.words("runs.no")), answered)

    @property
    def shown_figure(self) -> Figure:
        """What the chart shows: the chosen figure, else what the kind of run is about."""
        if self.figure is not None:
            return self.figure
        kinds = {follower.recipe.kind for follower in self._followers}
        return "loss" if kinds == {"pretrain"} else "accuracy"

    def _begin(self) -> None:
        """Follow the runs; one that is gone is told, and left out."""
        for run_id in self.run_ids:
            try:
                self._followers.append(self.owner.followed.follow(self.owner.runs.find(run_id)))
            except RunError as problem:
                self.notify(self.words.error(problem), severity="warning", markup=False)
        self.run_ids = [follower.folder.id for follower in self._followers]
        self._names = names([follower.recipe for follower in self._followers], self.run_ids)
        self._catch_up()

    def _catch_up(self) -> None:
        """Read long runs slice by slice, so that no key waits."""
        for follower in self._followers:
            if not follower.caught_up:
                follower.poll()
                self.call_later(self._catch_up)
                self._look()
                return

    def _look(self) -> None:
        """Show the runs as they are now."""
        if not self.is_mounted or not self.query("#beside-said"):
            return
        sides, words, width = self.sides(), self.words, self.size.width
        figure = self.shown_figure
        kinds = {side.recipe.kind for side in sides}
        self.titled(
            words("beside.title"), words("beside.count", kind=", ".join(sorted(kinds)), n=len(sides)), model=True
        )
        chart, second = self.query_one("#beside-chart", RunChart), self.query_one("#beside-second", RunChart)
        self._draw(chart, sides, figure)
        second.display = width >= WIDE and not self.as_text
        if second.display:
            self._draw(second, sides, "loss" if figure != "loss" else "accuracy")
        chart.display = not self.as_text
        text = self.query_one("#beside-text", Scroll)
        text.display = self.as_text
        if self.as_text:
            text.put(f"{chart.title}\n\n{chart.describe(words)}")
        self.query_one("#beside-rows", Lines).put(rows(sides, words, width, figure))
        self.query_one("#beside-said", Lines).put(self._said(sides, width))
        self.refresh_bindings()

    def _draw(self, chart: RunChart, sides: Sequence[Side], figure: Figure) -> None:
        words = self.words
        title = words(
            "beside.masked-title" if self._masked(sides) and figure == "accuracy" else f"beside.{figure}-title"
        )
        chart.bounds = (0, 1) if figure == "accuracy" else None
        chart.planned = planned(sides)
        chart.title = f"{title}  {words('run.log')}" if chart.logarithmic else title
        chart.x_title = words("run.x-title")
        chart.lines = overlaid(sides, figure, self.weight)

    @staticmethod
    def _masked(sides: Sequence[Side]) -> bool:
        return {side.recipe.kind for side in sides} == {"pretrain"}

    def _said(self, sides: Sequence[Side], width: int) -> list[Content]:
        """Return what came of the runs, and how far one run each can be trusted."""
        if not sides:
            return [Content.styled(self.words("beside.none"), "$quiet")]
        over = not any(side.alive for side in sides)
        result = told(sides, self.words)
        lines = [Content.styled(line, "bold" if over else "$foreground") for line in wrapped(result, width - 2)]
        if over:
            trust = measured(sides, self.owner.course.presets, self.words) or self.words("beside.anecdote")
            lines += [Content.styled(line, "$quiet") for line in wrapped(trust, width - 2)]
        return lines[:SAID_LINES] if result else []
