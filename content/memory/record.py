"""The learner's record: every answer, where each page was left, half-typed answers, choices."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from content.errors import StoreError
from content.memory.entry import Answer
from content.memory.store import Store, set_aside

COLUMNS = (
    "uuid, time, course, item, revision, language, shown, answer, credit, right, slips, confidence, hints, seconds, "
    "seed, app"
)


class Opened(msgspec.Struct, frozen=True):
    """An open record, and where an unreadable one was set aside, None where all was well."""

    record: Record
    set_aside: Path | None = None


def _now() -> datetime:
    return datetime.now(UTC)


def open_record(path: Path, *, network: bool = False, clock: Callable[[], datetime] = _now) -> Opened:
    """Return the record in a file; an unreadable one is renamed, never deleted, and a new one begun.

    Raises:
        StoreError: The folder cannot be written, or a newer program made the record.
    """
    try:
        return Opened(Record(Store(path, network=network), clock))
    except sqlite3.DatabaseError:
        try:
            aside = set_aside(path, clock())
        except OSError as problem:
            raise StoreError(
                f"{path} is unreadable and cannot be renamed: {problem.strerror}. Move it away by hand.",
                code="record-stuck",
                path=path,
                why=problem.strerror,
            ) from problem
    return Opened(Record(Store(path, network=network), clock), aside)


class Record:
    """What is known of the learner. An answer is saved in a transaction of its own, before it is shown as saved.

    Attributes:
        troubled: Called where a place, a draft or a choice cannot be kept: the learner goes on, and is told.
            None raises instead. An answer that cannot be kept always raises.
    """

    def __init__(self, store: Store, clock: Callable[[], datetime] = _now) -> None:
        self.store = store
        self.clock = clock
        self.troubled: Callable[[StoreError], None] | None = None

    @property
    def path(self) -> Path:
        """The file."""
        return self.store.path

    def close(self) -> None:
        """Close the file."""
        self.store.close()

    # -- answers

    def keep_answer(self, answer: Answer) -> Answer:
        """Append an answer; return it with its uuid and time.

        Raises:
            StoreError: It is not kept.
        """
        kept = msgspec.structs.replace(answer, uuid=str(uuid.uuid4()), time=self._time())
        self._append("answer", kept, None)
        return kept

    def void(self, answer: Answer) -> None:
        """Undo an answer: it stays in the log, and counts no longer.

        Raises:
            StoreError: It is not undone.
        """
        entry = msgspec.structs.replace(answer, uuid=str(uuid.uuid4()), time=self._time())
        self._append("void", entry, answer.uuid)

    def answers(self, course: str, item: str | None = None) -> list[Answer]:
        """Return the answers that count, of a course or of one question, in the order (time, uuid)."""
        which = "" if item is None else " AND item = ?"
        rows = self.store.read(
            f"SELECT {COLUMNS} FROM answers AS entry WHERE kind = 'answer' AND course = ?{which} AND NOT EXISTS "  # noqa: S608  # constants
            "(SELECT 1 FROM answers AS later WHERE later.voids = entry.uuid) ORDER BY time, uuid",
            (course,) if item is None else (course, item),
        )
        return [_answer(row) for row in rows]

    def latest(self, course: str, item: str) -> Answer | None:
        """Return the newest answer to a question that counts."""
        found = self.answers(course, item)
        return found[-1] if found else None

    def verdicts(self, course: str) -> list[Verdict]:
        """Return item and verdict of every answer that counts, oldest first: what curves need, and no more."""
        rows = self.store.read(
            "SELECT item, revision, right FROM answers AS entry WHERE kind = 'answer' AND course = ? AND NOT EXISTS "
            "(SELECT 1 FROM answers AS later WHERE later.voids = entry.uuid) ORDER BY time, uuid",
            (course,),
        )
        return [Verdict(item, revision, bool(right)) for item, revision, right in rows]

    def seen(self, course: str) -> set[tuple[str, int]]:
        """Return (item, revision) of every question that was answered."""
        return {(verdict.item, verdict.revision) for verdict in self.verdicts(course)}

    def _append(self, kind: str, entry: Answer, voids: str | None) -> None:
        values = (
            entry.uuid,
            entry.time,
            entry.course,
            entry.item,
            entry.revision,
            entry.language,
            _json(entry.shown),
            _json(entry.answer),
            entry.credit,
            int(entry.right),
            _json(entry.slips),
            entry.confidence,
            entry.hints,
            entry.seconds,
            entry.seed,
            entry.app,
            kind,
            voids,
        )
        marks = ", ".join("?" * len(values))
        self.store.write(f"INSERT INTO answers ({COLUMNS}, kind, voids) VALUES ({marks})", values)  # noqa: S608  # constants

    # -- flags

    def flag(self, course: str, item: str, revision: int, note: str = "") -> None:
        """Keep that a learner doubts a question.

        Raises:
            StoreError: It is not kept.
        """
        self.store.write(
            "INSERT OR REPLACE INTO flags VALUES (?, ?, ?, ?, ?)", (course, item, revision, note, self._time())
        )

    def unflag(self, course: str, item: str, revision: int) -> None:
        """Take a flag back.

        Raises:
            StoreError: It is still there.
        """
        self.store.write(
            "DELETE FROM flags WHERE course = ? AND item = ? AND revision = ?", (course, item, revision)
        )

    def flags(self, course: str) -> dict[tuple[str, int], str]:
        """Return the note of each flagged (item, revision)."""
        rows = self.store.read("SELECT item, revision, note FROM flags WHERE course = ?", (course,))
        return {(item, revision): note for item, revision, note in rows}

    # -- places, drafts, choices

    def keep_place(self, course: str, page: str, value: Any) -> None:
        """Keep where a page was left; `value` is data of JSON's types."""
        self._keep("INSERT OR REPLACE INTO places VALUES (?, ?, ?, ?)", (course, page, _json(value), self._time()))

    def place(self, course: str, page: str) -> Any:
        """Return where a page was left, None where it never was."""
        return self._value("SELECT value FROM places WHERE course = ? AND page = ?", (course, page))

    def newest_place(self, course: str) -> str | None:
        """Return the page that was read last."""
        rows = self.store.read("SELECT page FROM places WHERE course = ? ORDER BY time DESC LIMIT 1", (course,))
        return str(rows[0][0]) if rows else None

    def keep_draft(self, course: str, item: str, value: Any) -> None:
        """Keep a half-typed answer; `value` is data of JSON's types."""
        self._keep("INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?)", (course, item, _json(value), self._time()))

    def draft(self, course: str, item: str) -> Any:
        """Return a half-typed answer, None for none."""
        return self._value("SELECT value FROM drafts WHERE course = ? AND item = ?", (course, item))

    def drafts(self, course: str) -> dict[str, Any]:
        """Return every half-typed answer by its question, the newest last."""
        rows = self.store.read("SELECT item, value FROM drafts WHERE course = ? ORDER BY time", (course,))
        return {item: json.loads(value) for item, value in rows}

    def drop_draft(self, course: str, item: str) -> None:
        """Forget a half-typed answer, since it was given."""
        self._keep("DELETE FROM drafts WHERE course = ? AND item = ?", (course, item))

    def keep_setting(self, key: str, value: Any) -> None:
        """Keep a choice; `value` is data of JSON's types."""
        self._keep("INSERT OR REPLACE INTO settings VALUES (?, ?)", (key, _json(value)))

    def setting(self, key: str, default: Any = None) -> Any:
        """Return a choice."""
        kept = self._value("SELECT value FROM settings WHERE key = ?", (key,))
        return default if kept is None else kept

    def _keep(self, query: str, values: tuple[Any, ...]) -> None:
        try:
            self.store.write(query, values)
        except StoreError as problem:
            if self.troubled is None:
                raise
            self.troubled(problem)

    def _value(self, query: str, values: tuple[Any, ...]) -> Any:
        rows = self.store.read(query, values)
        return json.loads(rows[0][0]) if rows else None

    def _time(self) -> str:
        return self.clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Verdict(msgspec.Struct, frozen=True):
    """How one answer was judged."""

    item: str
    revision: int
    right: bool


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _answer(row: tuple[Any, ...]) -> Answer:
    (ident, time, course, item, revision, language, shown, answer, credit, right, slips, *rest) = row
    confidence, hints, seconds, seed, app = rest
    return Answer(
        uuid=ident,
        time=time,
        course=course,
        item=item,
        revision=revision,
        language=language,
        shown=json.loads(shown),
        answer=json.loads(answer),
        credit=credit,
        right=bool(right),
        slips=tuple(json.loads(slips)),
        confidence=confidence,
        hints=hints,
        seconds=seconds,
        seed=seed,
        app=app,
    )
