"""A question answered in one's own words, compared with a rubric and judged by the learner."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec

from content.course.fields import Fields
from content.course.item import Item
from content.course.text import Text


class Point(msgspec.Struct, frozen=True):
    """What a good answer says, and why it matters."""

    point: Text
    why: Text


class Short(Item, frozen=True, kw_only=True):
    """A short answer.

    Attributes:
        model: An answer that has every point.
    """

    kind: ClassVar[str] = "short"
    rubric: tuple[Point, ...]
    model: Text


def read_short(fields: Fields, common: dict[str, Any]) -> Short:
    """Return a question for a short answer."""
    rubric = []
    for entry in fields.each("rubric"):
        rubric.append(Point(entry.text("point"), entry.text("why", optional=True)))
        entry.finish()
    return Short(**common, rubric=tuple(rubric), model=fields.text("model"))
