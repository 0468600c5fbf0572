"""What `start` may be: a word, a folder, a run, or a model on the hub; told apart by how it is written."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

from engine.recipes.shape import HUB

SHIPPED, SCRATCH = "shipped", "scratch"
WORDS = (SHIPPED, SCRATCH)
POSSIBLE = "shipped, scratch, a run's id, a folder such as ./model, or a model of the hub such as bert-base-uncased"
HUB_PART = r"[A-Za-z0-9](?:[\w.-]{0,94}[A-Za-z0-9_])?"
HUB_ID = re.compile(f"(?:{HUB_PART}/)?{HUB_PART}", re.ASCII)
RUN_ID = re.compile(r"\d{8}(?:-.*)?|(?:[a-z]+-)?[0-9a-f]{4}")
"""A run's id, its beginning, or its end."""
NEAR = 0.8


def is_path(start: str) -> bool:
    """Return whether `start` is written as a place on the disk, or names one that is there."""
    return start.startswith((".", "~", "/")) or ("/" in start and Path(start).exists())


def is_hub_id(start: str) -> bool:
    """Return whether a model on the hub could be called so: NAME, or USER/NAME."""
    return bool(HUB_ID.fullmatch(start)) and "--" not in start and ".." not in start and not start.endswith(".git")


def looks_like_run(start: str) -> bool:
    """Return whether `start` is written as a run's id is, or a part of one."""
    return bool(RUN_ID.fullmatch(start))


def nearest(start: str) -> str:
    """Return the word or well-known model that `start` may be a slip of, "" for none."""
    near = difflib.get_close_matches(start.lower(), [*WORDS, *HUB], 1, NEAR)
    return near[0] if near and near[0] != start else ""
