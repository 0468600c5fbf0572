"""A real terminal in memory: the program runs in a pty, pyte draws what it writes."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pexpect
import pyte

ROOT = Path(__file__).parent.parent
PATIENCE_SECONDS = 30.0

KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f5": "\x1b[15~",
    "ctrl+q": "\x11",
    "ctrl+p": "\x10",
    "ctrl+s": "\x13",
    "ctrl+c": "\x03",
}


class Terminal:
    """The program in a terminal of its own.

    Attributes:
        written: How many bytes the program has written.
        raw: The bytes themselves.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str] | None = None,
        cwd: Path = ROOT,
        answers: bool = True,
    ) -> None:
        """Start `arguments` in a terminal of `size` (columns, rows).

        Args:
            answers: Whether this terminal says where its cursor stands, as real ones do.
        """
        columns, rows = size
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.screen.write_process_input = self._answer if answers else lambda text: None
        self.raw = bytearray()
        settings = {
            **{name: value for name, value in os.environ.items() if name not in ("TMUX", "NO_COLOR")},
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            **(environment or {}),
        }
        self.process: Any = pexpect.spawn(
            arguments[0], list(arguments[1:]), dimensions=(rows, columns), env=settings, cwd=str(cwd), echo=False
        )
        self.process.delaybeforesend = None

    def _answer(self, text: str) -> None:
        self.process.send(text)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.close(force=True)

    @property
    def written(self) -> int:
        """Bytes that the program wrote so far."""
        return len(self.raw)

    @property
    def text(self) -> str:
        """What the screen shows, row by row; the second cell of a wide character is left out."""
        rows = []
        for number in range(self.screen.lines):
            row = self.screen.buffer[number]
            rows.append("".join(row[column].data for column in range(self.screen.columns)).rstrip())
        return "\n".join(rows)

    def read(self, seconds: float = 0.05) -> bytes:
        """Take in what the program writes within `seconds`; b"" where it writes nothing or has ended."""
        ready, _, _ = select.select([self.process.child_fd], [], [], seconds)
        if not ready:
            return b""
        try:
            chunk = os.read(self.process.child_fd, 65536)
        except OSError:
            return b""
        self.raw += chunk
        self.stream.feed(chunk)
        return chunk

    def until(self, found: Callable[[str], bool] | str, seconds: float = PATIENCE_SECONDS) -> str:
        """Read until the screen shows a text, or fulfils a condition; return the screen.

        Raises:
            AssertionError: It does not within `seconds`; the message holds the screen.
        """
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            text = self.text
            if found in text if isinstance(found, str) else found(text):
                return text
            self.read()
        raise AssertionError(f"not seen within {seconds} s: {found}\n{self.text}")

    def press(self, *keys: str) -> None:
        """Press keys by name, or type text."""
        for key in keys:
            self.process.send(KEYS.get(key, key))
            self.read(0.02)

    def kill(self) -> None:
        """Kill the program without a word, as a crash or the kernel would."""
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def hang_up(self) -> None:
        """Close the terminal, as a dropped SSH connection does."""
        os.close(self.process.child_fd)
        self.process.closed = True

    def ended(self, seconds: float = PATIENCE_SECONDS) -> int | None:
        """Wait until the program has ended; return its status."""
        end = time.monotonic() + seconds
        while self.process.isalive() and time.monotonic() < end:
            self.read()
        while self.read():
            pass
        status: int | None = self.process.exitstatus
        return status


def learncurve(home: Path, *words: str) -> list[str]:
    """Return the command that runs the program on a home of its own."""
    return [sys.executable, "-m", "tui", "--home", str(home), *words]
