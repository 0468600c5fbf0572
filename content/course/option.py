"""One option of a question, and why it is right or tempting."""

from __future__ import annotations

import msgspec

from content.course.fields import Fields
from content.course.text import Text


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """An option.

    Attributes:
        id: What the record keeps: the author's `id`, else the misconception, else "right" or "other"; never
            the position, so that an option may be moved or added.
        slip: The misconception that it stands for, "" for none.
    """

    id: str
    text: Text
    right: bool
    slip: str
    why: Text


def read_options(fields: Fields) -> tuple[Option, ...]:
    """Return the options of a question."""
    options: list[Option] = []
    taken: set[str] = set()
    for entry in fields.each("options"):
        right, slip = entry.flag("right", False), entry.word("slip", "")
        given = entry.word("id", "")
        if given in taken:
            entry.fault("option-id-twice", "id", given)
        options.append(
            Option(
                id=_free(given or slip or ("right" if right else "other"), taken),
                text=entry.text("text"),
                right=right,
                slip=slip,
                why=entry.text("why", optional=True),
            )
        )
        entry.finish()
    return tuple(options)


def _free(wanted: str, taken: set[str]) -> str:
    """Return `wanted`, with a number where it is taken already; it is taken from now on."""
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted}-{number}", number + 1
    taken.add(name)
    return name
