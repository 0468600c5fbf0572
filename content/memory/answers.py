"""The log of answers: adding to it, undoing, and what it says."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterable
from typing import Any

import msgspec

from content.errors import StoreError
from content.memory.cards import Cards, derive
from content.memory.checks import MARKS
from content.memory.clock import Clock, just_after, offset_of, stamp
from content.memory.day import day_of
from content.memory.entry import READ, WRITE, Entry, Given, to_row
from content.memory.store import Store
from content.memory.unclear import Row, Unclear, sensible, understood

VOIDED = """
WITH voided (uuid) AS (
    SELECT mark.target FROM answers AS mark
    WHERE mark.target IS NOT NULL AND mark.kind = 'void' AND NOT EXISTS (
        SELECT 1 FROM answers AS later
        WHERE later.target = mark.target AND later.kind IN ('void', 'restore')
        AND (later.time, later.uuid) > (mark.time, mark.uuid)
    )
) """
"""Begins a query about what was undone. The view of this name takes every entry with a target for a mark."""


class Outcome(msgspec.Struct, frozen=True):
    """What became of one answer."""

    item: str
    revision: int
    right: bool
    confidence: int
    time: str


class Answers(Cards):
    """The part of the record that is a log; every call that writes is one transaction."""

    store: Store
    clock: Clock
    app: str

    def save(self, given: Given) -> Entry:
        """Keep an answer and drop the question's draft; once it returns, the answer outlives a crash.

        Raises:
            StoreError: It could not be kept.
        """
        return self._add(given, "answer")

    def skip(self, given: Given) -> Entry:
        """Keep that a question was skipped; it does not count as seen."""
        return self._add(msgspec.structs.replace(given, credit=0.0, right=False), "skip")

    def void(self, entry_id: str) -> None:
        """Undo an answer; it stays in the log and counts no more."""
        self._mark(entry_id, "void")

    def restore(self, entry_id: str) -> None:
        """Redo an answer that was undone."""
        self._mark(entry_id, "restore")

    def seen(self, course: str) -> frozenset[tuple[str, int]]:
        """Return id and revision of every question that was answered."""
        self.refresh()
        return frozenset(self.store.rows("SELECT item, revision FROM cards WHERE course = ?", course))

    def covered(self, course: str, keys: Iterable[tuple[str, int]]) -> int:
        """Return how many of these questions (id, revision) were answered."""
        return len(self.seen(course).intersection(keys))

    def met(self, course: str, item: str, revision: int) -> bool:
        """Return whether a question was put to the learner, who answered or skipped it."""
        sql = (
            "SELECT 1 FROM answers WHERE course = ? AND item = ? AND revision = ? "
            "AND kind IN ('answer', 'skip') AND uuid NOT IN voided LIMIT 1"
        )
        return bool(self._voiding(sql, course, item, revision))

    def latest(self, course: str, item: str) -> Entry | None:
        """Return the last answer to a question, None where there is none."""
        sql = (
            f"{READ}FROM answers WHERE course = ? AND item = ? AND kind = 'answer' AND uuid NOT IN voided "
            "ORDER BY time DESC, uuid DESC"
        )
        return next(sensible(self._voiding(sql, course, item)), None)

    def first_on(self, day: int, course: str, item: str, revision: int) -> str:
        """Return the session of a day's first answer to a question, the one that its schedule counts; "" for none."""
        sql = (
            f"{READ}FROM answers WHERE course = ? AND item = ? AND revision = ? AND kind = 'answer' "
            "AND uuid NOT IN voided ORDER BY time, uuid"
        )
        found = sensible(self._voiding(sql, course, item, revision))
        return next((entry.session for entry in found if day_of(entry.time, entry.offset) == day), "")

    def answers_in(self, session: str) -> tuple[Entry, ...]:
        """Return what was answered or skipped in a session and not undone, in the order of writing."""
        sql = READ + "FROM answers WHERE session = ? AND kind IN ('answer', 'skip') AND uuid NOT IN voided ORDER BY seq"
        return tuple(sensible(self._voiding(sql, session)))

    def undone_in(self, session: str) -> Entry | None:
        """Return what can be redone in a session: the last that was undone; none once something is answered after."""
        undone: dict[str, None] = {}
        rows = self.store.rows("SELECT kind, target FROM answers WHERE session = ? ORDER BY seq", session)
        for kind, target in rows:
            if kind in ("answer", "skip"):
                undone.clear()
            elif kind in MARKS:
                undone.pop(target, None)
            if kind == "void":
                undone[target] = None
        rows = self.store.rows(READ + "FROM answers WHERE uuid = ?", [*undone][-1]) if undone else []
        return next(sensible(rows), None)

    def verdicts(self, course: str) -> tuple[Outcome, ...]:
        """Return what became of every answer, by time."""
        # read in the order of writing and sorted here: twice as fast as by an index, since nearly sorted
        sql = (
            "SELECT time, uuid, item, revision, right, confidence FROM answers NOT INDEXED "
            "WHERE course = ? AND kind = 'answer' AND uuid NOT IN voided"
        )
        rows = self._voiding(sql, course)
        rows.sort()
        return tuple(
            Outcome(item, revision, bool(right), confidence, time)
            for time, _, item, revision, right, confidence in rows
        )

    def log(self, course: str | None = None) -> tuple[Entry, ...]:
        """Return every entry that makes sense, of every kind, in the order of a replay: by time, then by uuid."""
        return self.read_log(course)[0]

    def read_log(self, course: str | None = None) -> tuple[tuple[Entry, ...], tuple[Unclear, ...]]:
        """Return the log in the order of a replay, and the entries that make no sense, in the order of writing."""
        of_course = "WHERE course = ? " if course is not None else ""
        sql = f"{READ}, seq FROM answers {of_course}ORDER BY time, uuid"
        entries: list[Entry] = []
        unclear: list[Unclear] = []
        for *values, number in self.store.rows(sql, *(() if course is None else (course,))):
            row: Row = tuple(values)
            try:
                entries.append(understood(row))
            except ValueError as error:
                unclear.append(Unclear(number, str(error), row))
        return tuple(entries), tuple(sorted(unclear, key=lambda each: each.number))

    def unclear(self) -> tuple[Unclear, ...]:
        """Return the entries that make no sense, where answers are among them.

        It is nearly free where all is well: the whole log is read only where it holds more answers than count.
        """
        self.refresh()
        held = "SELECT count(*) FROM answers WHERE kind = 'answer' AND uuid NOT IN voided"
        derived = "SELECT coalesce(sum(answers), 0) FROM days"
        return self.read_log()[1] if self._voiding(held) != self.store.rows(derived) else ()

    def _voiding(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of a query about what was undone."""
        return self.store.rows(VOIDED + sql, *values)

    def _add(self, given: Given, kind: str) -> Entry:
        fields = msgspec.structs.asdict(given)
        now = self.clock()
        entry = Entry(
            **fields,
            uuid=str(uuid.uuid4()),
            time=stamp(now),
            kind=kind,
            app=self.app,
            extra={"offset": offset} if (offset := offset_of(now)) else {},
        )
        with self.store.writing() as connection:
            connection.execute(WRITE, to_row(entry))
            connection.execute("DELETE FROM drafts WHERE course = ? AND item = ?", (entry.course, entry.item))
            derive(connection, entry.course, entry.item, self.plan)
        return entry

    def _mark(self, entry_id: str, kind: str) -> None:
        with self.store.writing() as connection:
            sql = READ + "FROM answers WHERE uuid = ? AND kind IN ('answer', 'skip')"
            target = next(sensible(connection.execute(sql, (entry_id,)).fetchall()), None)
            if target is None:
                raise StoreError(f"There is no answer {entry_id}.", code="store-no-answer", uuid=entry_id)
            (last,) = connection.execute(
                "SELECT max(time) FROM answers WHERE uuid = ? OR target = ?", (entry_id, entry_id)
            ).fetchone()
            time = stamp(self.clock())
            with contextlib.suppress(ValueError):  # a mark whose time is none
                time = max(time, just_after(last))  # later than what it undoes, even where the clock was set back
            mark = msgspec.structs.replace(
                target, uuid=str(uuid.uuid4()), time=time, kind=kind, target=entry_id, app=self.app
            )
            connection.execute(WRITE, to_row(mark))
            derive(connection, mark.course, mark.item, self.plan)
