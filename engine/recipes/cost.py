"""The figures of a run that are known before it starts."""

from __future__ import annotations

import msgspec

from engine.recipes.recipe import Recipe


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


def paced_seconds(recipe: Recipe, updates: int, at_full: float | None) -> tuple[float | None, bool]:
    """Return how long the updates take, `at_full` seconds at full speed, and whether the pace decides that."""
    pace = recipe.knobs["pace"]
    if isinstance(pace, str) or updates / float(pace) <= (at_full or 0):
        return at_full, False
    return updates / float(pace), True
