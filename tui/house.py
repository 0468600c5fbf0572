"""Where everything of the learner's lives: answers, runs, caches."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import msgspec


class House(msgspec.Struct, frozen=True):
    """The data folder and what is in it."""

    home: Path

    @property
    def record(self) -> Path:
        """The learner's record, a SQLite file."""
        return self.home / "record.sqlite"

    @property
    def cache(self) -> Path:
        """What can be made again at any time: the index of a course, the words in it."""
        return self.home / "cache"

    @property
    def log(self) -> Path:
        """Where tracebacks of the interface go."""
        return self.home / "learncurve.log"


def house(asked: str | None) -> House:
    """Return the data folder: what was asked for, else LEARNCURVE_HOME, else the system's place for it."""
    chosen = asked or os.environ.get("LEARNCURVE_HOME")
    if chosen:
        return House(Path(chosen).expanduser().absolute())
    import platformdirs

    return House(platformdirs.user_data_path("learncurve", appauthor=False))


def unusable(home: Path) -> str | None:
    """Return why nothing can be kept in `home` (an errno's words), or None where all is well.

    Makes the folder where it does not exist.
    """
    probe = home / ".writable"
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"1")
    except OSError as problem:
        return problem.strerror or str(problem)
    finally:
        with contextlib.suppress(OSError):  # a full disk makes the file, and writes nothing into it
            probe.unlink()
    return None
