"""Whether a recipe can be shared among the processes that it asks for."""

from __future__ import annotations

from engine.errors import RecipeError
from engine.recipes.recipe import Recipe


def check_sharing(recipe: Recipe, started: int = 1) -> None:
    """Do nothing if every process gets an equal share of a batch.

    Args:
        started: How many processes there are already, as torchrun started them; 1 where they are still to be.

    Raises:
        RecipeError: The batch cannot be shared evenly, or the device serves one process only, or there are more
            or fewer processes than the recipe says.
    """
    knobs = recipe.knobs
    processes = int(knobs.get("processes", 1))
    if started not in (1, processes):
        raise RecipeError(
            f"processes={processes}: {started} were started; start as many as the recipe says.",
            code="processes-started",
            field="processes",
            value=processes,
            processes=started,
        )
    if processes == 1:
        return
    if knobs.get("device") == "mps":
        raise RecipeError(
            f"device=mps: it serves one process, not {processes}; use device=cpu, or processes=1.",
            code="processes-mps",
            field="device",
            value="mps",
            processes=processes,
        )
    name = "batch" if "batch" in knobs else "train_batch"
    batch = int(knobs[name])
    if batch % processes and knobs.get("optimizer") != "gd":
        raise RecipeError(
            f"{name}={batch}: {processes} processes cannot share it evenly; choose a multiple of {processes}.",
            code="processes-share",
            field=name,
            value=batch,
            processes=processes,
        )
