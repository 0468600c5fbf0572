"""A real terminal in memory: the program runs in a pty, pyte draws what it writes."""

from __future__ import annotations

import os
import re
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
from rich.cells import cell_len

ROOT = Path(__file__).parent.parent
PATIENCE_SECONDS = 150.0

KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "ctrl+q": "\x11",
    "ctrl+p": "\x10",
    "ctrl+s": "\x13",
    "ctrl+c": "\x03",
}


class Terminal:
    """The program in a terminal of its own.

    Attributes:
        raw: The bytes that the program has written.
        mark_cells: How many cells wide this terminal claims to draw an ambiguous character such as `●`.
        ended_by_itself: The program has closed the terminal; nothing more will come.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str | None] | None = None,
        cwd: Path = ROOT,
        answers: bool = True,
        mark_cells: int = 1,
    ) -> None:
        """Start `arguments` in a terminal of `size` (columns, rows).

        Args:
            environment: Variables on top of this process's; one that is None is taken away.
            answers: Whether this terminal says where its cursor stands, as real ones do.
        """
        columns, rows = size
        self.screen: Any = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.mark_cells = mark_cells
        vars(self.screen)["write_process_input"] = self._answer if answers else _silent
        self.raw = bytearray()
        self.ended_by_itself = False
        settings = {
            **{
                name: value
                for name, value in os.environ.items()
                if name not in ("TMUX", "NO_COLOR", "COLUMNS", "LINES")
            },
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            **(environment or {}),
        }
        self.process: Any = pexpect.spawn(
            arguments[0],
            list(arguments[1:]),
            dimensions=(rows, columns),
            env={name: value for name, value in settings.items() if value is not None},
            cwd=str(cwd),
            echo=False,
        )
        self.process.delaybeforesend = None

    def _answer(self, text: str) -> None:
        """Say where the cursor stands; behind a lone mark at a line's start this terminal may claim more."""
        if self.mark_cells != 1:
            text = re.sub(r";2R$", f";{1 + self.mark_cells}R", text)
        self.process.send(text)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        self._close()

    @property
    def pid(self) -> int:
        """The program's process."""
        return int(self.process.pid)

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
        if self.process.closed:
            return b""
        ready, _, _ = select.select([self.process.child_fd], [], [], seconds)
        if not ready:
            return b""
        try:
            chunk = os.read(self.process.child_fd, 65536)
        except OSError:  # Linux says EIO where the last process has closed the terminal
            chunk = b""
        if not chunk:
            self.ended_by_itself = True
        self.raw += chunk
        self.stream.feed(chunk)
        return chunk

    def until(self, found: Callable[[str], object] | str, seconds: float = PATIENCE_SECONDS) -> str:
        """Read until the screen shows a text, or fulfils a condition; return the screen.

        Raises:
            AssertionError: It does not within `seconds`, or the program has ended; the message holds the screen.
        """
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            text = self.text
            if found in text if isinstance(found, str) else found(text):
                return text
            if self.ended_by_itself:
                raise AssertionError(f"the program has ended without: {found}\n{text}")
            self.read()
        raise AssertionError(f"not seen within {seconds} s: {found}\n{self.text}")

    def until_gone(self, text: str, seconds: float = PATIENCE_SECONDS) -> str:
        """Read until the screen no longer shows a text; return the screen."""
        return self.until(lambda screen: text not in screen, seconds)

    def settle(self, quiet_seconds: float = 0.3) -> None:
        """Read until the program has been silent for a while."""
        while self.read(quiet_seconds):
            pass

    def press(self, *keys: str) -> None:
        """Press keys by name, or type text."""
        for key in keys:
            self.process.send(KEYS.get(key, key))
            self.read(0.02)

    def click(self, text: str) -> None:
        """Click with the mouse on the first letter of a text that the screen shows."""
        rows = self.text.split("\n")
        row = next(number for number, line in enumerate(rows) if text in line)
        column = cell_len(rows[row].partition(text)[0])
        place = f"{column + 1};{row + 1}"
        self.press(f"\x1b[<0;{place}M", f"\x1b[<0;{place}m")

    def resize(self, columns: int, rows: int) -> None:
        """Make the window larger or smaller."""
        self.screen.resize(rows, columns)
        self.process.setwinsize(rows, columns)

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send the program a signal and wait for its end; without a name, as a crash or the kernel would."""
        if self.process.isalive():
            os.kill(self.pid, number)
            self.ended()

    def hang_up(self) -> None:
        """Close the terminal, as a dropped SSH connection does, and wait for the program's end."""
        self._close()
        self.ended()

    def ended(self, seconds: float = PATIENCE_SECONDS) -> int:
        """Wait until the program has ended; return its status, below 0 the signal that ended it."""
        end = time.monotonic() + seconds
        while self.process.isalive():
            if time.monotonic() > end:
                raise AssertionError(f"still there after {seconds} s\n{self.text}")
            if self.process.closed:
                select.select([], [], [], 0.02)
            else:
                self.read(0.02)
        while self.read(0.0):
            pass
        if self.process.signalstatus is not None:
            return -int(self.process.signalstatus)
        return int(self.process.exitstatus)

    def _close(self) -> None:
        if not self.process.closed:
            self.process.ptyproc.fileobj.close()
            self.process.ptyproc.closed = True
            self.process.closed = True


def _silent(text: str) -> None:
    """Say nothing, as a terminal that knows no questions."""


def learncurve(home: Path, *words: str) -> list[str]:
    """Return the command that runs the program on a home of its own."""
    return [sys.executable, "-m", "tui", "--home", str(home), *words]
