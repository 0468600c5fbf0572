"""Reads a file of a course as text that is safe to show; says what is wrong with it otherwise."""

from __future__ import annotations

import stat
import unicodedata
from pathlib import Path

from content.course.sentences import fault
from content.course.visible import steering, visible
from content.errors import Fault

LIMIT = 2**20
"""The largest file of a course, in bytes."""


def read_raw(root: Path, file: str) -> bytes | tuple[str, dict[str, object]]:
    """Return the bytes of a file, or the code and the details of the fault why it is not read.

    Nothing is read that lies outside of the course's folder, whatever links lead there, nor what is no plain file: a
    pipe would keep us waiting, a device would never end.
    """
    path = root / file
    try:
        if not path.resolve().is_relative_to(root.resolve()):
            return "file-outside", {}
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return "file-unreadable", {"reason": "it is not a file"}
        if status.st_size > LIMIT:
            return "file-too-large", {"value": status.st_size, "limit": LIMIT}
        with path.open("rb") as opened:
            return opened.read(LIMIT)
    except (FileNotFoundError, NotADirectoryError):
        return "file-missing", {}
    except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError before Python 3.13
        return "file-unreadable", {"reason": getattr(error, "strerror", None) or error}


def read_source(root: Path, file: str, faults: list[Fault]) -> str | None:
    """Return the text of a file, its control characters made visible; None if there is none to read."""
    data = read_raw(root, file)
    if isinstance(data, tuple):
        code, details = data
        faults.append(fault(code, file=file, **details))  # type: ignore[arg-type]  # fault takes any details
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        faults.append(fault("file-encoding", file=file, line=line, value=data[error.start : error.start + 4]))
        return None
    text = text.replace("\r\n", "\n")
    at = steering(text)
    if at >= 0:
        line = text.count("\n", 0, at) + 1
        faults.append(fault("control-character", file=file, line=line, value=text[at], name=named(text[at])))
        text = visible(text)
    return text


def named(letter: str) -> str:
    """Return the name of a character, such as "U+001B" or "U+202E RIGHT-TO-LEFT OVERRIDE"."""
    return f"U+{ord(letter):04X} {unicodedata.name(letter, '')}".strip()
