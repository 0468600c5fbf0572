"""Prose that an author broke into lines, as one line again."""

from __future__ import annotations

from content.course.cells import cells

_MARKS = tuple("，。；：！？、（）《》“”「」")


def joined(lines: list[str]) -> str:
    """Return lines of a paragraph as one: with a space between, but none between Chinese letters."""
    text = ""
    for line in map(str.strip, lines):
        wide = bool(text) and bool(line) and cells(text[-1]) == 2 and cells(line[0]) == 2
        glue = "" if not text or wide or text.endswith(_MARKS) or line.startswith(_MARKS) else " "
        text += glue + line
    return text
