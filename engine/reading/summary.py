"""A run in a few figures: what `show RUN --json` prints, a contract with a version."""

from __future__ import annotations

import math
from typing import Any

from engine.errors import RunError
from engine.events import named
from engine.reading.progress import Progress
from engine.runs.folder import RunFolder
from engine.runs.result import Result
from engine.runs.state import ALIVE, State

FIGURES = ("train_loss", "val_loss", "val_accuracy", "test_loss", "test_accuracy")


def summary(folder: RunFolder, progress: Progress, state: State) -> dict[str, Any]:
    """Return the run as plain data for JSON; what is not known is None, NaN and infinity are their names.

    `updates` and `epochs` are done ones; `recipe` has every knob with its value.

    Raises:
        RunError: The recipe cannot be read.
    """
    recipe = folder.recipe()
    result = None if state in ALIVE else _result(folder)
    planned = progress.planned
    plain: dict[str, Any] = {
        "id": folder.id,
        "kind": recipe.kind,
        "state": state,
        "recipe": dict(recipe.knobs),
        "preset": recipe.preset,
        "title": recipe.title,
        "updates": result.update if result else progress.update,
        "epochs": result.epochs if result else progress.whole_epochs,
        "planned_updates": planned.updates if planned else None,
        "planned_epochs": planned.epochs if planned else None,
        "parameters": planned.parameters if planned else None,
        **_figures(progress, result),
        "val_f1": _measured(progress.evaluated.val_f1 if progress.evaluated else math.nan),
        "test_f1": _measured(progress.tested.f1 if progress.tested else math.nan),
        "seconds": round(progress.seconds or (result.seconds if result else 0.0), 3),
        "attempts": progress.attempt.number if progress.attempt else 0,
        "began": progress.began or None,
        "reason": result.reason if result else "",
        "code": result.code if result else "",
        "folder": str(folder.path.absolute()),
    }
    whole: dict[str, Any] = named(plain)
    return whole


def _figures(progress: Progress, result: Result | None) -> dict[str, float | None]:
    """Return the newest figures: of the result, else of the newest evaluation and the test."""
    newest, tested = progress.evaluated, progress.tested
    said = {
        "train_loss": newest.train_loss if newest else None,
        "val_loss": newest.val_loss if newest else None,
        "val_accuracy": newest.val_accuracy if newest else None,
        "test_loss": tested.loss if tested else None,
        "test_accuracy": tested.accuracy if tested else None,
    }
    if result is not None:
        said |= {name: value for name in FIGURES if (value := getattr(result, name)) is not None}
    return said


def _measured(figure: float) -> float | None:
    """Return a figure, None where this kind of run has none."""
    return None if math.isnan(figure) else figure


def _result(folder: RunFolder) -> Result | None:
    try:
        return folder.result()
    except RunError:
        return None
