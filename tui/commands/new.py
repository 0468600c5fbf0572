"""`learncurve course new DIR`: the first files of a course of one's own."""

from __future__ import annotations

from pathlib import Path

from content.course.skeleton import write_skeleton
from tui.commands.asked import Asked, say_json


def run(asked: Asked) -> int:
    """Write the files, name them, and say how to go on."""
    folder = Path(asked.given.folder).expanduser().absolute()
    names = write_skeleton(folder)
    if asked.json:
        say_json({"version": 1, "folder": folder, "files": names})
        return 0
    for name in names:
        print(folder / name)
    print(asked.words("cli.new-next", folder=asked.given.folder))
    return 0
