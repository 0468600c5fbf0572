"""A row of a board: a text to choose, its marks, and why it is right or tempting."""

from __future__ import annotations

from typing import Literal

import msgspec

Tone = Literal["learner", "success", "error", "quiet"]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row.

    Attributes:
        id: What is chosen by it; "" for a heading, which cannot be chosen.
        label: A letter or a number before the text.
        code: A line of code: not wrapped, in its own ground.
        box: It can be ticked together with others.
        chosen: The learner's mark stands here.
        held: It was picked up and follows the arrows.
        right: What the grade says of it; None as long as it says nothing.
        aside: A few words at the right end of the first line.
        why: The explanation; its lines are reserved before it is told.
        note: A sentence of the model's own, below the why.
        told: Why and note are shown.
    """

    id: str = ""
    label: str = ""
    text: str = ""
    code: bool = False
    box: bool = False
    chosen: bool = False
    held: bool = False
    right: bool | None = None
    aside: str = ""
    aside_tone: Tone = "learner"
    why: str = ""
    note: str = ""
    told: bool = False
