"""Runs side by side: what tells them apart, and what came of each, in words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import msgspec

from content.course.preset import Preset
from content.course.visible import visible
from engine.errors import RecipeError
from engine.reading.progress import Progress
from engine.recipes import Recipe, Value, spelled
from engine.runs.state import ALIVE, State
from tui.start import asked
from tui.strip import number, preparing, short_name
from tui.words import Words

MOST = 6
"""So many runs can be told apart in one chart."""

MOST_KNOBS = 2
"""Knobs that a name can hold."""

MOST_BESIDE = 3
"""Where no more knobs than these differ, a word among them, such as the start, stands for all: a rate goes with it."""


BY_CHANCE = ("seed", "pace", "threads", "processes", "device", "tensorboard")
"""Knobs that a measured preset may be run with otherwise."""


class Side(msgspec.Struct, frozen=True, eq=False):
    """One of the runs that are compared.

    Attributes:
        name: What tells it from the others.
    """

    run_id: str
    name: str
    recipe: Recipe
    progress: Progress
    state: State

    @property
    def alive(self) -> bool:
        """Whether it has a worker, or is about to."""
        return self.state in ALIVE

    @property
    def figure(self) -> float | None:
        """What it reached on the test set, None before: a loss for pre-training, else a share that is right."""
        tested = self.progress.tested
        if tested is None:
            return None
        return tested.loss if self.recipe.kind == "pretrain" else tested.accuracy

    @property
    def newest(self) -> float | None:
        """The same on the validation set, once something has been learned."""
        said = self.progress.evaluated
        if said is None or not said.update:
            return None
        return said.val_loss if self.recipe.kind == "pretrain" else said.val_accuracy


def names(recipes: Sequence[Recipe], ids: Sequence[str]) -> list[str]:
    """Return a name for each run: its title, what is set differently, its preset, or else its id."""
    short = [short_name(run_id) for run_id in ids]
    for given in ([recipe.title for recipe in recipes], *_from_knobs(recipes), [recipe.preset for recipe in recipes]):
        if all(given) and len(set(given)) == len(recipes):
            return [visible(name).replace("\n", " ") for name in given]
    return short


def _from_knobs(recipes: Sequence[Recipe]) -> list[list[str]]:
    """Return what is set differently: one word, such as the start; else one knob, or two that no preset names."""
    if len({recipe.kind for recipe in recipes}) != 1:
        return []
    differing = [knob for knob in recipes[0].knobs if len({str(recipe.knobs.get(knob)) for recipe in recipes}) > 1]
    words = [knob for knob in differing if all(_speaks(recipe.knobs[knob]) for recipe in recipes)]
    if len(words) == 1 and len(differing) <= MOST_BESIDE:
        return [[str(recipe.knobs[words[0]]) for recipe in recipes]]
    if not differing or len(differing) > (1 if all(recipe.preset for recipe in recipes) else MOST_KNOBS):
        return []
    return [[" ".join(f"{knob}={spelled(recipe.knobs[knob])}" for knob in differing) for recipe in recipes]]


def _speaks(value: Value) -> bool:
    """Return whether a value is a word, which needs no knob beside it."""
    return isinstance(value, str) and value[:1].isalpha() and value != "none"


def told(sides: Sequence[Side], words: Words) -> str:
    """Return what came of the runs, side by side; what is known so far while one of them still trains."""
    kind = sides[0].recipe.kind if len({side.recipe.kind for side in sides}) == 1 else "mlp"
    if not any(side.alive for side in sides) and any(side.figure is not None for side in sides):
        return _compared(sides, "test", kind, words)
    if any(side.newest is not None for side in sides):
        return _compared(sides, "valid", kind, words)
    if any(side.alive for side in sides):
        return words("beside.and").join(_begins(side, words) for side in sides) + words("beside.end")
    return ""


def _begins(side: Side, words: Words) -> str:
    """Return what a run does that has learned nothing yet."""
    doing = words(f"states.{side.state}")
    if side.state == "starting" and side.progress.loading:
        doing = preparing(side.progress, side.recipe.kind, words)
    return words("beside.side-state", name=side.name, state=doing)


def _compared(sides: Sequence[Side], part: str, kind: str, words: Words) -> str:
    updates = {side.progress.update for side in sides}
    finished = all(side.state == "finished" for side in sides)
    even = len(updates) == 1 and finished
    said = [_side(side, part, words, at=not even) for side in sides]
    measure = words(f"beside.{part}-loss" if kind == "pretrain" else f"beside.{part}-accuracy")
    sentence = words("beside.result", measure=measure, sides=words("beside.and").join(said))
    return sentence + (words("beside.each", updates=f"{updates.pop():,}") if even else words("beside.end"))


def _side(side: Side, part: str, words: Words, *, at: bool) -> str:
    value = side.figure if part == "test" else side.newest
    if value is None:
        return words("beside.side-state", name=side.name, state=words(f"states.{side.state}"))
    shown = share(value) if side.recipe.kind != "pretrain" else number(value)
    key = "beside.side-at" if at else "beside.side"
    return words(key, name=side.name, value=shown, update=f"{side.progress.update:,}")


def measured(sides: Sequence[Side], presets: Mapping[str, Preset], words: Words) -> str:
    """Return between which values the runs' presets lay when they were measured.

    That is "" where not all of them were, or where a knob is set otherwise than in the preset.
    """
    said, seeds = [], set()
    for side in sides:
        preset = presets.get(side.recipe.preset)
        if preset is None or not _follows(side.recipe, preset):
            return ""
        guesses = side.recipe.kind == "pretrain"
        found = preset.outcome.get("val_loss" if guesses else "test_accuracy")
        if not isinstance(found, list) or len(found) != 3:
            return ""
        seeds.add(preset.outcome.get("seeds"))
        low, high = (number(figure) if guesses else share(figure) for figure in (found[0], found[2]))
        said.append(words("beside.from-to", name=side.name, low=low, high=high))
    return words("beside.measured", seeds=seeds.pop(), sides=words("beside.and").join(said)) if len(seeds) == 1 else ""


def _follows(wanted: Recipe, preset: Preset) -> bool:
    """Return whether a run does what its preset says, but for what moves its figures by chance at the most."""
    if wanted.kind != preset.kind:
        return False
    try:
        knobs = asked(preset.kind, preset.wishes).knobs
    except RecipeError:
        return False
    return all(wanted.knobs.get(knob, value) == value for knob, value in knobs.items() if knob not in BY_CHANCE)


def share(value: float) -> str:
    """Return a share that is right in three digits, such as .712."""
    return f"{value:.3f}".removeprefix("0") if math.isfinite(value) else number(value)
