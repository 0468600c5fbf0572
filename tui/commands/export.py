"""`learncurve export RUN --to tensorboard DIR`: a run in another program's format."""

from __future__ import annotations

import difflib
import shlex
from pathlib import Path

import msgspec

from engine.errors import RecipeError
from engine.runs.store import Runs
from tui.commands.asked import Asked, say_json
from tui.widgets.zoo.figures import size

FORMATS = ("tensorboard",)


def run(asked: Asked) -> int:
    """Write a run, whatever has come of it so far, and say where."""
    name = asked.given.to
    if name not in FORMATS:
        near = difflib.get_close_matches(name.lower(), FORMATS, 1, 0.5)
        hint = f" (did you mean {near[0]}?)" if near else ""
        raise RecipeError(
            f"--to {name}: must be one of {', '.join(FORMATS)}{hint}.",
            code="export-format",
            field="to",
            value=name,
            names=", ".join(FORMATS),
        )
    from engine.exports.tensorboard import export

    folder = Runs(asked.usable_house().home).find(asked.given.run)
    exported = export(folder, Path(asked.given.folder).expanduser().absolute())
    if asked.json:
        say_json({"version": 1, **msgspec.to_builtins(exported, enc_hook=str)})
    else:
        print(
            asked.words(
                "export.done",
                run=exported.run,
                folder=exported.folder,
                updates=f"{exported.updates:,}",
                evaluations=f"{exported.evaluations:,}",
                size=size(exported.bytes),
                command=f"tensorboard --logdir {shlex.quote(str(exported.folder))}",
            )
        )
    return 0
