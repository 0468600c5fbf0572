"""Starting a run: its folder is made, its worker launched."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from engine.recipes import Recipe
from engine.runs.folder import RunFolder
from engine.runs.launch import launch
from engine.runs.store import Runs


def start(runs: Runs, wanted: Recipe) -> RunFolder:
    """Return the folder of a new run, whose worker no longer depends on this process.

    Raises:
        RunError: The folder cannot be made, or the worker cannot be started.
    """
    folder = runs.create(wanted, datetime.now(UTC), secrets.token_hex(2))
    launch(folder)
    return folder
