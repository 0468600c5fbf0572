"""What training an MLP costs: updates and parameters; nobody knows yet how long it takes at full speed."""

from __future__ import annotations

import math
from itertools import pairwise

from engine.recipes.cost import Cost, paced_seconds
from engine.recipes.recipe import Recipe

TRAIN_IMAGES = {"digits": 8_000, "mnist": 60_000, "fashion": 60_000}
"""Training examples of each data set of the MLP."""

DOWNLOAD_BYTES = {"mnist": 11_600_000, "fashion": 30_900_000}
"""What has to be downloaded once."""

PIXELS = 784
CLASSES = 10


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
