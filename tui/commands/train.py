"""`learncurve train RECIPE`: start a run, and follow it unless told not to."""

from __future__ import annotations

from typing import Any

from engine.errors import RecipeError
from engine.recipes import KINDS, Recipe, recipe
from engine.runs.store import Runs
from tui.commands.asked import Asked, say_json
from tui.start import start
from tui.version import version


def run(asked: Asked) -> int:
    """Start what was asked for; print its id and folder, or follow it to its end."""
    wanted = asked_recipe(asked)
    folder = start(Runs(asked.usable_house().home), wanted)
    if asked.given.detach:
        if asked.json:
            say_json({"version": 1, "id": folder.id, "folder": folder.path})
        else:
            print(asked.words("cli.started", run=folder.id))
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
        wishes.update(preset_wishes(asked, kind.name))
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
    return recipe(kind, wishes, preset=asked.given.preset, title=asked.given.title, program=version())


def preset_wishes(asked: Asked, kind: str) -> dict[str, Any]:
    """Return what a preset of the course sets."""
    from content.course.course import open_course
    from tui.app_start import course_folder

    presets = open_course(course_folder(asked.course)).presets
    preset = presets.get(asked.given.preset)
    if preset is None or preset.kind != kind:
        names = ", ".join(sorted(name for name, known in presets.items() if known.kind == kind))
        raise RecipeError(
            f"{asked.given.preset}: there is no such preset of {kind}; there are {names}.",
            code="preset-unknown",
            field="preset",
            value=asked.given.preset,
            kind=kind,
            names=names,
        )
    return dict(preset.wishes)
