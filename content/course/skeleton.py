"""The first files of a new course: the very example that AUTHORING.md explains."""

from __future__ import annotations

import re
from pathlib import Path

from content.course.fields import SLUG
from content.course.sentences import fault
from content.errors import ContentError

_FILE = re.compile(r"^`([\w./-]+)`\n\n(`{3,})\w*\n(.*?)^\2$", re.MULTILINE | re.DOTALL)
"""A file's name on a line by itself, and its text in a fence."""


def authoring() -> str:
    """Return the page that explains how a course is written."""
    from importlib.resources import files

    return files("content").joinpath("AUTHORING.md").read_text(encoding="utf-8")


def example(text: str) -> dict[str, str]:
    """Return the files of the example in that page: their texts by their names."""
    return {name: body for name, _, body in _FILE.findall(text)}


def write_skeleton(folder: Path) -> tuple[str, ...]:
    """Write a small sound course into a new or empty folder, and return the names of its files.

    Raises:
        ContentError: Something is there already, or the folder cannot be written.
    """
    course = slug(folder.name)
    written = []
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise ContentError(fault("folder-not-empty", file=str(folder)))
        for name, text in example(authoring()).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_named(text, course) if name == "course.yaml" else text, encoding="utf-8")
            written.append(name)
    except OSError as error:
        raise ContentError(fault("folder-unwritable", file=str(folder), reason=error.strerror or error)) from error
    return tuple(written)


def slug(name: str) -> str:
    """Return a folder's name as the id of a course: answers are kept under it, so that no two should share one."""
    found = "-".join(re.findall(r"[a-z0-9]+", name.lower()))
    return found if SLUG.fullmatch(found) else "my-course"


def _named(text: str, course: str) -> str:
    return re.sub(r"^id: \S+", f"id: {course}", text, count=1, flags=re.MULTILINE)
