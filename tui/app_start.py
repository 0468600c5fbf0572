"""Which course the app opens."""

from __future__ import annotations

from pathlib import Path


def course_folder(asked: str | None) -> Path:
    """Return the folder of the course: the one asked for, else the one that comes with the program."""
    if asked:
        return Path(asked).expanduser().absolute()
    from content.course.course import bundled

    return bundled()
