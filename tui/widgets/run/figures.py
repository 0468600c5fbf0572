"""The figures of a run: what the curves say now, how fast it goes, and on what."""

from __future__ import annotations

import math
import re

import msgspec
from rich.cells import cell_len
from textual import events
from textual.content import Content

from content.course.visible import visible
from engine.reading.series import Series
from engine.reading.smoothing import smoothed_columns
from tui.strip import number, short_name
from tui.text.fitting import fit, padded
from tui.widgets.run.lines import Lines
from tui.widgets.run.moment import Moment
from tui.words import Words

TRAIN_SIGN, VALID_SIGN = "⠒⠒", "+ "
"""What the two curves look like in the chart."""


RUN_ID = re.compile(r"\d{8}-\d{6}-[a-z]+-\w+")

TWO_COLUMNS = 36
"""From so many cells on, figures stand in two columns."""


class Figure(msgspec.Struct, frozen=True):
    """A label and its value; `sign` is what its curve looks like, `tone` a colour of the theme."""

    label: str
    value: str
    sign: str = ""
    tone: str = ""
    inner: bool = False
    """Belongs to the figure above it."""


GAP = Figure("", "")


class Figures(Lines):
    """A column of figures; gaps, then the last figures, give way where height is short."""

    DEFAULT_CSS = """
    Figures { height: 1fr; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._figures: list[Figure] = []

    def show(self, found: list[Figure]) -> None:
        """Show these figures."""
        self._figures = found
        self.put(rows(found, *self.size))

    def on_resize(self, event: events.Resize) -> None:
        self.show(self._figures)


def figures(moment: Moment, words: Words, weight: float) -> list[Figure]:
    """Return every figure in the order of the side column; `weight` smooths the training loss."""
    progress = moment.progress
    found = [
        Figure(words("run.train"), number(train_loss(moment, weight)), TRAIN_SIGN, "$train"),
        *_measured(moment, words),
    ]
    found += [
        Figure(words("run.norm"), short(last(progress.norms))),
        Figure(words("run.rate"), short(last(progress.rates))),
        GAP,
        Figure(words("run.update"), _of(progress.update, progress.planned.updates if progress.planned else 0)),
    ]
    if moment.alive:
        found += _speed(moment, words)
    else:
        found.append(Figure(words("run.took"), duration(progress.seconds, words)))
    planned = progress.planned
    if planned is not None and planned.start:
        found.append(Figure(words("bert.start"), short_start(planned.start)))
    if progress.beat is not None:
        found.append(Figure(words("run.memory"), memory(progress.beat.memory_bytes)))
    if planned is not None:
        found.append(Figure(words("run.threads"), str(planned.threads)))
        found.append(Figure(words("run.device"), planned.device))
        found.append(Figure(words("run.parameters"), f"{planned.parameters:,}"))
    return found


def _measured(moment: Moment, words: Words) -> list[Figure]:
    """Return what the validation set and, at the end, the test set say, and what to compare it with."""
    said, tested, planned = moment.progress.evaluated, moment.progress.tested, moment.progress.planned
    masked = moment.recipe.kind == "pretrain"
    accuracy = words("bert.masked-accuracy" if masked else "run.accuracy")
    found = [
        Figure(words("run.valid"), number(said.val_loss if said else None), VALID_SIGN, "$valid"),
        Figure(accuracy, number(said.val_accuracy if said else None), VALID_SIGN, "$valid"),
    ]
    if said is not None and math.isfinite(said.val_f1):
        found.append(Figure(words("bert.f1"), number(said.val_f1)))
    if tested is not None:
        found.append(Figure(words("run.test"), number(tested.accuracy), "", "$success bold"))
        if math.isfinite(tested.f1):
            found.append(Figure(words("bert.test-f1"), number(tested.f1), "", "$success bold"))
    if masked and planned is not None and math.isfinite(planned.plateau_loss):
        found.append(Figure(words("bert.plateau"), number(planned.plateau_loss)))
        found.append(Figure(words("bert.even-guess"), number(planned.chance_loss)))
    return found


def rows(found: list[Figure], width: int, height: int) -> list[Content]:
    """Return the figures as lines of a column, or of two where they fit beside each other."""
    if width >= TWO_COLUMNS:
        kept = [figure for figure in found if figure.label]
        cells = width // 2
        pairs = zip(kept[::2], [*kept[1::2], GAP], strict=False)
        return [_row(left, cells - 1) + Content(" ") + _row(right, cells) for left, right in pairs][:height]
    kept = list(found)
    if len(kept) > height:
        kept = [figure for figure in kept if figure.label]
    return [_row(figure, width) for figure in kept[: max(0, height)]]


def train_loss(moment: Moment, weight: float) -> float | None:
    """Return the end of the training curve as it is drawn: smoothed, unless nothing is smoothed."""
    losses = moment.progress.losses
    if not len(losses):
        return None
    if weight <= 0 or not math.isfinite(losses[-1]):
        return losses[-1]
    return float(smoothed_columns(losses, losses.last, losses.last, 1, weight)[0])


def last(series: Series) -> float | None:
    """Return a series' newest sample, None where there is none."""
    return series[-1] if len(series) else None


