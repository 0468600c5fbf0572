"""A question that asks which belongs to which."""

from __future__ import annotations

from typing import Any, ClassVar

from content.course.fields import Fields
from content.course.item import Item
from content.course.order import read_parts
from content.course.text import Text


class Match(Item, frozen=True, kw_only=True):
    """Each on the left has one partner on the right; some on the right may stay over.

    Attributes:
        pairs: The right one by the left one.
        whys: By the left one.
    """

    kind: ClassVar[str] = "match"
    left: dict[str, Text]
    right: dict[str, Text]
    pairs: dict[str, str]
    whys: dict[str, Text]


def read_match(fields: Fields, common: dict[str, Any]) -> Match:
    """Return a question for pairs."""
    left, right = read_parts(fields, "left"), read_parts(fields, "right")
    inner = fields.fields("pairs")
    pairs = {name: inner.word(name) for name in inner.branch} if inner else {}
    whys = fields.fields("whys", optional=True)
    return Match(
        **common,
        left=left,
        right=right,
        pairs=pairs,
        whys={name: whys.text(name) for name in whys.branch} if whys else {},
    )
