"""What one line says about a run: its curve, where it is, how it ended."""

from __future__ import annotations

import math

from content.course.visible import visible
from engine.events import Planned
from engine.hub.line import LINE, usual_seconds
from engine.reading.follow import Follower
from engine.reading.progress import Progress
from engine.runs.state import State
from tui.glyphs import Glyphs
from tui.widgets.run_strip import BETWEEN, StripLine
from tui.widgets.sparkline import sparkline
from tui.words import Words

CURVE_CELLS = 14


def short_name(run_id: str) -> str:
    """Return a run's name without its date, such as "mlp-7f3a"."""
    return "-".join(run_id.split("-")[-2:])


def number(value: float | None, digits: int = 3) -> str:
    """Return a figure as it stands in a line, "-" where there is none yet."""
    if value is None:
        return "-"
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "inf"
    return f"{value:.{digits}f}" if abs(value) < 1000 else f"{value:.2e}"


def period(planned: Planned, number: int, words: Words) -> str:
    """Return which epoch, or which check, a run is in."""
    return words("bert.check" if planned.period == "check" else "app.epoch", epoch=number, epochs=planned.epochs)


def figure(name: str, planned: Planned | None, words: Words) -> str:
    """Return what a figure of a summary is called: what pre-training counts are checks, not epochs."""
    checked = planned is not None and planned.period == "check"
    return words(f"cli.figure-{name.replace('epochs', 'checks') if checked else name}")


def left(seconds: float | None, words: Words) -> str:
    """Return a time that is left, in the unit that fits; "" where it is unknown."""
    if seconds is None or not math.isfinite(seconds):
        return ""
    if seconds < 90:
        return words("app.seconds-left", n=round(seconds))
    if seconds < 5400:
        return words("app.minutes-left", n=round(seconds / 60))
    return words("app.hours-left", n=f"{seconds / 3600:.1f}")


def curve(follower: Follower, cells: int, signs: Glyphs) -> str:
    """Return a run's training loss in one line of `cells` cells."""
    progress = follower.progress
    planned = progress.planned.updates if progress.planned else len(progress.losses)
    done = len(progress.losses)
    if done == 0:
        return ""
    return sparkline(progress.losses.coarse(cells * 2, planned), cells, ascii_only=signs.ascii)


def preparing(progress: Progress, kind: str, words: Words) -> str:
    """Return what a run does that has no plan yet, such as "downloading imdb, 12.3 of 84.1 MB"."""
    what, load = progress.loading, progress.download
    if load is not None:
        return words("run.downloading", what=visible(load.what)) + words(
            "run.download-line", of=arrived(progress, words)
        )
    return loading(what, kind, words) if what else words("states.starting")


def loading(what: str, kind: str, words: Words) -> str:
    """Return what is being loaded, in words of its own where this kind of run has them."""
    own = words.find(f"bert.loading-{what}") if kind != "mlp" else None
    return own or words.find(f"run.loading-{what}") or words("run.loading", what=visible(what))


def arrived(progress: Progress, words: Words) -> str:
    """Return how much of a download is there, and when the rest will be: on a usual line until this one is known."""
    load = progress.download
    assert load is not None, "nothing is downloaded"
    done, total = f"{load.done_bytes / 1e6:.1f}", f"{load.total_bytes / 1e6:.1f}"
    if not load.total_bytes:
        return words("run.download-some", done=done)
    of, remaining = words("run.download-of", done=done, total=total), left(progress.download_seconds_left, words)
    if not remaining and progress.downloaded == load and load.done_bytes < load.total_bytes:
        usual = left(usual_seconds(load.total_bytes - load.done_bytes), words)
        remaining = words("run.download-usual", left=usual, line=f"{LINE:g}")
    return words("run.download-left", of=of, left=remaining) if remaining else of


def living_line(follower: Follower, state: State, living: int, words: Words, signs: Glyphs) -> StripLine:
    """Return the strip of a run that is alive."""
    progress = follower.progress
    parts: list[str] = []
    if state in ("paused", "queued", "stalled"):
        parts.append(words(f"states.{state}"))
    if progress.planned is None and state != "queued":  # what it read before it had to wait is over
        parts.append(preparing(progress, follower.recipe.kind, words))
    elif progress.planned is not None:
        if len(progress.losses):
            parts.append(words("app.train-loss", loss=number(progress.losses[-1])))
        parts.append(period(progress.planned, min(progress.planned.epochs, progress.whole_epochs + 1), words))
        if state == "running" and progress.beat is not None:
            parts.append(left(progress.beat.seconds_left, words))
    if living > 1:
        parts.append(words("app.more-runs", n=living - 1))
    return StripLine(
        name=short_name(follower.folder.id),
        curve=curve(follower, CURVE_CELLS, signs),
        words=BETWEEN.join(part for part in parts if part),
        hint=words("app.watch-hint"),
    )


def ended_line(follower: Follower, state: State, words: Words, signs: Glyphs) -> StripLine:
    """Return the strip that announces a run's end."""
    progress = follower.progress
    if state == "finished" and progress.tested is not None:
        kind = follower.recipe.kind
        key = f"bert.{kind}-ended" if kind in ("bert", "pretrain") else "app.ended-tested"
        said = words(key, accuracy=number(progress.tested.accuracy))
    elif state == "failed" and progress.ended is not None:
        said = words(
            "app.ended-failed",
            reason=words.told(progress.ended.code, progress.ended.details, progress.ended.reason),
        )
    else:
        said = words(f"app.ended-{state}")
    return StripLine(
        name=short_name(follower.folder.id),
        curve=curve(follower, CURVE_CELLS, signs),
        words=said,
        hint=words("app.watch-hint"),
        tone={"finished": "good", "failed": "bad", "crashed": "bad"}.get(state, ""),
    )
