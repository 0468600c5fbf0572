"""`learncurve train RECIPE`: start a run, and follow it unless told not to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.errors import RecipeError
from engine.recipes import KINDS, Recipe
from engine.runs.store import Runs
from tui import start
from tui.commands.asked import Asked, say_json

if TYPE_CHECKING:
    from content.course.preset import Preset


def run(asked: Asked) -> int:
    """Start what was asked for; print its id or folder, or follow it to its end."""
    wanted = asked_recipe(asked)
    begin = start.prepare if asked.given.prepare else start.start
    folder = begin(Runs(asked.usable_house().home), wanted)
    if asked.given.detach or asked.given.prepare:
        if asked.json:
            say_json({"version": 1, "id": folder.id, "folder": folder.path})
        else:
            print(folder.path if asked.given.prepare else asked.words("cli.started", run=folder.id))
        return 0
    from tui.commands.follow import follow

    return follow(folder, asked)


def asked_recipe(asked: Asked) -> Recipe:
    """Return the recipe that the words ask for.

    Raises:
        RecipeError: No such recipe, knob or preset, or a value that is out of bounds.
    """
    kind = KINDS.get(asked.given.kind)
    if kind is None:
        raise RecipeError(
            f"{asked.given.kind}: there is no such recipe; there are {', '.join(KINDS)}.",
            code="recipe-unknown",
            field="recipe",
            value=asked.given.kind,
            names=", ".join(KINDS),
        )
    wishes: dict[str, Any] = {}
    if asked.given.preset:
        wishes |= asked_preset(presets(asked), asked.given.preset, kind.name).wishes
    return start.asked(kind.name, wishes | settings(asked), preset=asked.given.preset, title=asked.given.title)


def settings(asked: Asked) -> dict[str, str]:
    """Return what --set asks for.

    Raises:
        RecipeError: One of them is no KNOB=VALUE.
    """
    wishes = {}
    for pair in asked.given.set:
        name, equals, value = pair.partition("=")
        if not equals:
            raise RecipeError(
                f"--set {pair}: write it as KNOB=VALUE, such as --set lr=0.1.",
                code="set-shape",
                field="set",
                value=pair,
            )
        wishes[name.strip()] = value
    return wishes


def presets(asked: Asked) -> dict[str, Preset]:
    """Return the presets of the course, by name."""
    from content.course.course import open_course
    from tui.app_start import course_folder

    return open_course(course_folder(asked.course)).presets


def asked_preset(known: dict[str, Preset], name: str, kind: str) -> Preset:
    """Return the preset of that name and kind; "" takes any kind.

    Raises:
        RecipeError: There is none; the text names those that there are.
    """
    preset = known.get(name)
    if preset is None or (kind and preset.kind != kind):
        names = ", ".join(sorted(other for other, each in known.items() if not kind or each.kind == kind))
        of = f" of {kind}" if kind else ""
        raise RecipeError(
            f"{name}: there is no such preset{of}; there are {names}.",
            code="preset-unknown",
            field="preset",
            value=name,
            kind=kind or "-",
            names=names,
        )
    return preset
