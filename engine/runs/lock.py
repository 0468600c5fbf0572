"""The lock that says whether a run is alive.

It is a POSIX record lock (`fcntl.lockf`): it goes with the process that took it, however that one dies, and
a forked orphan does not keep it, as it would keep an `flock`. Its trap: closing *any* descriptor of the file
lets it go. So a process opens a lock file once, and this module never opens one that its own process holds.
Whether a lock is held is asked with F_GETLK, never by taking it: a probe that takes it could be in the way
of a worker that begins.
"""

from __future__ import annotations

import errno
import os
import socket
import struct
import sys
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Self

from engine.errors import RunError

_UNSUPPORTED = {errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS}
_held: dict[tuple[int, int], Lock] = {}
"""Locks of this process by device and inode: the system itself keeps them by process."""


class Lock:
    """A lock that this process holds until `release`, or its end.

    Attributes:
        supported: False where the file system has no locks; then only heartbeats tell who lives.
    """

    def __init__(self, path: Path, descriptor: int, *, supported: bool) -> None:
        self.path = path
        self.supported = supported
        self.pid = os.getpid()
        self._descriptor: int | None = descriptor
        self._key = _key(os.fstat(descriptor))
        _held[self._key] = self

    def release(self) -> None:
        """Let the lock go; the file stays."""
        if self._descriptor is not None:
            if _held.get(self._key) is self:
                del _held[self._key]
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def hold(path: Path) -> Lock:
    """Take the lock and write this host and process into its file.

    Raises:
        RunError: Somebody holds it (code "run-locked"), or the file cannot be opened.
    """
    fcntl = _fcntl()
    while True:
        if _own(path) is not None:
            raise _locked(path)
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise RunError(
                f"{path} cannot be opened: {error.strerror}.",
                code="run-unwritable",
                path=path,
                why=error.strerror,
            ) from error
        supported = True
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in _UNSUPPORTED:
                os.close(descriptor)
                raise _locked(path) from error
            supported = False
        if _is_still(path, descriptor):
            break
        os.close(descriptor)  # it was removed between opening and locking: a lock on it guards nothing
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{socket.gethostname()} {os.getpid()}\n".encode(), 0)
    return Lock(path, descriptor, supported=supported)


def holder(path: Path) -> int | None:
    """Return the process that holds the lock, 0 where its number cannot be known, None if nobody holds it.

    Raises:
        LockUnsupportedError: The file system knows no locks.
    """
    own = _own(path)
    if own is not None:
        return own.pid
    fcntl = _fcntl()
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise LockUnsupportedError(f"{path} cannot be read: {error.strerror}.", code="lock-unsupported") from error
    try:
        answer = fcntl.fcntl(descriptor, fcntl.F_GETLK, _question(fcntl))
    except OSError as error:
        raise LockUnsupportedError(f"{path}: no locks here: {error.strerror}.", code="lock-unsupported") from error
    finally:
        os.close(descriptor)
    return _answered(fcntl, answer)


def named_holder(path: Path) -> tuple[str, int]:
    """Return host and process as the lock's file names them, ("", 0) if it names none."""
    own = _own(path)
    if own is not None:  # not even reading may open the file here: closing it would let the lock go
        return socket.gethostname(), own.pid
    try:
        host, pid = path.read_text().split()
        return host, int(pid)
    except (OSError, ValueError):
        return "", 0


class LockUnsupportedError(RunError):
    """Whether the lock is held cannot be asked on this file system."""


def _key(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _own(path: Path) -> Lock | None:
    try:
        lock = _held.get(_key(path.stat())) if _held else None
    except OSError:
        return None
    return lock if lock is not None and lock.pid == os.getpid() else None  # a fork does not inherit locks


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        return _key(path.stat()) == _key(os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _locked(path: Path) -> RunError:
    host, pid = named_holder(path)
    return RunError(
        f"{path.parent.name} is in use by process {pid} on {host}.",
        code="run-locked",
        run=path.parent.name,
        host=host,
        pid=pid,
    )


_BSD = sys.platform == "darwin" or "bsd" in sys.platform
_LAYOUT = "qqihh" if _BSD else "hhqqi"
"""struct flock: start, length, pid, type, whence on macOS and the BSDs; type and whence first on Linux."""


def _question(fcntl: ModuleType) -> bytes:
    fields = (0, 0, 0, fcntl.F_WRLCK, os.SEEK_SET) if _BSD else (fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
    return struct.pack(_LAYOUT, *fields) + bytes(8)


def _answered(fcntl: ModuleType, answer: bytes) -> int | None:
    fields = struct.unpack_from(_LAYOUT, answer)
    kind, pid = (fields[3], fields[2]) if _BSD else (fields[0], fields[4])
    return None if kind == fcntl.F_UNLCK else max(int(pid), 0)


def _fcntl() -> ModuleType:
    try:
        import fcntl
    except ImportError as error:
        raise RunError(
            "Training needs Linux, macOS, or WSL on Windows: run `wsl --install` and start learncurve there.",
            code="needs-wsl",
        ) from error
    return fcntl
