"""What is said of a run in sentences: how it stands, what it waits for, what came of it."""

from __future__ import annotations

import math

from content.course.visible import visible
from engine.reading.diagnosis import Check, checks
from engine.recipes import Recipe
from tui.strip import arrived, left, loading, number, period, short_name
from tui.widgets.run.figures import duration, pace
from tui.widgets.run.kinds import console_key
from tui.widgets.run.moment import Moment
from tui.words import Words

KEPT = ("broke-plateau", "warmup-outlasts")
"""Remarks that stay however few there is room for."""

OPTIMIZERS = {"gd": "GD", "sgd": "SGD", "momentum": "momentum", "adam": "Adam", "adamw": "AdamW"}
"""Optimisers as papers write them."""


def title(moment: Moment) -> str:
    """Return a run's name, the learner's own name for it, its shape, its optimiser and its rate."""
    planned = moment.progress.planned
    parts = [
        short_name(moment.folder.id),
        visible(moment.recipe.title).replace("\n", " "),
        planned.shape if planned else "",
    ]
    return "  ".join(part for part in [*parts, optimizer(moment.recipe)] if part)


def optimizer(recipe: Recipe) -> str:
    """Return the optimiser and its rate, such as "SGD 0.01"."""
    name = str(recipe.knobs.get("optimizer", "adamw" if "warmup" in recipe.knobs else ""))
    return f"{OPTIMIZERS.get(name, name)} {recipe.knobs.get('lr', '')}".strip()


def status(moment: Moment, words: Words) -> str:
    """Return the state, the epoch, and how long it will take, or took."""
    return "  ".join(standing(moment, words))


def standing(moment: Moment, words: Words) -> list[str]:
    """Return the same piece by piece, the state first."""
    parts = [words(f"states.{moment.state}").upper()]
    planned = moment.progress.planned
    if planned is not None:
        parts.append(period(planned, epoch(moment), words))
    if moment.state == "running":
        parts.append(time_left(moment, words))
    elif not moment.alive:
        parts.append(duration(moment.progress.seconds, words))
    return [part for part in parts if part]


def epoch(moment: Moment) -> int:
    """Return the epoch that is going on, counted from 1; the last one at the end."""
    progress, planned = moment.progress, moment.progress.planned
    if planned is None:
        return 0
    return min(planned.epochs, progress.whole_epochs + (progress.update < planned.updates))


def time_left(moment: Moment, words: Words) -> str:
    """Return the time left with its spread where that is wide enough to say, such as "8 s left (7-10)"."""
    beat = moment.progress.beat
    if beat is None:
        return ""
    said = left(beat.seconds_left, words)
    low, high = beat.seconds_left_low, beat.seconds_left_high
    if not said or not (math.isfinite(low) and math.isfinite(high)) or beat.seconds_left >= 90:
        return said
    return f"{said} ({low:.0f}-{high:.0f})" if round(low) < round(high) else said


def waiting(moment: Moment, words: Words) -> list[str]:
    """Return what a run does that has no plan yet, and since when; nothing once it has one."""
    progress = moment.progress
    if progress.planned is not None:
        return []
    if not moment.alive:
        return [words("run.never-began")]
    if moment.state == "queued":
        ahead = progress.queued.ahead if progress.queued else 1
        return [
            words("run.queued-one") if ahead == 1 else words("run.queued", n=ahead),
            words("run.queued-more"),
        ]
    seconds = max(0.0, moment.now - moment.since) if moment.since else 0.0
    what = progress.loading
    if not what:
        return [words("run.starting", since=_since(seconds, words))]
    load = progress.download
    if load is None:
        return [loading(what, moment.recipe.kind, words) + _since(seconds, words)]
    return [words("run.downloading", what=visible(load.what)) + _since(seconds, words), arrived(progress, words)]


def share_loaded(moment: Moment) -> float | None:
    """Return how much of a download is done, 0 to 1; None where nothing is downloaded or its size is unknown."""
    load = moment.progress.download
    if load is None or not load.total_bytes or moment.progress.planned is not None:
        return None
    return min(1.0, load.done_bytes / load.total_bytes)


