"""The process that builds and counts the models of the zoo, seen from outside: nothing ever waits for it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from engine.errors import RunError
from engine.reading.zoo import Zoo, cache_file, kept
from engine.runs.launch import environment

MODULE = ["-m", "engine.worker.zoo"]


class Told(msgspec.Struct, frozen=True):
    """What the process says, a line each: what it loads or builds at the moment, or why it gives up."""

    doing: str = ""
    what: str = ""
    failed: str = ""


class Counting:
    """Started at once, and asked from time to time.

    Attributes:
        now: What it was doing when it was last asked.
    """

    def __init__(self, home: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Start it.

        Raises:
            RunError: It cannot be started, or a package is not installed.
        """
        self._home = home
        self._clock = clock
        self._began = clock()
        self._heard = 0
        self._line = b""
        self.now = Told()
        self._words = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as this object; a pipe could fill up
        command = [sys.executable, "-P", *MODULE, str(cache_file(home).absolute())]
        try:
            self._process = subprocess.Popen(
                command,
                env=environment(1, os.environ),
                stdin=subprocess.DEVNULL,
                stdout=self._words,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as error:
            raise _failed(error.strerror or str(error)) from error
        # Somebody must wait for it while this program lives, or it stays behind as a zombie.
        threading.Thread(target=self._process.wait, name="reap the zoo", daemon=True).start()

    @property
    def seconds(self) -> float:
        """How long it has been at it."""
        return self._clock() - self._began

    def poll(self) -> Zoo | None:
        """Return what it has counted, None while it is at it.

        Raises:
            RunError: It gave up, or died.
        """
        ended = self._process.poll()
        self._hear()
        if ended is None:
            return None
        zoo = kept(self._home)
        if zoo is None:
            raise _failed(self.now.failed or self._last_words() or f"exit status {ended}")
        return zoo

    def wait(self) -> Zoo:
        """Return what it has counted once it has.

        Raises:
            RunError: It gave up, or died.
        """
        while (zoo := self.poll()) is None:
            time.sleep(0.05)
        return zoo

    def _hear(self) -> None:
        *whole, self._line = (self._line + self._words_since()).split(b"\n")
        for line in whole:
            try:
                self.now = msgspec.json.decode(line, type=Told)
            except (msgspec.DecodeError, UnicodeDecodeError):
                continue  # a library's own word; it is looked at only where the process dies

    def _words_since(self) -> bytes:
        words = self._read(self._heard)
        self._heard += len(words)
        return words

    def _read(self, start: int) -> bytes:
        """Return what was printed from a place on; the file's own place is the process's."""
        descriptor = self._words.fileno()
        return os.pread(descriptor, os.fstat(descriptor).st_size - start, start)

    def _last_words(self) -> str:
        lines = self._read(0).decode("utf-8", "replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip() and not line.startswith("{")), "")


def _failed(why: str) -> RunError:
    return RunError(f"The models could not be counted: {why}", code="zoo-failed", why=why)
