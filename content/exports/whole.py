"""A file that appears whole or not at all: written under another name beside it, then renamed."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from collections.abc import Iterable
from pathlib import Path

from content.errors import StoreError


def write_whole(path: Path, pieces: Iterable[bytes]) -> int:
    """Write the pieces to a file and return how many bytes they were; what stood there before goes only then.

    A link is followed. A device or a pipe is written as it is: a rename would take its place.

    Raises:
        StoreError: It cannot be written; what stood there before is unchanged.
    """
    target = Path(os.path.realpath(path))
    fresh = target.with_name(f".{target.name[:200]}.{os.getpid()}-{secrets.token_hex(4)}")
    try:
        if _is_special(target):
            with target.open("wb") as device:
                return sum(map(device.write, pieces))
        with fresh.open("xb") as file:
            size = sum(map(file.write, pieces))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(target)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        with contextlib.suppress(OSError):  # gone already where all went well
            fresh.unlink(missing_ok=True)
    return size


def unwritable(path: Path, error: OSError) -> StoreError:
    """Return that a file cannot be written, as a sentence."""
    reason = error.strerror or str(error)
    return StoreError(
        f"{path} cannot be written: {reason}. Nothing was changed; free some space or name another place.",
        code="file-unwritable",
        path=path,
        reason=reason,
    )


def _is_special(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)
