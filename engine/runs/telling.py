"""A process of ours that does one thing and ends, saying in lines of JSON what it does; nothing ever waits for it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

import msgspec

from engine.runs.launch import environment


class Told(msgspec.Struct, frozen=True):
    """A line: what is done at the moment, or why the process gives up."""

    doing: str = ""
    what: str = ""
    failed: str = ""


class Telling:
    """Started at once, and listened to from time to time.

    Attributes:
        now: What it said last.
    """

    def __init__(self, program: Sequence[str], *files: Path) -> None:
        """Start it on some files.

        Args:
            program: What follows `python -P`, such as ["-m", "engine.worker.zoo"].

        Raises:
            OSError: It cannot be started.
        """
        self._heard = 0
        self._line = b""
        self.now = Told()
        self._words = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as this object; a pipe could fill up
        self._process = subprocess.Popen(
            [sys.executable, "-P", *program, *(str(file.absolute()) for file in files)],
            env=environment(1, os.environ),
            stdin=subprocess.DEVNULL,
            stdout=self._words,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        # Somebody must wait for it while this program lives, or it stays behind as a zombie.
        threading.Thread(target=self._process.wait, name=f"reap {program[-1]}", daemon=True).start()

    def poll(self) -> int | None:
        """Return its status once it has ended, None before; `now` is what it has said until then."""
        ended = self._process.poll()
        self._hear()
        return ended

    def stop(self) -> None:
        """End it; nothing happens where it has ended."""
        self._process.terminate()

    def why(self) -> str:
        """Return why it gave up: in its own words, else in those of whatever killed it."""
        return self.now.failed or self._last_words() or f"exit status {self._process.poll()}"

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
