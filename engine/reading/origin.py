"""What the weights of a run begin from, as far as it can be told without opening them."""

from __future__ import annotations

from pathlib import Path

import msgspec

from engine.errors import EngineError
from engine.hub.place import snapshot
from engine.recipes import Recipe, Value, starting
from engine.recipes.shape import SHIPPED, Shape, known, shape_of_config
from engine.runs.starts import resolve
from engine.runs.store import Runs

MOST_RUNS = 200
"""Runs that are looked at for models to begin from, the newest first."""


def shape(recipe: Recipe, home: Path | None = None) -> Shape | None:
    """Return the shape of the BERT that a recipe trains; None for another kind, or where nobody knows it yet."""
    if recipe.kind == "pretrain":
        return _of_knobs(recipe.knobs, int(recipe.knobs["positions"]))
    if recipe.kind != "bert":
        return None
    start = str(recipe.knobs["start"])
    if start == starting.SCRATCH:
        return _of_knobs(recipe.knobs, int(recipe.knobs["max_length"]))
    if start == starting.SHIPPED:
        return SHIPPED
    if found := known(start):
        return found[0]
    try:
        begins = resolve(start, home) if home is not None else None
    except EngineError:
        return None
    folder = None if begins is None else snapshot(start) if begins.kind == "hub" else begins.path
    return _of_folder(folder) if folder is not None else None


def pretrained(home: Path) -> list[str]:
    """Return the ids of the pre-trainings whose model is ready to begin from, newest first."""
    runs = Runs(home).all()[:MOST_RUNS]
    return [run.id for run in runs if "-pretrain-" in run.id and (run.path / "model" / "config.json").is_file()]


def _of_knobs(knobs: dict[str, Value], positions: int) -> Shape:
    layers, hidden, heads, vocabulary = (int(knobs[name]) for name in ("layers", "hidden", "heads", "vocabulary"))
    return Shape(layers, hidden, heads, vocabulary, positions)


def _of_folder(folder: Path) -> Shape | None:
    try:
        config = msgspec.json.decode((folder / "config.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return shape_of_config(config) if isinstance(config, dict) else None
