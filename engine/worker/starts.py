"""What a run's weights begin from, made ready before anything heavy is imported."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from engine.errors import RecipeError, RunError
from engine.memory import available_bytes, is_main
from engine.model_folder import config_of, missing, weight_files
from engine.recipes import Value
from engine.recipes.checks import check
from engine.recipes.shape import Shape, shape_of_config
from engine.recipes.starting import SCRATCH
from engine.runs.starts import Start, resolve
from engine.worker.hub import fetch
from engine.worker.session import Session

__all__ = ["Start", "prepare", "require_memory", "resolve"]

PINNED = "start"
"""Folder in a run's folder: the checkpoint of another run that goes on, and would soon delete it."""
TRAINED_BYTES = 16
"""Bytes of a parameter that Adam trains in single precision: itself, its gradient, two means."""
FROZEN_BYTES = 4


def prepare(session: Session, start: str) -> Start:
    """Return what the run begins from, on this disk, and fit for the recipe; what a recipe calls first.

    A run that goes on begins from its own newest checkpoint, so that it needs neither the hub nor another run.

    Raises:
        Stopped: The run is to stop.
        EngineError: There is no such start, it is no model, the hub does not give it, or memory is short.
    """
    check(session.recipe)
    knobs = session.recipe.knobs
    if start == SCRATCH:
        require_memory(start, knobs, scratch_shape(knobs), session.place.local_world)
        return resolve(start, session.folder.home)
    found = _own(session, start) or resolve(start, session.folder.home)

    def examine(config: dict[str, Any], weights: int) -> None:
        _examine(start, knobs, config, weights, session.place.local_world)

    if found.kind == "hub":
        return replace(found, path=fetch(session, found.name, examine))
    assert found.path is not None
    examine(config_of(found.path, start), sum(path.stat().st_size for path in weight_files(found.path)))
    return found if found.finished else replace(found, path=_pin(session, found.path))


def _own(session: Session, start: str) -> Start | None:
    """Return what the run itself keeps of its weights: its newest checkpoint, or what it took over to begin with."""
    newest = session.checkpoints.newest()
    kept = [session.folder.path / PINNED] if newest is None else [newest[0], session.folder.path / PINNED]
    for folder in kept:
        if not missing(folder):
            try:
                return Start("run", folder, resolve(start, session.folder.home).name)
            except RecipeError:  # what it began from is gone
                return Start("run", folder, start)
    return None


def scratch_shape(knobs: Mapping[str, Value]) -> Shape:
    """Return the shape of a model from scratch; its tokenizer may come out smaller than `vocabulary`."""
    return Shape(
        layers=int(knobs["layers"]),
        hidden=int(knobs["hidden"]),
        heads=int(knobs["heads"]),
        vocabulary=int(knobs["vocabulary"]),
        positions=int(knobs.get("positions") or knobs["max_length"]),
    )


def require_memory(start: str, knobs: Mapping[str, Value], shape: Shape, copies: int = 1) -> None:
    """Return if weights, gradients and Adam's means fit into what is available; batches come on top of it.

    Args:
        copies: Processes on this machine, each of which has its own.

    Raises:
        RunError: They do not.
    """
    every = shape.classifier(2)
    freeze = knobs.get("freeze", "none")
    frozen = {"embeddings": shape.embeddings, "encoder": shape.embeddings + shape.encoder}.get(str(freeze), 0)
    _require_bytes(start, knobs, copies * (FROZEN_BYTES * frozen + TRAINED_BYTES * (every - frozen)), every)


def _examine(start: str, knobs: Mapping[str, Value], config: dict[str, Any], weights: int, copies: int) -> None:
    """Return if a model of that config, with so many bytes of weights, can be trained as the knobs say."""
    positions, longest = config.get("max_position_embeddings"), int(knobs.get("max_length", 0))
    if isinstance(positions, int) and longest > positions > 0:
        raise RecipeError(
            f"max_length={longest}: {start} reads at most {positions} tokens; take max_length={positions} or less.",
            code="start-length",
            field="max_length",
            value=longest,
            start=start,
            most=positions,
        )
    shape = shape_of_config(config)
    if shape is not None:
        require_memory(start, knobs, shape, copies)
    elif knobs.get("freeze") != "encoder":
        # At least so much: weights in half precision take twice as many bytes once they are trained.
        _require_bytes(start, knobs, copies * weights * TRAINED_BYTES // FROZEN_BYTES, weights // FROZEN_BYTES)


def _require_bytes(start: str, knobs: Mapping[str, Value], needed: int, parameters: int) -> None:
    if not is_main(str(knobs.get("device", "cpu"))):
        return
    available = available_bytes()
    if available and needed > available:
        raise RunError(
            f"start={start}: training its {parameters / 1e6:,.0f} million parameters takes {needed / 1e9:,.1f} GB "
            f"before the first text, and {available / 1e9:,.1f} GB of memory are free; take a smaller model, "
            "freeze=encoder, or close other programs.",
            code="start-memory",
            value=start,
            parameters=f"{parameters / 1e6:,.0f}",
            needed=f"{needed / 1e9:,.1f}",
            available=f"{available / 1e9:,.1f}",
        )


def _pin(session: Session, checkpoint: Path) -> Path:
    """Return a folder of our own with the checkpoint's files: links where the disk allows, else copies."""
    pinned = session.folder.path / PINNED
    making = session.folder.path / f".{PINNED}-{os.getpid()}"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir()
    wanted = {path.name for path in weight_files(checkpoint)}
    try:
        for path in checkpoint.iterdir():
            if path.suffix in (".json", ".txt") or path.name in wanted:
                _link(path, making / path.name)
        making.rename(pinned)
    except OSError as error:
        shutil.rmtree(making, ignore_errors=True)
        if pinned.is_dir() and not missing(pinned):
            return pinned  # another process of the same group was quicker
        raise RunError(
            f"{checkpoint} cannot be taken over ({error.strerror}): start again, or free some space.",
            code="start-pin",
            folder=checkpoint,
            why=error.strerror,
        ) from error
    return pinned


def _link(path: Path, place: Path) -> None:
    try:
        os.link(path, place)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(path, place)
