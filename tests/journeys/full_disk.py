"""A disk that a test fills and empties: a small one of its own where mounting is permitted, else a limit."""

from __future__ import annotations

import contextlib
import errno
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from io import FileIO
from pathlib import Path
from typing import NoReturn

import pytest

from engine.runs.folder import RunFolder
from tests.journeys.homes import worker

SIZE = "24m"


def write_on(file: FileIO, data: bytes) -> NoReturn:
    """Write until there is no room left."""
    while True:
        file.write(data)


class SmallDisk:
    """A file system in memory."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self._ballast = folder / "ballast"

    def fill(self, folder: RunFolder) -> None:
        """Take all the room there is."""
        with self._ballast.open("wb", buffering=0) as file:
            for size in (1 << 20, 4096, 1):
                with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
                    write_on(file, b"\0" * size)

    def free(self, folder: RunFolder) -> None:
        """Give the room back."""
        self._ballast.unlink()


class Limit:
    """The worker alone may write no file any larger than its stream is now."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._before = (0, 0)

    def fill(self, folder: RunFolder) -> None:
        """Forbid the worker to write on."""
        limit = folder.events_file.stat().st_size
        self._before = resource.prlimit(worker(folder), resource.RLIMIT_FSIZE)
        resource.prlimit(worker(folder), resource.RLIMIT_FSIZE, (limit, self._before[1]))

    def free(self, folder: RunFolder) -> None:
        """Allow it again."""
        resource.prlimit(worker(folder), resource.RLIMIT_FSIZE, self._before)


@contextlib.contextmanager
def disk(tmp_path: Path) -> Iterator[SmallDisk | Limit]:
    """Provide a disk that can be filled; skip the test where there is no way to have one."""
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux can limit another process, or mount a disk in memory")
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = (
        os.getuid() == 0
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)], capture_output=True, check=False
        ).returncode
    )
    try:
        yield SmallDisk(folder) if mounted else Limit(folder / "home")
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)
