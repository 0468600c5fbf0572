"""Reads a file of a course as text that is safe to show; says what is wrong with it otherwise."""

from __future__ import annotations

import stat
import unicodedata
from pathlib import Path

from content.course.sentences import fault
from content.course.visible import steering, visible
from content.errors import Fault

LIMIT = 4 * 2**20
"""The largest file of a course, in bytes."""


def read_source(root: Path, file: str, faults: list[Fault]) -> str | None:
    """Return the text of a file, its control characters made visible; None if there is none to read."""
    path = root / file
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            faults.append(fault("file-unreadable", file=file, reason="it is not a file"))
            return None
        if status.st_size > LIMIT:
            faults.append(fault("file-too-large", file=file, value=status.st_size, limit=LIMIT))
            return None
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        faults.append(fault("file-missing", file=file))
        return None
    except OSError as error:
        faults.append(fault("file-unreadable", file=file, reason=error.strerror or str(error)))
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
