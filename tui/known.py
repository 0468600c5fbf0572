"""Courses that were opened on this machine before: remembered with the learner's settings."""

from __future__ import annotations

from pathlib import Path

import msgspec

from content.course.course import Course, bundled
from content.course.text import Text
from content.course.visible import visible
from tui.settings import Keeper

COURSES, CHOSEN = "courses", "course"
"""Where the record keeps all of them, and the one that a start without `--course` opens."""

MOST = 50


class Known(msgspec.Struct, frozen=True):
    """A course that was opened before.

    Attributes:
        path: Its folder; "" for the course that comes with the program, wherever that is installed.
    """

    path: str
    id: str
    title: dict[str, str]

    @property
    def folder(self) -> Path:
        """Its folder."""
        return Path(self.path) if self.path else bundled()

    @property
    def there(self) -> bool:
        """Whether it can still be opened."""
        return (self.folder / "course.yaml").is_file()

    def say(self, language: str) -> str:
        """Return its title; its folder's name where it has none."""
        return visible(Text(self.title).say(language)).replace("\n", " ").strip() or self.folder.name


def path_of(root: Path) -> str:
    """Return how a course's folder is kept: "" for the bundled one."""
    return "" if root.resolve() == bundled().resolve() else str(root.absolute())


def known_of(course: Course) -> Known:
    """Return an open course as it is remembered."""
    return Known(path_of(course.root), course.id, dict(course.title.words))


def remembered(keeper: Keeper) -> list[Known]:
    """Return the courses of others that were opened before, the newest first; what cannot be read is left out."""
    kept = keeper.setting(COURSES, [])
    found: dict[str, Known] = {}
    for each in kept if isinstance(kept, list) else []:
        try:
            course = msgspec.convert(each, Known)
        except msgspec.ValidationError:
            continue
        if course.path:
            found.setdefault(course.path, course)
    return list(found.values())


def remember(keeper: Keeper, course: Known) -> None:
    """Remember a course; the one that comes along needs no remembering."""
    before = remembered(keeper)
    if not course.path or (before and before[0] == course):
        return
    others = [other for other in before if other.path != course.path]
    keeper.keep_setting(COURSES, msgspec.to_builtins([course, *others][:MOST]))


def forget(keeper: Keeper, path: str) -> None:
    """Forget where a course is; what was answered in it is kept."""
    keeper.keep_setting(COURSES, msgspec.to_builtins([each for each in remembered(keeper) if each.path != path]))
    if chosen(keeper) == path:
        choose(keeper, "")


def choose(keeper: Keeper, path: str) -> None:
    """Let later starts open this course."""
    keeper.keep_setting(CHOSEN, path)


def chosen(keeper: Keeper) -> str:
    """Return the folder of the course that a start opens, "" for the one that comes along."""
    path = keeper.setting(CHOSEN, "")
    return path if isinstance(path, str) else ""
