"""Starting a run: its recipe is made, then its folder, then its worker is launched."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from engine.errors import RecipeError
from engine.recipes import KINDS, Recipe, recipe
from engine.recipes.checks import check
from engine.recipes.places import absolute_paths
from engine.recipes.sharing import check_sharing
from engine.runs.folder import RunFolder
from engine.runs.launch import launch
from engine.runs.result import Result
from engine.runs.store import Runs
from tui.version import version

BEGIN_SECONDS = 8.0
"""How long the second of two runs waits for the first to be in the queue before it."""

LOOK_SECONDS = 0.05


def asked(kind: str, wishes: Mapping[str, Any], *, preset: str = "", title: str = "") -> Recipe:
    """Return the recipe of a run, made the same way wherever it is asked for.

    Raises:
        RecipeError: No such knob, a value out of bounds, or values that do not go together.
    """
    here = absolute_paths(KINDS[kind], wishes, _here())
    made = recipe(KINDS[kind], here, preset=preset, title=title, program=version())
    check(made)
    check_sharing(made)
    return made


def refused(kind: str, wishes: Mapping[str, Any]) -> str | None:
    """Return why a recipe would be refused, None where it is sound."""
    if kind not in KINDS:
        return f"there is no recipe {kind}; there are {', '.join(KINDS)}"
    try:
        asked(kind, wishes)
    except RecipeError as problem:
        return str(problem)
    return None


def start(runs: Runs, wanted: Recipe) -> RunFolder:
    """Return the folder of a new run, whose worker no longer depends on this process.

    Raises:
        RunError: The folder cannot be made, or the worker cannot be started.
    """
    folder = runs.create(wanted, datetime.now(UTC), secrets.token_hex(2))
    launch(folder)
    return folder


def prepare(runs: Runs, wanted: Recipe) -> RunFolder:
    """Return the folder of a new run that others start, such as torchrun on several machines; till then it is stopped.

    Raises:
        RunError: The folder cannot be made.
    """
    folder = runs.create(wanted, datetime.now(UTC), secrets.token_hex(2))
    folder.write_result(Result(state="stopped"))
    return folder


def start_first(runs: Runs, first: Recipe, second: Recipe) -> tuple[RunFolder, RunFolder]:
    """Return the folders of two new runs, the first one launched; `launch_behind` launches the other.

    Raises:
        RunError: A folder cannot be made, or the worker cannot be started.
    """
    now, token = datetime.now(UTC), secrets.randbelow(0xFFFF)  # neighbours in name, as they are in the list of runs
    early = runs.create(first, now, f"{token:04x}")
    launch(early)
    return early, runs.create(second, now, f"{token + 1:04x}")


def launch_behind(first: RunFolder, second: RunFolder, seconds: float | None = None) -> None:
    """Launch a run once another one has begun, so that it queues behind it, and at the latest after some seconds.

    Raises:
        RunError: The worker cannot be started.
    """
    deadline = time.monotonic() + (BEGIN_SECONDS if seconds is None else seconds)
    while time.monotonic() < deadline and not first.events_file.exists():
        time.sleep(LOOK_SECONDS)
    launch(second)


def _here() -> Path:
    """Return the folder that paths are meant from; the home where that folder is gone."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        return Path.home()
