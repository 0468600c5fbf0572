"""What the lab says below its form: what a preset is for, what the run will cost, what would spoil it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import PurePath

from content.course.preset import Preset
from engine.errors import EngineError
from engine.hub.line import LINE, usual_seconds
from engine.memory import available_bytes, is_main
from engine.recipes import Recipe
from engine.recipes.cost import Cost
from engine.recipes.schedule import outlasts, peak
from engine.recipes.shape import Shape
from tui.widgets.form.rate_curve import Rates
from tui.widgets.run.figures import memory, short
from tui.widgets.zoo.figures import size
from tui.words import Words

LARGE_BYTES = 2_000_000_000
"""From so much on a run is held against the memory that is free; what is smaller is PyTorch for the most part."""

SHAPE = ("layers", "hidden", "heads", "vocabulary")
"""Knobs of a BERT that only count where it begins from scratch."""


def model_of_zoo(kind: str, texts: Mapping[str, str]) -> str:
    """Return the model of the zoo that is nearest to what the form would train."""
    if kind == "mlp":
        return "mlp"
    start = texts.get("start", "").rpartition("/")[2]
    return next((f"bert-{size}" for size in ("base", "large") if start.startswith(f"bert-{size}-")), "bert-small")


def about(preset: Preset | None, words: Words, kind: str) -> str:
    """Return what a preset shows, and what it reached when it was measured."""
    said = preset.note.say(words.language) if preset is not None else words(f"lab.hello-{kind}")
    return said + (_outcome(preset, words) if preset is not None else "")


def _outcome(preset: Preset, words: Words) -> str:
    guesses = preset.kind == "pretrain"
    measured = preset.outcome.get("val_loss" if guesses else "test_accuracy")
    if not isinstance(measured, list) or len(measured) != 3:
        return ""
    low, middle, high = (f"{float(figure):.3f}" for figure in measured)
    key, seeds = "lab.outcome-loss" if guesses else "lab.outcome", preset.outcome.get("seeds", "?")
    return "\n" + words(key, seeds=seeds, low=low, middle=middle, high=high)


def cost(found: Cost, recipe: Recipe, words: Words) -> str:
    """Return what the run costs, in a sentence or two."""
    if recipe.kind == "mlp":
        return _mlp_cost(found, words)
    updates = words("lab.cost-updates", n=f"{found.updates:,}") if found.updates is not None else ""
    parameters = words("lab.cost-parameters", n=f"{found.parameters:,}") if found.parameters is not None else ""
    said = words("lab.cost-of", updates=updates, parameters=parameters) if updates and parameters else updates
    said = said or words("lab.cost-updates-unknown")
    if found.seconds is not None and math.isfinite(found.seconds):
        key = "lab.cost-about-paced" if found.paced else "lab.cost-about"
        said += words(key, time=duration(found.seconds, words))
    if found.memory_bytes is not None:
        said += words("lab.cost-memory", size=memory(found.memory_bytes))
    said += words("lab.cost-end")
    if found.download_bytes:
        said += download(found.download_bytes, words)
    elif found.download_bytes is None:
        said += words("lab.cost-download-unknown")
    return said


def _mlp_cost(found: Cost, words: Words) -> str:
    said = words("lab.cost", updates=f"{found.updates:,}", parameters=f"{found.parameters:,}")
    said += (
        words("lab.cost-full") if found.seconds is None else words("lab.cost-paced", seconds=f"{found.seconds:,.0f}")
    )
    if found.download_bytes:
        said += download(found.download_bytes, words)
    return said


def download(left_bytes: int, words: Words) -> str:
    """Return how much is to be downloaded, and how long that takes on a usual line."""
    time = duration(max(1.0, usual_seconds(left_bytes)), words)
    return words("lab.cost-download", size=size(left_bytes), time=time, line=f"{LINE:g}")


def duration(seconds: float, words: Words) -> str:
    """Return an estimate in two digits, in the unit that fits."""
    for unit, length, until in (("seconds", 1, 90), ("minutes", 60, 5_400), ("hours", 3_600, math.inf)):
        if seconds < until:
            number = float(f"{seconds / length:.2g}")
            return words(f"run.{unit}", n=f"{number:,.3g}" if number < 1_000 else f"{number:,.0f}")
    return ""


def warning(found: Cost, recipe: Recipe, words: Words) -> str:
    """Return what would spoil the run though nothing is wrong with any single knob, "" for nothing."""
    return _memory_short(found, recipe, words) or _warmup_outlasts(found, recipe, words)


def _memory_short(found: Cost, recipe: Recipe, words: Words) -> str:
    needed = found.memory_bytes or 0
    if needed < LARGE_BYTES or not is_main(str(recipe.knobs["device"])):
        return ""
    free = available_bytes()
    return words("lab.memory-short", free=memory(free)) if 0 < free < needed else ""


def _warmup_outlasts(found: Cost, recipe: Recipe, words: Words) -> str:
    if "warmup" not in recipe.knobs or not found.updates:
        return ""
    lr, warmup = float(recipe.knobs["lr"]), float(recipe.knobs["warmup"])
    if not outlasts(found.updates, warmup):
        return ""
    highest = peak(found.updates, lr, warmup)[1]
    return words(
        "lab.warmup-outlasts",
        warmup=f"{warmup:,g}",
        updates=f"{found.updates:,}",
        highest=short(highest),
        lr=short(lr),
    )


def below(found: Cost | None, wanted: Recipe | EngineError, words: Words) -> tuple[str, str]:
    """Return what the run costs, or why it is refused; and what would spoil it."""
    if isinstance(wanted, EngineError):
        return words.error(wanted), ""
    return ("", "") if found is None else (cost(found, wanted, words), warning(found, wanted, words))


def rates(found: Cost | None, wanted: Recipe | EngineError, words: Words) -> Rates:
    """Return the schedule that a form shows, with the words beside it."""
    label = words("lab.schedule-label")
    if found is None or isinstance(wanted, EngineError):
        return Rates(label=label)
    if found.updates is None:
        return Rates(label=label, said=(words("lab.schedule-unknown"),))
    lr, warmup, updates = float(wanted.knobs["lr"]), float(wanted.knobs["warmup"]), found.updates
    at, highest = peak(updates, lr, warmup)
    rising = words("lab.schedule-rises", rate=short(highest), update=f"{at:,}")
    over = outlasts(updates, warmup)
    falling = words("lab.schedule-over" if over else "lab.schedule-falls", updates=f"{updates:,}", lr=short(lr))
    return Rates(
        updates, lr, warmup, label, (rising if at > 1 else words("lab.schedule-at-once", rate=short(lr)), falling)
    )


def status(kind: str, texts: Mapping[str, str], shape: Shape | None) -> str:
    """Return the shape of the network that a form asks for, as far as its texts say, or `shape` knows."""
    if kind == "mlp":
        sizes = [size.strip() for size in texts["hidden"].split(",") if size.strip()]
        return "-".join(["784", *sizes, "10"])
    if kind == "pretrain" or texts["start"] == "scratch":
        return "/".join(texts[name] for name in SHAPE)
    said = "/".join(str(getattr(shape, name)) for name in SHAPE) if shape is not None else ""
    return f"{PurePath(texts['start']).name or texts['start']} {said}".rstrip()


def idle(kind: str, texts: Mapping[str, str], words: Words) -> dict[str, str]:
    """Return why knobs change nothing as the others stand, by their names."""
    if kind != "bert" or texts["start"] == "scratch":
        return {}
    return dict.fromkeys(SHAPE, words("lab.only-scratch"))
