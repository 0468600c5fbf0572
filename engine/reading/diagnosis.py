"""What a teacher would say aloud at a look on the curves; in which words is the screen's business."""

from __future__ import annotations

import math
from collections.abc import Iterator

import msgspec

from engine.events import Planned
from engine.reading.plateau import BELOW, broke
from engine.reading.progress import Progress
from engine.recipes import Recipe
from engine.recipes.schedule import outlasts, peak, warmup_updates

NEAR_CHANCE = 0.15
"""How far from ln(classes) an untrained model may begin."""
RECENT = 50
"""Updates whose mean loss counts as the loss now."""


class Check(msgspec.Struct, frozen=True):
    """One remark.

    Attributes:
        code: Its name: "started-at-chance", "started-off-chance", "exploded", "diverged", "spiked-to-chance",
            "flat-at-chance", "rate-too-low", "learns", "overfits", "generalises", "still-falling" or
            "levelled-off"; with a schedule "warms-up" or "warmup-outlasts"; in pre-training "falls-to-plateau",
            "on-plateau", "stays-on-plateau" or "broke-plateau".
        good: Whether all is well; None where it depends on what was meant.
        details: Figures that the remark names, as text.
    """

    code: str
    good: bool | None
    details: dict[str, str] = {}


def checks(recipe: Recipe, progress: Progress) -> list[Check]:
    """Return the remarks that fit what the run has shown so far, in the order of its life."""
    planned = progress.planned
    if planned is None:
        return []
    start = _start(progress)
    if start is None:
        return []
    remarks = [_started(start, planned.chance_loss)]
    broken = _broken(progress, start, planned.chance_loss)
    now = _now(progress)
    if broken is not None:
        remarks.append(broken)
    elif now is not None and _judged(recipe, planned, progress):
        told = (
            _pretrained(progress, planned, now)
            if recipe.kind == "pretrain"
            else _fell(now, planned.chance_loss, recipe)
        )
        remarks.append(told)
        if told.good:
            remarks.extend(_compared(progress))
    return [*remarks, *_scheduled(recipe, planned, progress)]


def _start(progress: Progress) -> float | None:
    """Return the untrained model's loss: measured before the first update, or that of the first batch."""
    first = progress.evaluations[0] if progress.evaluations else None
    if first is not None and first.epoch == 0:
        return first.train_loss
    return progress.losses[0] if len(progress.losses) else None


def _now(progress: Progress) -> float | None:
    recent = [loss for loss in progress.losses.newest(RECENT) if math.isfinite(loss)]
    return sum(recent) / len(recent) if recent else None


def _started(start: float, chance: float) -> Check:
    near = abs(start - chance) <= NEAR_CHANCE
    return Check(
        "started-at-chance" if near else "started-off-chance",
        near,
        {"loss": f"{start:.2f}", "chance": f"{chance:.3f}"},
    )


def _broken(progress: Progress, start: float, chance: float) -> Check | None:
    """Return what went wrong for good: NaN, or a loss that shot up and never came back below guessing."""
    losses = progress.losses
    if not len(losses):
        return None
    if not math.isfinite(losses[-1]) or (losses.first_odd is not None and not progress.missing):
        return Check("exploded", False, {"update": f"{losses.first_odd:,}"})
    _, peak = losses.extremes()
    now = _now(progress)
    if peak > 2 * max(start, chance) and now is not None and now > 0.9 * chance and len(losses) > RECENT:
        details = {"peak": f"{peak:.3g}", "loss": f"{now:.3g}", "chance": f"{chance:.3f}"}
        return Check("diverged" if now > 2 * chance else "spiked-to-chance", False, details)
    return None


def _fell(now: float, chance: float, recipe: Recipe) -> Check:
    details = {"loss": f"{now:.3g}", "chance": f"{chance:.3f}", "rate": f"{recipe.knobs.get('lr', '')}"}
    if now > chance - 0.05:
        return Check("flat-at-chance", False, details)
    if now > 0.75 * chance:
        return Check("rate-too-low", False, details)
    return Check("learns", True, details)


def _judged(recipe: Recipe, planned: Planned, progress: Progress) -> bool:
    """Return whether enough was trained for a judgement: an epoch and, with a schedule, some updates at its height."""
    if progress.ended is not None:
        return progress.whole_epochs >= 1
    if recipe.kind == "pretrain":
        return progress.update >= RECENT
    warmup = warmup_updates(float(recipe.knobs["warmup"]), planned.updates) if "warmup" in recipe.knobs else 0
    enough = min(planned.updates, warmup + planned.updates // 5) if warmup else 0
    return progress.whole_epochs >= 1 and progress.update >= enough


def _scheduled(recipe: Recipe, planned: Planned, progress: Progress) -> Iterator[Check]:
    """Yield what a warm-up does to the run: it is over before the run is, or it never is."""
    if "warmup" not in recipe.knobs:
        return
    warmup, rate = float(recipe.knobs["warmup"]), float(recipe.knobs["lr"])
    count = warmup_updates(warmup, planned.updates)
    details = {"warmup": f"{count:,}", "updates": f"{planned.updates:,}", "rate": f"{rate:g}"}
    if outlasts(planned.updates, warmup):
        _, highest = peak(planned.updates, rate, warmup)
        yield Check("warmup-outlasts", False, {**details, "peak": f"{highest:.2g}"})
    elif progress.update < count:
        yield Check("warms-up", None, details)


def _pretrained(progress: Progress, planned: Planned, now: float) -> Check:
    """Return where a loss stands between guessing evenly, guessing by frequency, and using the context."""
    plateau = planned.plateau_loss
    details = {"loss": f"{now:.3g}", "plateau": f"{plateau:.2f}", "chance": f"{planned.chance_loss:.2f}"}
    if not math.isfinite(plateau):
        return Check(
            "learns" if now < planned.chance_loss - 0.05 else "flat-at-chance", now < planned.chance_loss, details
        )
    update = broke(progress.losses, plateau)
    if update is not None:
        return Check("broke-plateau", True, {**details, "update": f"{update:,}"})
    if now > planned.chance_loss - 0.05:
        return Check("flat-at-chance", False, details)
    if now > plateau + BELOW:
        return Check("falls-to-plateau", None, details)
    return (
        Check("stays-on-plateau", False, details) if progress.ended is not None else Check("on-plateau", None, details)
    )


def _compared(progress: Progress) -> Iterator[Check]:
    """Yield what training and validation say about each other, once there are three epochs."""
    trained = [evaluated for evaluated in progress.evaluations if evaluated.epoch > 0]
    if len(trained) < 3:
        return
    best = min(trained, key=lambda evaluated: evaluated.val_loss)
    newest, before = trained[-1], trained[-2]
    details = {
        "epoch": f"{best.epoch:,}",
        "best": f"{best.val_loss:.3g}",
        "val": f"{newest.val_loss:.3g}",
        "train": f"{newest.train_loss:.3g}",
    }
    rose = newest.val_loss > 1.03 * best.val_loss and newest.epoch >= best.epoch + 2
    if rose and newest.train_loss < best.train_loss:
        yield Check("overfits", False, details)
        return
    yield Check("generalises", True, details)
    if progress.ended is None:
        return  # more epochs are coming anyway
    falls = newest.val_loss < 0.99 * before.val_loss
    yield Check("still-falling" if falls else "levelled-off", None, details)
