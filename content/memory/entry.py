"""An answer as the record keeps it."""

from __future__ import annotations

from typing import Any

import msgspec


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One answer to one question; an entry of the append-only log.

    Attributes:
        uuid: "" until it is kept.
        time: UTC, such as "2026-11-23T14:15:02.123456Z"; "" until it is kept.
        shown: What was shown in which order, so that the answer can be read later.
        answer: What the learner chose or typed, as data of JSON's types.
        credit: 0 to 1; `right` only with full credit.
        slips: Misconceptions that it shows.
        confidence: 1 guess, 2 unsure, 3 sure.
        hints: How many were asked for.
        seed: Of the numbers that were drawn and of the order of options.
        app: The program's release.
    """

    course: str
    item: str
    revision: int = 1
    language: str = ""
    shown: Any = None
    answer: Any = None
    credit: float = 0.0
    right: bool = False
    slips: tuple[str, ...] = ()
    confidence: int = 2
    hints: int = 0
    seconds: float = 0.0
    seed: int = 0
    app: str = ""
    uuid: str = ""
    time: str = ""
