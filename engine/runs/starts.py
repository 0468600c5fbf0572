"""Where the weights of a BERT begin: found on this machine, or left to the hub; without torch."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

import engine
from engine.errors import RecipeError, RunError
from engine.model_folder import CONFIG, missing, require_model
from engine.recipes.starting import POSSIBLE, SCRATCH, SHIPPED, is_hub_id, is_path, looks_like_run, nearest
from engine.runs.folder import RunFolder
from engine.runs.store import Runs

WEIGHTS = Path(engine.__file__).parent / "weights" / "small-bert"
"""The weights that come with the program."""
FACTS = "facts.json"
"""Written last into a checkpoint's folder."""


class Start(msgspec.Struct, frozen=True):
    """What a model begins from.

    Attributes:
        path: A folder with config, tokenizer and weights; None for scratch, and for the hub until it is fetched.
        name: How it is called: the word, the run's id, the folder or the hub's id.
        finished: Whether a run has written its final model; `path` is a checkpoint otherwise.
    """

    kind: Literal["scratch", "shipped", "run", "folder", "hub"]
    path: Path | None
    name: str
    finished: bool = True


def resolve(start: str, home: Path) -> Start:
    """Return what `start` means: an exact word, a path, a run of this home, or else a model on the hub.

    Raises:
        RecipeError: It means nothing, or what it names is no model; the text says what is possible.
    """
    if start == SCRATCH:
        return Start("scratch", None, start)
    if start == SHIPPED:
        return _shipped()
    if is_path(start):
        return _folder(start)
    run, near = _run(start, home)
    if run is not None:
        return of_run(run, start)
    slip = nearest(start)
    if is_hub_id(start) and not slip and not looks_like_run(start):
        return Start("hub", None, start)
    hint = f"did you mean {slip or near}? " if slip or near else ""
    raise RecipeError(
        f"start={start}: there is nothing of that name; {hint}It may be {POSSIBLE}.",
        code="start-unknown",
        field="start",
        value=start,
        near=slip or near or "-",
    )


def of_run(run: RunFolder, start: str) -> Start:
    """Return the run's final model, or its newest whole checkpoint while it has none.

    Raises:
        RecipeError: The run trains no BERT, or has saved nothing yet.
    """
    kind = run.recipe().kind
    if kind not in ("pretrain", "bert"):
        raise RecipeError(
            f"start={start}: {run.id} is a run of the kind {kind}; only runs of pretrain and bert leave a BERT.",
            code="start-run-kind",
            field="start",
            value=start,
            run=run.id,
            kind=kind,
        )
    if not missing(run.path / "model"):
        return Start("run", run.path / "model", run.id)
    saved = newest_checkpoint(run.checkpoints)
    if saved is None:
        raise RecipeError(
            f"start={start}: {run.id} has saved no model yet; wait for its first checkpoint, or take start=shipped.",
            code="start-run-empty",
            field="start",
            value=start,
            run=run.id,
        )
    return Start("run", saved, run.id, finished=False)


def newest_checkpoint(folder: Path) -> Path | None:
    """Return the newest checkpoint that is a whole model, None if there is none."""
    numbered = sorted((path for path in folder.glob("?????????") if path.name.isdigit()), reverse=True)
    return next((path for path in numbered if (path / FACTS).is_file() and not missing(path)), None)


def _shipped() -> Start:
    if missing(WEIGHTS):
        raise RecipeError(
            f"start=shipped: the weights that belong to this program are not in {WEIGHTS}; install it anew with "
            "pip install --force-reinstall learncurve, or take start=scratch.",
            code="start-shipped-missing",
            field="start",
            value="shipped",
            folder=WEIGHTS,
        )
    return Start("shipped", WEIGHTS, SHIPPED)


def _folder(start: str) -> Start:
    path = Path(start).expanduser().resolve()
    if not path.is_dir():
        what = "is a file; name the folder that it is in" if path.exists() else "is not there"
        raise RecipeError(
            f"start={start}: {path} {what}. start may be {POSSIBLE}.",
            code="start-folder-missing",
            field="start",
            value=start,
            path=path,
        )
    run = RunFolder(path)
    if run.recipe_file.is_file() and not (path / CONFIG).is_file():  # a model may come with the recipe that made it
        return of_run(run, start)
    require_model(path, start)
    return Start("folder", path, start)


def _run(start: str, home: Path) -> tuple[RunFolder | None, str]:
    """Return the run of that id, or None and the run that is nearest to it.

    Raises:
        RecipeError: Several runs are called so.
    """
    try:
        return Runs(home).find(start), ""
    except RunError as error:
        if error.code == "run-ambiguous":
            raise RecipeError(
                f"start={error.sentence}",
                code="start-run-ambiguous",
                field="start",
                value=start,
                names=error.details["names"],
            ) from error
        return None, error.details["near"]
