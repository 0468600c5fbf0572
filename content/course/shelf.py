"""Questions of several sections by id; a section is read when the first of its questions is wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from content.course.any_item import AnyItem
from content.course.course import Course


class Shelf(Mapping[str, AnyItem]):
    """The questions of some sections; where the course has an index, it alone says which there are."""

    def __init__(self, course: Course, slugs: Iterable[str]) -> None:
        self.course = course
        self._slugs = {key.id: slug for slug in slugs for key in course.keys(slug)}

    def __getitem__(self, name: str) -> AnyItem:
        slug = self._slugs[name]
        for item in self.course.items(slug):
            if item.id == name:
                return item
        del self._slugs[name]  # the author took it out since the index was made
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        return name in self._slugs

    def __iter__(self) -> Iterator[str]:
        return iter(self._slugs)

    def __len__(self) -> int:
        return len(self._slugs)

    def section(self, name: str) -> str:
        """Return the slug of the section that a question is in, "" where it is in none."""
        return self._slugs.get(name, "")
