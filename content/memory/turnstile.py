"""One program at a time opens a record.

SQLite finds journals by the name of the file. Would one program rename a broken record while another is just
opening it, that one would take the new record's journal for the old one's, and destroy it. So whoever opens
a record, to find it sound or to set it aside, holds this lock until it is open.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import time
from collections.abc import Iterator
from pathlib import Path

from content.errors import StoreError
from content.memory.troubles import folder_trouble

_HELD = (errno.EACCES, errno.EAGAIN)


@contextlib.contextmanager
def turnstile(path: Path, seconds: float) -> Iterator[None]:
    """Hold the lock beside a record; on a file system without locks, go through.

    Raises:
        StoreError: The folder cannot be written, or another program holds the lock for longer than `seconds`.
    """
    try:
        file = path.with_name(path.name + ".lock").open("a")
    except OSError as error:
        raise folder_trouble(path.parent, error.strerror or str(error)) from error
    with file:
        until = time.monotonic() + seconds
        while True:
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError as error:
                if error.errno not in _HELD:
                    break
                if time.monotonic() > until:
                    raise StoreError(
                        f"Another program is opening the record {path}; try again.", code="store-busy", path=path
                    ) from error
            time.sleep(0.005)
        yield
