"""What a run will cost, known before it starts."""

from __future__ import annotations

import math
from itertools import pairwise

import msgspec

from engine.recipes.recipe import Recipe
from engine.recipes.shape import Shape

TRAIN_IMAGES = {"digits": 8_000, "mnist": 60_000, "fashion": 60_000}
"""Training examples of each data set of the MLP."""

DOWNLOAD_BYTES = {"mnist": 11_600_000, "fashion": 30_900_000}
"""What has to be downloaded once."""

PIXELS = 784
CLASSES = 10


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """Figures of a run before it starts; None is what nobody knows yet.

    Attributes:
        seconds: At the asked pace, or at full speed as `paced` says; of the training alone, without what is loaded
            before.
        paced: Whether the asked pace says how long it takes, rather than an estimate of the processor's work.
        memory_bytes: Of the worker, torch and transformers included.
    """

    updates: int | None
    parameters: int | None
    seconds: float | None
    paced: bool = False
    download_bytes: int | None = 0
    memory_bytes: int | None = None


def cost(recipe: Recipe, shape: Shape | None = None) -> Cost:
    """Return what a run costs.

    Args:
        shape: Of the BERT that it trains, where that is known; `engine.reading.origin` finds it.
    """
    from engine.recipes.text_cost import bert_cost, pretrain_cost

    match recipe.kind:
        case "bert":
            return bert_cost(recipe, shape)
        case "pretrain":
            return pretrain_cost(recipe, shape)
    return mlp_cost(recipe)


def mlp_cost(recipe: Recipe) -> Cost:
    """Return what an `mlp` run costs."""
    knobs = recipe.knobs
    data, epochs = str(knobs["data"]), int(knobs["epochs"])
    images = TRAIN_IMAGES[data]
    each = 1 if knobs["optimizer"] == "gd" else math.ceil(images / int(knobs["batch"]))
    sizes = [PIXELS, *(int(size) for size in str(knobs["hidden"]).split(",") if size), CLASSES]
    updates = each * epochs
    seconds, paced = paced_seconds(recipe, updates, None)
    return Cost(
        updates=updates,
        parameters=sum(wide * tall + tall for wide, tall in pairwise(sizes)),
        seconds=seconds,
        paced=paced,
        download_bytes=DOWNLOAD_BYTES.get(data, 0),
    )


def paced_seconds(recipe: Recipe, updates: int, at_full: float | None) -> tuple[float | None, bool]:
    """Return how long the updates take, `at_full` seconds at full speed, and whether the pace decides that."""
    pace = recipe.knobs["pace"]
    if isinstance(pace, str) or updates / float(pace) <= (at_full or 0):
        return at_full, False
    return updates / float(pace), True
