"""The command line: `learncurve` opens the app, `learncurve VERB` does one thing and leaves.

Status 0: done. 1: it failed, and one sentence says why. 2: the words were wrong.
Only what a verb needs is imported, so that `--version` and `--help` answer at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.commands.asked import Asked


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if sys.platform == "win32":
        print("Learncurve needs a Unix-like system. On Windows, install WSL (wsl --install) and run it there.")
        return 1
    if given == ["--version"]:
        from tui.version import version

        print(f"learncurve {version()}")
        return 0
    from tui.commands.at_once import at_once

    asked = at_once(given)
    if asked is None:
        from tui.commands.parser import parse

        asked = parse(given)
    return run(asked)


def run(asked: Asked) -> int:
    """Do what was asked; an error that the user can mend is one sentence on standard error."""
    from importlib import import_module

    try:
        status = import_module(f"tui.commands.{asked.module}").run(asked)
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except Exception as problem:
        if not hasattr(problem, "sentence"):
            raise
        return refused(asked, problem)
    return int(status)


def refused(asked: Asked, problem: Exception) -> int:
    """Say an error that the user can mend; 2 where a recipe's words were wrong, 1 where something failed."""
    from content.errors import ContentError
    from engine.errors import RecipeError

    sentence = asked.words.error(problem)
    if asked.course and isinstance(problem, ContentError):
        sentence = f"{asked.course.rstrip('/')}/{sentence}"  # its file is named within the course
    if asked.json:
        from tui.commands.asked import say_json

        code, details = getattr(problem, "code", ""), getattr(problem, "details", {})
        say_json({"version": 1, "error": {"code": code, "sentence": sentence, "details": details}})
    print(f"learncurve: {sentence}", file=sys.stderr)
    return 2 if isinstance(problem, RecipeError) else 1


if __name__ == "__main__":
    sys.exit(main())
