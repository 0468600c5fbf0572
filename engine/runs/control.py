"""What the learner wants of a run: the file `wanted`, obeyed by the worker and acknowledged by an event."""

from __future__ import annotations

import math

import msgspec
from msgspec.structs import replace

from engine.errors import RunError
from engine.recipes import Recipe
from engine.runs.folder import RunFolder
from engine.runs.replacing import replace_file


class Wanted(msgspec.Struct, frozen=True):
    """A wish: be in `state`, at `pace`.

    Attributes:
        state: "running", "paused" or "stopped".
        pace: Updates a second; 0 means as fast as it goes.
        until_update: Update after which the worker pauses by itself; 0 means none. What the worker has
            passed already means: pause now.
    """

    state: str = "running"
    pace: float = 0.0
    until_update: int = 0


def first_wish(recipe: Recipe) -> Wanted:
    """Return the wish that a run begins with: running, at the recipe's pace."""
    pace = recipe.knobs.get("pace", "full")
    return Wanted(pace=0.0 if isinstance(pace, str) else float(pace))


def wanted(folder: RunFolder) -> Wanted:
    """Return the newest wish; where the file is missing or broken, the one that a run begins with.

    Raises:
        RunError: The recipe is needed and cannot be read.
    """
    try:
        return msgspec.json.decode(folder.wanted_file.read_bytes(), type=Wanted)
    except (OSError, msgspec.DecodeError):
        return first_wish(folder.recipe())


def want(folder: RunFolder, wish: Wanted) -> None:
    """Make `wish` the newest one.

    Raises:
        RunError: The folder cannot be written.
    """
    replace_file(folder.wanted_file, msgspec.json.encode(wish) + b"\n")


def pause(folder: RunFolder) -> None:
    """Ask the run to pause after the update that it is doing."""
    want(folder, replace(wanted(folder), state="paused", until_update=0))


def go_on(folder: RunFolder) -> None:
    """Ask a paused run to go on, or a run that is to be launched again to run."""
    want(folder, replace(wanted(folder), state="running", until_update=0))


def step(folder: RunFolder, at_update: int) -> None:
    """Ask a run that pauses at `at_update` for one more update, and to pause again."""
    want(folder, replace(wanted(folder), state="running", until_update=at_update + 1))


def set_pace(folder: RunFolder, pace: float) -> None:
    """Ask for so many updates a second; 0 means as fast as it goes.

    Raises:
        RunError: The pace is negative or no number.
    """
    if not (math.isfinite(pace) and pace >= 0):
        raise RunError(
            f"pace={pace}: must be a number of updates a second, or 0 for full speed.",
            code="pace-out-of-bounds",
            field="pace",
            value=pace,
        )
    want(folder, replace(wanted(folder), pace=pace))


def stop(folder: RunFolder) -> None:
    """Ask the run to save a checkpoint, write its result and end."""
    want(folder, replace(wanted(folder), state="stopped", until_update=0))
