"""An entry of the log of answers."""

from __future__ import annotations

from typing import Any

import msgspec

DAY_MINUTES = 24 * 60

READ = (
    "SELECT uuid, time, kind, target, course, item, revision, language, shown, answer, credit, right, "
    "confidence, hints, seconds, seed, slips, session, mode, app, extra "
)
"""Begins a query whose rows `from_row` reads."""

WRITE = (
    "INSERT INTO answers (uuid, time, kind, target, course, item, revision, language, shown, answer, credit, "
    "right, confidence, hints, seconds, seed, slips, session, mode, app, extra) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
"""Adds what `to_row` gives."""

NAMES = tuple(READ.removeprefix("SELECT ").strip().split(", "))
"""The columns of `READ` and `WRITE`, in their order."""


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """An answer as the screen hands it over.

    Attributes:
        shown: Ids of options or parts in the order shown.
        answer: JSON, from `content.quiz.answer.encode_answer`.
        confidence: 1 guess, 2 unsure, 3 sure; 0 where it was not asked.
        hints: How many were shown.
        seconds: From the question to the answer.
        seed: Of the numbers drawn and the order shown.
        slips: Misconceptions that were hit.
        mode: "page", "review" or "experiment".
    """

    course: str
    item: str
    revision: int
    language: str
    answer: str
    credit: float
    right: bool
    confidence: int
    shown: tuple[str, ...] = ()
    hints: int = 0
    seconds: float = 0.0
    seed: int = 0
    slips: tuple[str, ...] = ()
    session: str = ""
    mode: str = "page"


class Entry(Given, frozen=True, kw_only=True):
    """An entry as it stands in the log.

    Attributes:
        time: UTC, such as "2026-11-23T14:15:02.123456Z"; sorts as text.
        kind: "answer", "skip", "void" or "restore"; another one is a newer program's: kept, and not counted.
        target: The entry that is voided or restored, "" otherwise.
        app: Version of the program that wrote it.
        extra: What later versions wrote beside it, kept as it is; "offset" is read here.
    """

    uuid: str
    time: str
    kind: str = "answer"
    target: str = ""
    app: str = ""
    extra: dict[str, Any] = {}

    @property
    def offset(self) -> int:
        """Minutes that the learner's clock was ahead of UTC: to which of their days the answer belongs."""
        minutes = self.extra.get("offset", 0)
        return minutes if isinstance(minutes, int) and abs(minutes) <= DAY_MINUTES else 0


def to_row(entry: Entry) -> tuple[object, ...]:
    """Return the entry in the order of `WRITE`."""
    return (
        entry.uuid,
        entry.time,
        entry.kind,
        entry.target or None,
        entry.course,
        entry.item,
        entry.revision,
        entry.language,
        msgspec.json.encode(entry.shown).decode(),
        entry.answer,
        entry.credit,
        int(entry.right),
        entry.confidence,
        entry.hints,
        entry.seconds,
        entry.seed,
        msgspec.json.encode(entry.slips).decode(),
        entry.session,
        entry.mode,
        entry.app,
        msgspec.json.encode(entry.extra).decode(),
    )


def from_row(row: tuple[object, ...]) -> Entry:
    """Return the entry of a row of `READ`.

    Raises:
        ValueError: The row makes no sense.
    """
    values = dict(zip(NAMES, row, strict=True))
    values["target"] = "" if values["target"] is None else values["target"]
    for name in ("shown", "slips", "extra"):
        values[name] = msgspec.json.decode(str(values[name]))
    return msgspec.convert(values, Entry, strict=False)
