"""What this terminal can do: how wide it draws ambiguous characters, its size, its encoding."""

from __future__ import annotations

import os
import re
import select
import sys
import time
from typing import Literal

SMALLEST = (60, 20)
"""Columns and rows below which no screen is drawn."""

Width = Literal["one", "two", "silent"]
"""How many cells an ambiguous character takes, or that the terminal did not say."""

_POSITION = re.compile(rb"\x1b\[(\d+);(\d+)R")


def ambiguous_width(deadline_seconds: float = 0.4) -> Width:
    """Ask the terminal: print one `●` at the line's start and read where the cursor stands then.

    The question and its mark are wiped again. A terminal that is not there, or that does not answer in
    time, is "silent". What the learner types meanwhile is not an answer and is dropped.
    """
    try:
        import termios
        import tty

        fd = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except (ImportError, OSError):
        return "silent"
    try:
        before = termios.tcgetattr(fd)
        try:
            tty.setcbreak(fd, termios.TCSANOW)
            os.write(fd, b"\r\xe2\x97\x8f\x1b[6n")
            column = _answer(fd, deadline_seconds)
        finally:
            os.write(fd, b"\r\x1b[2K")
            termios.tcsetattr(fd, termios.TCSAFLUSH, before)
    except (OSError, termios.error):
        return "silent"
    finally:
        os.close(fd)
    return {2: "one", 3: "two"}.get(column, "silent")  # type: ignore[return-value]  # a literal by its keys


def _answer(fd: int, deadline_seconds: float) -> int:
    """Return the column that the terminal reports, 0 where it does not answer in time."""
    heard = b""
    end = time.monotonic() + deadline_seconds
    while (left := end - time.monotonic()) > 0 and len(heard) < 4096:
        ready, _, _ = select.select([fd], [], [], left)
        if not ready:
            break
        heard += os.read(fd, 256)
        if match := _POSITION.search(heard):
            return int(match[2])
    return 0


def ascii_frames(setting: str, measured: Width, language: str) -> bool:
    """Return whether frames and marks are drawn in ASCII.

    `setting` is the learner's choice: "auto", "rich" or "ascii". On "auto", two cells mean ASCII, and so
    does silence in a CJK locale: there a terminal is most likely to draw ambiguous characters wide.
    """
    if setting in ("rich", "ascii"):
        return setting == "ascii"
    return measured == "two" or (measured == "silent" and language in ("zh", "ja", "ko"))


def locale_name() -> str:
    """Return the locale in force for messages, such as "zh_CN.UTF-8", "" where none is set."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return value
    return ""


def locale_language() -> str | None:
    """Return "zh" or "en" as the locale says, None where it says nothing (unset, C, POSIX)."""
    name = locale_name().lower()
    if name.startswith("zh"):
        return "zh"
    base = name.partition(".")[0]
    return None if base in ("", "c", "posix") else "en"


def speaks_utf8() -> bool:
    """Return whether what is printed reaches the terminal as UTF-8."""
    encoding = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "")
    return encoding in ("utf8", "cp65001")
