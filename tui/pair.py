"""A run and the one that it is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from content.course.preset import Preset
from engine.recipes import Recipe, Value
from tui.start import asked


def other_half(preset: Preset, other: Preset, knobs: Mapping[str, Value], *, title: str = "") -> Recipe:
    """Return the recipe of `other` to go with a run that began from `preset` and has these knobs.

    What was changed against the preset is changed in both, such as the seed; where the presets themselves differ,
    the other keeps its own value.

    Raises:
        RecipeError: A preset is refused, or what was changed does not suit the other one.
    """
    own = asked(preset.kind, preset.wishes).knobs
    wishes: dict[str, Any] = dict(asked(other.kind, other.wishes).knobs)
    wishes |= {name: value for name, value in knobs.items() if value != own[name] and own[name] == wishes.get(name)}
    return asked(other.kind, wishes, preset=other.name, title=title)
