"""A half-given answer, as the record keeps it."""

from __future__ import annotations

from typing import Literal

import msgspec


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What a learner has chosen and typed so far; each type of question uses what it needs.

    Attributes:
        seed, attempt: Of the turn that it belongs to; it is of no use for another one.
        stage: "asking" until it is locked, "comparing" while a short answer is held against its rubric.
        options: Chosen options.
        verdict: "true" or "false", "" for neither yet.
        line: Number of the line in the listing, -1 for none yet.
        order: Parts in the learner's order, () as long as none was moved.
        pairs: The right one by the left one.
        texts: What was typed, by field.
        field: The field that the learner typed in, or was going to, "" for none yet.
        ticks: Numbers of the rubric's points that the learner's text has.
        cursor: The row that the cursor stands on.
        held: The row that was picked up.
        hints: How many were asked for.
        sure: The confidence that locked it, 0 for none.
        seconds: Spent on it so far.
    """

    seed: int = 0
    attempt: int = 1
    stage: Literal["asking", "comparing"] = "asking"
    options: tuple[str, ...] = ()
    verdict: str = ""
    line: int = -1
    order: tuple[str, ...] = ()
    pairs: dict[str, str] = {}
    texts: dict[str, str] = {}
    field: str = ""
    ticks: tuple[int, ...] = ()
    cursor: str = ""
    held: str = ""
    hints: int = 0
    sure: int = 0
    seconds: float = 0.0

    def begun(self) -> bool:
        """Return whether there is anything worth keeping."""
        chosen = (self.options, self.verdict, self.line >= 0, self.order, self.pairs, self.held, self.hints)
        return any(chosen) or any(self.texts.values())
