"""The curves of a run: loss, accuracy, rate, gradient norm."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget

from engine.reading.points import PointSeries
from engine.reading.progress import Progress
from engine.recipes.schedule import peak, rate_at
from tui.glyphs import Glyphs
from tui.strip import number
from tui.widgets.chart import Chart, ChartLine, Smoothed
from tui.widgets.run.moment import Moment
from tui.widgets.run.panel import Panel
from tui.words import Words

Figure = Literal["loss", "accuracy", "rate", "norm"]
FIGURES: tuple[Figure, ...] = ("loss", "accuracy", "rate", "norm")
HERE = "o"
"""Marks where a run is in its schedule."""

WEIGHTS = (0.9, 0.97, 0.99, 0.0, 0.6)
"""How strongly the curve is smoothed, in the order of the key; 0 is not at all."""


class RunChart(Chart, inherit_bindings=False):
    """The chart with the keys of a run's screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", "run.keys.cursor", id="run.cursor", show=False),
        Binding("right", "step(1)", "run.keys.cursor", id="run.cursor", show=False),
        Binding("shift+left", "leap(-1)", "run.keys.cursor", id="run.cursor", show=False),
        Binding("shift+right", "leap(1)", "run.keys.cursor", id="run.cursor", show=False),
        Binding("home", "edge(False)", "run.keys.cursor", id="run.cursor", show=False),
        Binding("end", "edge(True)", "run.keys.cursor", id="run.cursor", show=False),
        Binding("z", "zoom(0.5)", "run.keys.zoom", id="run.zoom", show=False),
        Binding("Z", "zoom(2)", "run.keys.zoom", id="run.zoom", show=False),
        Binding("x", "whole", "run.keys.zoom", id="run.zoom", show=False),
    ]


