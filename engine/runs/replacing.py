"""A small file that is replaced as a whole: readers see the old text or the new one, never a part."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from engine.errors import RunError


def replace_file(path: Path, data: bytes, *, sync: bool = False) -> None:
    """Put `data` in the place of `path`, by a temporary file beside it and a rename.

    Args:
        sync: Whether the data must be on the disk before the name points to it: for what may not be lost
            in a power failure, such as a result.

    Raises:
        RunError: The folder cannot be written, or the disk is full.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            if sync:
                file.flush()
                os.fsync(file.fileno())
        temporary.replace(path)
        if sync:
            _sync_folder(path.parent)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise RunError(
            f"{path} cannot be written: {error.strerror}. Free some space or mend its permissions.",
            code="run-unwritable",
            path=path,
            why=error.strerror,
        ) from error


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
