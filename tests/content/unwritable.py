"""A while in which a disk takes nothing, as SQLite meets it, and afterwards takes everything again."""

from __future__ import annotations

import errno
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

WAYS = {"error": "store-disk", "read-only": "store-read-only"}
"""How the disk behaves, and what is told of it."""


@contextmanager
def unwritable(way: str) -> Iterator[None]:
    """Let every write fail: by an error of the disk, or since it is read-only."""
    with no_growth() if way == "error" else read_only():
        yield


@contextmanager
def no_growth() -> Iterator[None]:
    """Let no file of this process be written: the kernel refuses it, and SQLite takes that for a faulty disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def read_only() -> Iterator[None]:
    """Let no file be touched, as the kernel does once it has made a disk read-only."""

    def refused(path: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("content.memory.footing.os.utime", refused)
        yield