class CurvesPanel(Panel):
    """A chart of one figure; an earlier attempt's tail is drawn as a ghost."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "figure", "run.keys.figure", id="run.figure", show=False),
        Binding("l", "log", "run.keys.log", id="run.log", show=False),
        Binding("o", "smooth", "run.keys.smooth", id="run.smooth", show=False),
    ]

    def __init__(self, words: Words, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(words, glyphs, id=id)
        self.figure: Figure = "loss"
        self.weight = WEIGHTS[0]
        self.chart = RunChart()
        self._drawn: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        yield self.chart

    def hand(self) -> Widget | None:
        return self.chart

    def turn(self) -> None:
        self.action_figure()

    def action_figure(self) -> None:
        """Show the next figure."""
        self.figure = FIGURES[(FIGURES.index(self.figure) + 1) % len(FIGURES)]
        self.chart.logarithmic = False
        self._again()

    def action_log(self) -> None:
        """Switch between linear and logarithmic; an accuracy has no use for it."""
        if self.figure != "accuracy":
            self.chart.action_toggle_log()
            self._again()

    def action_smooth(self) -> None:
        """Smooth the training curve more, or not at all."""
        self.weight = WEIGHTS[(WEIGHTS.index(self.weight) + 1) % len(WEIGHTS)]
        self._again()

    def speak(self, words: Words, glyphs: Glyphs) -> None:
        self._drawn = ()
        super().speak(words, glyphs)

    def refill(self, moment: Moment) -> None:
        progress, chart = moment.progress, self.chart
        drawn = (
            progress.update,
            progress.attempt,
            progress.planned,
            progress.evaluations,
            self.figure,
            self.weight,
            chart.logarithmic,
        )
        if drawn == self._drawn:
            return
        self._drawn = drawn
        chart.planned = progress.planned.updates if progress.planned else None
        chart.bounds = (0, 1) if self.figure == "accuracy" else None
        chart.title = self.title()
        chart.x_title = self.words("run.x-title")
        chart.lines = tuple(lines(progress, self.figure, self.weight, self.words, schedule(moment)))

    def title(self) -> str:
        """Return what is drawn, and how."""
        masked = self.figure == "accuracy" and self.moment is not None and self.moment.recipe.kind == "pretrain"
        said = [self.words("bert.masked-title" if masked else f"run.{self.figure}-title")]
        if self.figure == "rate" and self.moment is not None and schedule(self.moment):
            rates = self.moment.progress.rates
            if len(rates):
                said.append(self.words("bert.here", mark=HERE, rate=f"{rates[-1]:.3g}"))
        if self.chart.logarithmic:
            said.append(self.words("run.log"))
        if self.figure == "loss" and self.chart.can_focus:
            said.append(
                self.words("run.smoothing", weight=f"{self.weight:g}")
                if self.weight
                else self.words("run.no-smoothing")
            )
        return "  ".join(said)

    def text(self, moment: Moment) -> str:
        words = self.words
        planned, evaluations = moment.progress.planned, moment.progress.evaluations
        heads = [words(f"run.table-{name}") for name in ("epoch", "update", "train", "valid", "accuracy")]
        if planned is not None and planned.period == "check":
            heads[0] = words("bert.table-check")
        with_f1 = any(math.isfinite(said.val_f1) for said in evaluations)
        table = [[*heads, words("bert.f1")] if with_f1 else heads]
        for said in evaluations:
            figures = [said.train_loss, said.val_loss, said.val_accuracy, *([said.val_f1] if with_f1 else [])]
            table.append([f"{said.epoch:,}", f"{said.update:,}", *(number(figure, 4) for figure in figures)])
        self.refill(moment)
        return f"{self.title()}\n\n{self.chart.describe(words, table)}"

    def _again(self) -> None:
        if self.moment is not None:
            self.refill(self.moment)


def lines(
    progress: Progress, figure: Figure, weight: float, words: Words, planned: PointSeries | None = None
) -> Iterable[ChartLine]:
    """Yield the lines of a figure, those behind first; `planned` is the rate of the whole run."""
    match figure:
        case "loss":
            yield from levels(progress, words)
            for _, ghost in progress.ghost:
                yield ChartLine(words("run.line-ghost"), "ghost", ghost, "dotted")
            smooth = weight > 0
            yield ChartLine(
                words("run.line-raw" if smooth else "run.line-train"),
                "train-raw" if smooth else "train",
                progress.losses,
                "band" if smooth else "line",
            )
            yield ChartLine(words("run.line-valid"), "valid", progress.points("val_loss"), mark="+")
            if smooth:
                yield ChartLine(words("run.line-train"), "train", Smoothed(progress.losses, weight))
        case "accuracy":
            yield ChartLine(words("run.line-train"), "train", progress.points("train_accuracy"), mark="o")
            f1 = progress.points("val_f1")
            if any(map(math.isfinite, f1.ys)):
                yield ChartLine(words("bert.f1"), "ghost", f1, "dotted", mark="x")
            yield ChartLine(words("run.line-valid"), "valid", progress.points("val_accuracy"), mark="+")
        case "rate":
            if planned is not None:
                yield ChartLine(words("bert.line-planned"), "ghost", planned, "dotted", reference=True)
            yield ChartLine(words("run.line-rate"), "train", progress.rates)
            if planned is not None and len(progress.rates):
                here = PointSeries((float(progress.rates.last),), (progress.rates[-1],))
                yield ChartLine("", "train", here, mark=HERE, reference=True)
        case "norm":
            yield ChartLine(words("run.line-norm"), "train", progress.norms)


def levels(progress: Progress, words: Words) -> Iterable[ChartLine]:
    """Yield what the loss of pre-training is compared with: an even guess, and guessing by frequency."""
    planned = progress.planned
    if planned is None or not math.isfinite(planned.plateau_loss):
        return
    for name, level in (("even-guess", planned.chance_loss), ("plateau", planned.plateau_loss)):
        ends = PointSeries((1.0, float(planned.updates)), (level, level))
        yield ChartLine(f"{words(f'bert.{name}')} {level:.2f}", "ghost", ends, "dotted", reference=True)


def schedule(moment: Moment) -> PointSeries | None:
    """Return the learning rate of the whole planned run as its corners; None where it has no schedule."""
    planned, knobs = moment.progress.planned, moment.recipe.knobs
    if planned is None or "warmup" not in knobs:
        return None
    rate, warmup, updates = float(knobs["lr"]), float(knobs["warmup"]), planned.updates
    highest, _ = peak(updates, rate, warmup)
    corners = sorted({1, highest, max(1, updates)})
    return PointSeries(tuple(map(float, corners)), tuple(rate_at(corner, updates, rate, warmup) for corner in corners))
