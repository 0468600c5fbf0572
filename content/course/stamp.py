"""When the files of a course were changed last, without one of them being read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

SUFFIXES = (".yaml", ".md", ".toml")
"""Files that a course is made of; its data are not shown."""


class Stamp(msgspec.Struct, frozen=True):
    """A state of some files.

    Attributes:
        mark: Differs where a name, a size or a time does.
        newest: The newest time among them, in nanoseconds since 1970.
    """

    mark: str
    newest: int


def stamp(root: Path, files: Iterable[str]) -> Stamp:
    """Return the state of files, given by their names below `root`; one that is missing has a state, too."""
    found = hashlib.blake2b(digest_size=16)
    newest = 0
    base = str(root)
    for file in files:
        try:
            status = os.stat(f"{base}/{file}")
            told = f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_mode}"
            newest = max(newest, status.st_mtime_ns, status.st_ctime_ns)
        except OSError:
            told = "-"
        found.update(f"\0{file}\0{told}".encode(errors="surrogateescape"))
    return Stamp(found.hexdigest(), newest)


def course_files(root: Path) -> Iterator[str]:
    """Yield every file that a course is made of, by its name below `root`, in a lasting order."""
    for folder in ("", *sorted(_folders(root))):
        try:
            names = sorted(entry.name for entry in os.scandir(root / folder) if entry.name.endswith(SUFFIXES))
        except OSError:
            continue  # it has just gone
        yield from (f"{folder}/{name}" if folder else name for name in names)


def _folders(root: Path) -> list[str]:
    try:
        return [entry.name for entry in os.scandir(root) if entry.is_dir() and not entry.name.startswith(".")]
    except OSError:
        return []
