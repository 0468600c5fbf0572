"""A recipe: the kind of a run and the value of each of its knobs."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

import msgspec

from engine.errors import RecipeError
from engine.events import VERSION
from engine.recipes.knob import Knob, Value


class Kind(msgspec.Struct, frozen=True):
    """A kind of run, such as "mlp": its knobs in the order of a form."""

    name: str
    knobs: tuple[Knob, ...]

    def knob(self, name: str) -> Knob:
        """Return the knob of that name.

        Raises:
            RecipeError: There is none; the text names the nearest one.
        """
        for knob in self.knobs:
            if knob.name == name:
                return knob
        names = [knob.name for knob in self.knobs]
        near = difflib.get_close_matches(name, names, 1, 0.5)
        hint = f"did you mean {near[0]}?" if near else "there are " + ", ".join(names) + "."
        raise RecipeError(
            f"{name}: {self.name} has no such knob; {hint}",
            code="knob-unknown",
            field=name,
            kind=self.name,
            near=near[0] if near else "",
            names=", ".join(names),
        )


class Recipe(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked of a run; never changed once the run exists.

    Attributes:
        knobs: Every knob of the kind with its value, defaults included.
        preset: Name of the preset that it began from, "" for none.
        title: The learner's own name for the run.
    """

    kind: str
    knobs: dict[str, Value]
    preset: str = ""
    title: str = ""
    version: int = VERSION
    program: str = ""


def recipe(kind: Kind, wishes: Mapping[str, Any], *, preset: str = "", title: str = "", program: str = "") -> Recipe:
    """Return the recipe with `wishes` over the kind's defaults.

    Raises:
        RecipeError: A wish names no knob, or its value is of the wrong type or out of bounds.
    """
    knobs = {knob.name: knob.default for knob in kind.knobs}
    for name, wish in wishes.items():
        knobs[name] = kind.knob(name).parse(wish)
    return Recipe(kind=kind.name, knobs=knobs, preset=preset, title=title, program=program)
