"""What a run will cost, known before it starts."""

from __future__ import annotations

import math
from itertools import pairwise

import msgspec

from engine.recipes.recipe import Recipe

TRAIN_IMAGES = {"digits": 8_000, "mnist": 60_000, "fashion": 60_000}
"""Training examples of each data set of the MLP."""

DOWNLOAD_BYTES = {"mnist": 11_600_000, "fashion": 30_900_000}
"""What has to be downloaded once."""

PIXELS = 784
CLASSES = 10


class Cost(msgspec.Struct, frozen=True):
    """Figures of a run before it starts.

    Attributes:
        seconds: At the asked pace; NaN at full speed, since that depends on the machine.
    """

    updates: int
    parameters: int
    seconds: float
    download_bytes: int


def mlp_cost(recipe: Recipe) -> Cost:
    """Return what an `mlp` run costs."""
    knobs = recipe.knobs
    data, epochs = str(knobs["data"]), int(knobs["epochs"])
    images = TRAIN_IMAGES[data]
    each = 1 if knobs["optimizer"] == "gd" else math.ceil(images / int(knobs["batch"]))
    sizes = [PIXELS, *(int(size) for size in str(knobs["hidden"]).split(",") if size), CLASSES]
    pace = knobs["pace"]
    updates = each * epochs
    return Cost(
        updates=updates,
        parameters=sum(wide * tall + tall for wide, tall in pairwise(sizes)),
        seconds=math.nan if isinstance(pace, str) else updates / float(pace),
        download_bytes=DOWNLOAD_BYTES.get(data, 0),
    )
