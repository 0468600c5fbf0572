"""The styles of a chart by name; each is a component class `chart--NAME` that the theme colours."""

from __future__ import annotations

FRAME = ("blank", "label", "axis", "grid", "title", "cursor", "here", "alarm")
"""What is no line."""

LINES = (
    "train",
    "train-raw",
    "valid",
    "valid-raw",
    "ghost",
    "learner",
    "run-1",
    "run-2",
    "run-3",
    "run-4",
    "run-5",
    "run-6",
)
"""What a line may ask for."""

NAMES = FRAME + LINES
"""Place in this tuple = number in a grid."""

CLASSES = tuple(f"chart--{name}" for name in NAMES)
"""The component classes, in the same order."""

BLANK, LABEL, AXIS, GRID, TITLE, CURSOR, HERE, ALARM = range(len(FRAME))


def number(style: str) -> int:
    """Return the number of a line's style.

    Raises:
        ValueError: There is no such style.
    """
    return NAMES.index(style)