def outcome(moment: Moment, words: Words) -> str:
    """Return what came of a run; "" while all goes its way."""
    progress = moment.progress
    match moment.state:
        case "finished":
            return _tested(moment, words)
        case "failed":
            ended = progress.ended
            reason = words.told(ended.code, ended.details, ended.reason) if ended else ""
            return words("run.failed-why", reason=visible(reason) or words("run.failed"))
        case "crashed" | "stopped":
            return words(f"run.{moment.state}", update=f"{progress.update:,}")
        case "stalled":
            return words("run.stalled")
    return ""


def onward(moment: Moment, words: Words) -> str:
    """Return what to do now that a run has come to an end, or to a halt; "" while all goes its way."""
    saved = moment.progress.saved
    match moment.state:
        case "finished" if moment.recipe.kind == "pretrain":
            return words("bert.finished-next", run=short_name(moment.folder.id))
        case "failed":
            return words("run.failed-next", console=console_key(moment.recipe.kind))
        case "finished" | "stalled":
            return words(f"run.{moment.state}-next")
        case "crashed" | "stopped" if saved is not None:
            return words("run.resumes", update=f"{saved.update:,}")
        case "crashed" | "stopped":
            return words("run.resumes-anew")
    return ""


def remarks(moment: Moment, words: Words, most: int) -> list[tuple[bool | None, str]]:
    """Return what a teacher would say aloud: whether it is well, and the sentence.

    Where there are too many, that which must not be missed, or else the first one, is kept, and the newest.
    """
    found = checks(moment.recipe, moment.progress)
    if len(found) > most:
        kept = [check for check in found if check.code in KEPT][:1] or (found[:1] if most > 1 else [])
        rest = [check for check in found if check not in kept]
        found = [*kept, *rest[len(rest) - max(0, most - len(kept)) :]][: max(0, most)]
    return [(check.good, _said(check, moment, words)) for check in found]


def wish(moment: Moment, words: Words) -> tuple[str, bool] | None:
    """Return the newest wish in words and whether the worker has acknowledged it."""
    asked = moment.wish
    if asked is None or (not moment.alive and asked.topic != "stop"):
        return None
    if asked.topic == "pace" and moment.progress.planned is None:
        return None  # the recipe's own pace: nobody waits for that to be acknowledged
    said = words(f"run.wish-{asked.topic}", pace=pace(asked.pace, words))
    if asked.update is None:
        return words("run.asked", wish=said), False
    return words("run.acknowledged", wish=said, update=f"{asked.update:,}"), True


def troubles(moment: Moment, words: Words) -> list[str]:
    """Return what is wrong with the stream itself: lost events, lines that cannot be read."""
    said = []
    if moment.progress.dropped or moment.progress.missing:
        said.append(words("run.lost", n=f"{max(moment.progress.dropped, moment.progress.missing):,}"))
    if moment.unread:
        said.append(words("run.unread", n=f"{moment.unread:,}"))
    return said


def _since(seconds: float, words: Words) -> str:
    return words("run.since", n=f"{seconds:.0f}") if seconds >= 1 else ""


def _said(check: Check, moment: Moment, words: Words) -> str:
    """Return a remark, in words of its own where this kind of run has them."""
    planned = moment.progress.planned
    classes = len(planned.classes) or round(math.exp(planned.chance_loss)) if planned else 0
    own = f"bert.{moment.recipe.kind}-{check.code}"
    key = (
        own
        if words.find(own)
        else f"bert.{check.code}"
        if words.find(f"bert.{check.code}")
        else f"run.check-{check.code}"
    )
    return words(key, classes=f"{classes:,}", **check.details)


def _tested(moment: Moment, words: Words) -> str:
    progress = moment.progress
    tested, planned, said = progress.tested, progress.planned, progress.evaluated
    if tested is None or planned is None:
        return words("run.finished")
    kind = moment.recipe.kind
    if kind == "bert":  # its best epoch is what the test looked at
        said = max(progress.evaluations, key=lambda each: each.val_accuracy, default=None)
    return words(
        f"bert.{kind}-tested" if kind in ("bert", "pretrain") else "run.tested",
        accuracy=number(tested.accuracy),
        examples=f"{planned.examples.get('test', 0):,}",
        valid=number(said.val_accuracy if said else None),
        chance=number(1 / max(1, len(planned.classes))),
        f1=number(tested.f1),
        loss=number(tested.loss),
        plateau=number(planned.plateau_loss),
    )
