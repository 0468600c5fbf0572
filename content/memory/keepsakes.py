"""What the record keeps beside answers: places in pages, half-typed answers, settings, flags."""

from __future__ import annotations

from typing import Any

import msgspec

from content.errors import StoreError
from content.memory.clock import Clock, stamp
from content.memory.store import Store
from content.memory.telling import Telling


class Flag(msgspec.Struct, frozen=True):
    """A question that the learner holds to be faulty, and what they say about it."""

    item: str
    revision: int
    language: str
    note: str
    time: str


class Keepsakes(Telling):
    """The part of the record that is overwritten; values are of JSON's types."""

    store: Store
    clock: Clock

    def place(self, course: str, page: str) -> Any:
        """Return where the learner was in a page, None where it was never opened."""
        return self._value("SELECT place FROM places WHERE course = ? AND page = ?", course, page)

    def keep_place(self, course: str, page: str, place: object) -> None:
        """Keep where the learner is in a page."""
        sql = "INSERT OR REPLACE INTO places (course, page, place, time) VALUES (?, ?, ?, ?)"
        self._keep(sql, course, page, _json(place), stamp(self.clock()))

    def newest_place(self, course: str) -> str | None:
        """Return the page in which the learner was last, None before the first."""
        sql = "SELECT page FROM places WHERE course = ? ORDER BY time DESC, rowid DESC LIMIT 1"
        rows = self.store.rows(sql, course)
        return rows[0][0] if rows else None

    def draft(self, course: str, item: str) -> Any:
        """Return the half-done answer to a question, None for none."""
        return self._value("SELECT draft FROM drafts WHERE course = ? AND item = ?", course, item)

    def drafts(self, course: str) -> tuple[str, ...]:
        """Return the questions that are half answered, the newest first."""
        sql = "SELECT item FROM drafts WHERE course = ? ORDER BY time DESC, rowid DESC"
        return tuple(item for (item,) in self.store.rows(sql, course))

    def keep_draft(self, course: str, item: str, draft: object) -> bool:
        """Keep a half-done answer: what is typed, what is marked, which hints were shown; return whether it is kept."""
        sql = "INSERT OR REPLACE INTO drafts (course, item, draft, time) VALUES (?, ?, ?, ?)"
        return self._keep(sql, course, item, _json(draft), stamp(self.clock()))

    def drop_draft(self, course: str, item: str) -> None:
        """Forget a half-done answer; saving an answer does so by itself."""
        self._keep("DELETE FROM drafts WHERE course = ? AND item = ?", course, item)

    def setting(self, key: str, default: object = None) -> Any:
        """Return what is kept under `key`."""
        found = self._value("SELECT value FROM settings WHERE key = ?", key)
        return default if found is None else found

    def keep_setting(self, key: str, value: object) -> None:
        """Keep a value under `key`; None forgets it."""
        if value is None:
            self._keep("DELETE FROM settings WHERE key = ?", key)
        else:
            self._keep("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", key, _json(value))

    def flag(self, course: str, item: str, *, revision: int = 1, language: str = "", note: str = "") -> None:
        """Keep that a question is held to be faulty."""
        sql = "INSERT OR REPLACE INTO flags (course, item, revision, language, note, time) VALUES (?, ?, ?, ?, ?, ?)"
        self._keep(sql, course, item, revision, language, note, stamp(self.clock()))

    def unflag(self, course: str, item: str) -> None:
        """Take a flag away."""
        self._keep("DELETE FROM flags WHERE course = ? AND item = ?", course, item)

    def flags(self, course: str) -> dict[str, Flag]:
        """Return the flags of a course by question."""
        return {item: flag for (of, item), flag in self.all_flags().items() if of == course}

    def all_flags(self) -> dict[tuple[str, str], Flag]:
        """Return every flag by course and question, the oldest first."""
        rows = self.store.rows("SELECT course, item, revision, language, note, time FROM flags ORDER BY time, item")
        return {(row[0], row[1]): Flag(*row[1:]) for row in rows}

    def _value(self, sql: str, *values: object) -> Any:
        """Return the JSON of the only row; None where there is no row or it makes no sense."""
        for (text,) in self.store.rows(sql, *values):
            try:
                return msgspec.json.decode(text)
            except msgspec.DecodeError:
                return None  # a place or a draft that cannot be read is no reason not to open the page
        return None

    def _keep(self, sql: str, *values: object) -> bool:
        try:
            with self.store.writing() as connection:
                connection.execute(sql, values)
        except StoreError as trouble:
            self.tell_or_raise(trouble)
            return False
        return True


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
