"""The questions of the small course, for tests of what is done with them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from content.course.any_item import AnyItem
from content.course.course import open_course
from tests.content.small_course import build


@cache
def questions() -> dict[str, AnyItem]:
    """Return every question of the small course by its id."""
    with TemporaryDirectory() as folder:
        course = open_course(build(Path(folder)))
        return {item.id: item for slug in course.slugs for item in course.items(slug)}