def short(value: float | None) -> str:
    """Return a figure in three digits at most: 0.82, 0.01, 3e-05."""
    if value is None:
        return "-"
    return f"{value:.3g}" if math.isfinite(value) else number(value)


def pace(value: float, words: Words) -> str:
    """Return a pace in words: "80/s", or "full"."""
    return words("run.pace-full") if value == 0 else words("run.pace-some", n=f"{value:,.4g}")


def memory(count: int) -> str:
    """Return bytes in the unit that fits."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"


def short_start(start: str) -> str:
    """Return what a run began from in few letters: a run's or a folder's own name instead of its whole path."""
    name = visible(start).replace("\n", " ").rstrip("/").rpartition("/")[2]
    return short_name(name) if RUN_ID.fullmatch(name) else name


def duration(seconds: float, words: Words) -> str:
    """Return how long something took, in the unit that fits."""
    if seconds < 120:
        return words("run.seconds", n=f"{seconds:.1f}")
    if seconds < 7200:
        return words("run.minutes", n=f"{seconds / 60:.0f}")
    return words("run.hours", n=f"{seconds / 3600:.1f}")


def _speed(moment: Moment, words: Words) -> list[Figure]:
    """Return the pace that was asked for and the one that is reached: two figures, never one."""
    asked = moment.wish is not None and moment.wish.update is None
    found = [Figure(words("run.pace"), pace(moment.wanted.pace, words), "", "$learner" if asked else "")]
    beat = moment.progress.beat
    if beat is not None:
        found.append(Figure(words("run.achieved"), _rate(beat.updates_per_second, words), inner=True))
        found.append(Figure(words("run.of-max"), _rate(beat.max_updates_per_second, words), inner=True))
    return found


def _rate(value: float, words: Words) -> str:
    if not math.isfinite(value) or value <= 0:
        return "-"
    return words("run.pace-some", n=f"{value:,.0f}" if value >= 10 else f"{value:.1f}")


def _of(done: int, planned: int) -> str:
    return f"{done:,}/{planned:,}" if planned else f"{done:,}"


def _row(figure: Figure, width: int) -> Content:
    if not figure.label:
        return Content(" " * width)
    sign_cells = 3
    room = width - sign_cells
    label = ("  " if figure.inner else "") + figure.label
    value = fit(figure.value, room - 1)
    label = padded(label, max(0, room - 1 - cell_len(value))) + " "
    sign = " " + padded(figure.sign, sign_cells - 1)
    return (
        Content.styled(label, "$quiet")
        + (Content.styled(value, figure.tone) if figure.tone and not figure.sign else Content(value))
        + Content.styled(sign, figure.tone or "$quiet")
    )
