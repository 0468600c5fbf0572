"""Which models a demo can ask: those of the learner's runs, newest first, then the one that comes along."""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import Literal

from engine.datasets.facts import FACTS
from engine.errors import RunError
from engine.recipes import Recipe
from engine.runs.asker import has_model
from engine.runs.folder import RunFolder
from engine.runs.store import Runs
from tui.demos.asked_model import SHIPPED, AskedModel
from tui.supplies.supply import Surroundings

MOST_RUNS = 200
"""Runs that are looked at, the newest first."""

SCAN_SECONDS = 2.0

ENGLISH = "definitions"


class Models:
    """The models that can be asked, looked for again every few seconds: a run may leave one at any time."""

    def __init__(self, around: Surroundings, kinds: Collection[str]) -> None:
        self._around = around
        self._kinds = kinds
        self._scanned = -math.inf
        self._found: tuple[AskedModel, ...] = ()

    def now(self) -> tuple[AskedModel, ...]:
        """Return them."""
        now = self._around.followed.clock()
        if not 0 <= now - self._scanned < SCAN_SECONDS:
            self._scanned = now
            self._found = askable(self._around.runs, self._kinds)
        return self._found


def askable(runs: Runs, kinds: Collection[str]) -> tuple[AskedModel, ...]:
    """Return the models that can be asked; a run that has just begun has none yet."""
    found = []
    for folder in runs.all()[:MOST_RUNS]:
        if any(f"-{kind}-" in folder.id for kind in kinds) and has_model(folder):
            model = _of_run(folder, kinds)
            if model is not None:
                found.append(model)
    return (*found, SHIPPED)


def _of_run(folder: RunFolder, kinds: Collection[str]) -> AskedModel | None:
    try:
        recipe = folder.recipe()
    except RunError:
        return None  # the list of runs says what is wrong with it
    match recipe.kind:
        case "bert" | "pretrain" as kind if kind in kinds:
            return AskedModel(folder.id, kind, _language(recipe))
    return None


def _language(recipe: Recipe) -> Literal["en", "zh", ""]:
    data = str(recipe.knobs.get("data", ""))
    if data == ENGLISH:
        return "en"
    said = FACTS[data].language if data in FACTS else ""
    return said if said in ("en", "zh") else ""  # type: ignore[return-value]  # one of the three
