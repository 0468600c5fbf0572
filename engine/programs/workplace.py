"""The folder in which a program runs: what it may read by a relative name lies there, and what it writes goes with it.

program.py           the code
bert-base-uncased/   the small BERT that comes along, under the name by which code asks the hub for the large one
data/                a copy of the course's own folder of that name
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.runs.starts import WEIGHTS

MODELS = ("bert-base-uncased",)
"""Models of the hub that have a small stand-in."""


class Workplace:
    """The folder of one program.

    Attributes:
        folder: Holds what belongs to us: limits, outcome, console.
        desk: Where the program stands.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.desk = folder / "desk"

    @property
    def program(self) -> Path:
        """The code."""
        return self.desk / "program.py"

    @property
    def limits(self) -> Path:
        """How far it may go."""
        return self.folder / "limits.json"

    @property
    def outcome(self) -> Path:
        """What came of it, in its own process's words."""
        return self.folder / "outcome.json"

    @property
    def trace(self) -> Path:
        """Where it was when it was stopped."""
        return self.folder / "trace.txt"

    @property
    def console(self) -> Path:
        """Everything that was printed, libraries included."""
        return self.folder / "console.log"


@contextmanager
def workplace(text: str, line: int, data: Path | None) -> Iterator[Workplace]:
    """Give a program its place, and take it away afterwards.

    Args:
        text: The code; its first line is counted as line `line`.
        data: A folder to copy; links in it are left out.
    """
    with tempfile.TemporaryDirectory(prefix="learncurve-", ignore_cleanup_errors=True) as name:
        place = Workplace(Path(name))
        place.desk.mkdir()
        place.program.write_text("\n" * (line - 1) + text + "\n", encoding="utf-8")
        for model in MODELS:
            shutil.copytree(WEIGHTS, place.desk / model)
        if data is not None and data.is_dir() and not data.is_symlink():
            shutil.copytree(data, place.desk / "data", ignore=_links)
        yield place


def _links(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if Path(folder, name).is_symlink()]
