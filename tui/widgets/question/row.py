"""A row of a board: a text to choose, its marks, and why it is right or tempting."""

from __future__ import annotations

from typing import Literal

import msgspec

Tone = Literal["", "foreground", "learner", "model", "success", "error", "quiet"]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row.

    Attributes:
        id: What is chosen by it; "" for a remark, which cannot be chosen.
        label: A letter that chooses it.
        code: A line of code: not wrapped, on its own ground.
        box: It can be ticked together with others.
        chosen: The learner's mark stands here.
        held: It was picked up and follows the arrows.
        right: What the grade says of it; None as long as it says nothing.
        tail: More on the first line, from cell `tail_at` of the text on; cut where there is no room.
        cut: The text takes one line, cut where there is no room for more beside the aside.
        aside: A few words at the right end of the first line, where there is room.
        why: The explanation; its lines are reserved before it is told.
        reserve: Other texts that may stand in place of `why`; the highest counts.
        note: A sentence of the model's own, below the why.
        told: Why and note are shown.
        tone: Of the text, where marks give it none.
    """

    id: str = ""
    label: str = ""
    text: str = ""
    code: bool = False
    box: bool = False
    chosen: bool = False
    held: bool = False
    right: bool | None = None
    tail: str = ""
    tail_at: int = 0
    cut: bool = False
    aside: str = ""
    aside_tone: Tone = "learner"
    why: str = ""
    reserve: tuple[str, ...] = ()
    note: str = ""
    told: bool = False
    tone: Tone = ""

    @property
    def empty(self) -> bool:
        """Whether it is only an empty line."""
        return not (self.text or self.why or self.note or self.reserve or self.code)
