"""The command line: `learncurve` opens the app, `learncurve VERB` does one thing and leaves.

Status 0: done. 1: it failed, and one sentence says why. 2: the words were wrong.
Only what a verb needs is imported, so that `--version` and `--help` answer at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence


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
    from tui.commands.parser import parse

    return run(parse(given))


def run(asked: object) -> int:
    """Do what was asked; an error that the user can mend is one sentence on standard error."""
    from importlib import import_module

    from tui.commands.asked import Asked

    assert isinstance(asked, Asked)
    try:
        status = import_module(f"tui.commands.{asked.module}").run(asked)
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except Exception as problem:
        if not hasattr(problem, "sentence"):
            raise
        print(f"learncurve: {asked.words.error(problem)}", file=sys.stderr)
        return 1
    return int(status)


if __name__ == "__main__":
    sys.exit(main())
