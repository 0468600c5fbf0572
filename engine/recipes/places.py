"""Places in a recipe: a worker stands elsewhere than the learner, so that relative paths are made absolute."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.recipes.recipe import Kind

TEXT_FILES = (".csv", ".tsv", ".jsonl", ".json", ".parquet")
"""Endings of the learner's own data files that are read."""
RUN = re.compile(r"\d{8}-\d{6}-")
"""How the id of a run begins."""
HUB = re.compile(r"[\w.-]+(/[\w.-]+)?", re.ASCII)
"""What a model or a data set on a hub is called."""


def is_path(value: str) -> bool:
    """Return whether `value` can only be meant as a path, be it there or not; a hub's "user/name" is none."""
    return (
        value.lower().endswith((*TEXT_FILES, ".txt"))
        or value.startswith(("/", "~", "./", "../", ".\\"))
        or value in (".", "..")
        or not HUB.fullmatch(value)
    )


def absolute_paths(kind: Kind, knobs: Mapping[str, Any], cwd: Path) -> dict[str, Any]:
    """Return `knobs` with paths that no longer depend on where anybody stands.

    Only free text is looked at, such as `data` and `start`. A word that the recipe knows stays, and so does a
    run's id; a name on a hub stays unless a file or folder of that name is there.

    Args:
        cwd: Where the learner stands.
    """
    free = {knob.name: knob.choices for knob in kind.knobs if knob.kind == "text"}
    return {
        name: _absolute(value, cwd) if isinstance(value, str) and value not in free.get(name, (value,)) else value
        for name, value in knobs.items()
    }


def _absolute(value: str, cwd: Path) -> str:
    text = value.strip()
    if RUN.match(text) or not text:
        return value
    try:
        place = cwd / Path(text).expanduser()
        there = place.exists()
    except (OSError, RuntimeError, ValueError):  # too long, a stranger's home, no path at all: the worker says so
        return value
    return os.path.abspath(place) if there or is_path(text) else value
