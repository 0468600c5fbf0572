"""Where the file of an open record stands: whether it is still that file, and can be written."""

from __future__ import annotations

import os
from pathlib import Path

from content.errors import StoreError
from content.memory.troubles import untouchable

Identity = tuple[int, int]
"""Device and number of a file, whatever its name."""


class Footing:
    """A file as it was when it was opened; None is none, which stands for ever."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._identity = identity(path)
        self._touchable = self._touch() is None  # else this file system knows no touching, though it may know writing

    @property
    def moved(self) -> bool:
        """Whether the file has gone from its place, or another one has come there."""
        return identity(self.path) != self._identity

    def check(self) -> None:
        """Make sure that what is written now is found by the next start.

        Raises:
            StoreError: It would not be.
        """
        standing = identity(self.path)
        if standing is None and self._identity is not None:
            raise StoreError(
                f"The record {self.path} was moved or deleted while it was open. Put it back, then try again.",
                code="store-gone",
                path=self.path,
            )
        if standing != self._identity:
            raise StoreError(
                f"Another file has taken the place of the record {self.path}; quit and start again to go on with it.",
                code="store-moved",
                path=self.path,
            )
        # SQLite would be killed where the memory that it shares through a file became read-only
        if self._touchable and (error := self._touch()) is not None:
            raise untouchable(error, str(self.path)) from error

    def _touch(self) -> OSError | None:
        """Return why the file cannot be written; to open it for that would drop SQLite's locks."""
        try:
            if self.path is not None:
                os.utime(self.path)
        except OSError as error:
            return error
        return None


def identity(path: Path | None) -> Identity | None:
    """Return which file stands at a path now, None for none."""
    try:
        status = path.stat() if path else None
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if status else None
