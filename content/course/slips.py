"""Which misconceptions a question is about."""

from __future__ import annotations

from collections.abc import Iterator

from content.course.any_item import AnyItem
from content.course.bug import Bug
from content.course.choice import Choice, Multiple, Truth
from content.course.cloze import Cloze
from content.course.number import NumberItem


def slip_fields(item: AnyItem) -> Iterator[tuple[str, str]]:
    """Yield the field and the name of every misconception that a question uses; a name may be ""."""
    match item:
        case Choice() | Multiple() | Truth() | Bug():
            for index, option in enumerate(item.options):
                yield f"options[{index}].slip", option.slip
        case NumberItem():
            for index, wrong in enumerate(item.wrongs):
                yield f"wrong[{index}].slip", wrong.slip
        case Cloze():
            for name, blank in item.blanks.items():
                for index, slipped in enumerate(blank.wrongs):
                    yield f"blanks.{name}.wrong[{index}].slip", slipped.slip


def slips_of(item: AnyItem) -> tuple[str, ...]:
    """Return the misconceptions that a question can reveal, each once."""
    return tuple(dict.fromkeys(slip for _, slip in slip_fields(item) if slip))
