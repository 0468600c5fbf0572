"""What every supply is: it looks around from time to time, and returns a demo's state with the news in it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, Protocol, cast

from engine.runs.store import Runs
from tui.watch import Watch

LOOK_SECONDS = 0.1
"""How often a supply looks around."""

SUPPLIES = {"ladder": "LadderSupply", "attention": "AttentionSupply", "masked": "MaskedSupply"}
"""The supply of each demo that has one; it stands in the module of the demo's name."""


class Supply(Protocol):
    """Nothing in it ever waits: it is asked between two keys of the learner."""

    def look(self, state: Any) -> Any:
        """Return a demo's state with what is new in it; the same state where nothing is."""

    def leave(self) -> None:
        """Let go of whatever was started: the demo is left."""


class Surroundings:
    """Where a supply finds what it gives."""

    def __init__(self, runs: Runs, followed: Watch, language: Callable[[], str]) -> None:
        """`language`: Returns the learner's language of the moment."""
        self.runs = runs
        self.followed = followed
        self.language = language


def supply_of(name: str, around: Surroundings) -> Supply | None:
    """Return a new supply of a demo, None where it needs none."""
    if name not in SUPPLIES:
        return None
    kind = getattr(import_module(f"tui.supplies.{name}"), SUPPLIES[name])
    return cast("Supply", kind(around))
