"""Sessions that were begun: after a crash they go on where they were."""

from __future__ import annotations

import contextlib

import msgspec

from content.memory.clock import Clock, moment_of, stamp
from content.memory.day import day_at
from content.memory.entry import Entry
from content.memory.store import Store
from content.quiz.session import Session, Step


class Sessions:
    """The part of the record that knows which session is open; its answers stand in the log."""

    store: Store
    clock: Clock

    def begin_session(self, session: Session) -> None:
        """Keep a session that begins; an older one of the same section is over."""
        now = stamp(self.clock())
        items, redrawn = (msgspec.json.encode(each).decode() for each in (session.items, session.redrawn))
        with self.store.writing() as connection:
            connection.execute(
                "UPDATE sessions SET ended = ? WHERE course = ? AND section = ? AND mode = ? AND ended IS NULL",
                (now, session.course, session.section, session.mode),
            )
            connection.execute(
                "INSERT INTO sessions (id, time, course, section, mode, seed, items, redrawn) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (session.id, now, session.course, session.section, session.mode, session.seed, items, redrawn),
            )

    def open_session(self, course: str, section: str, mode: str = "page") -> Session | None:
        """Return the session of a section that is not over, None where there is none."""
        rows = self.store.rows(
            "SELECT id, seed, items, redrawn FROM sessions "
            "WHERE course = ? AND section = ? AND mode = ? AND ended IS NULL ORDER BY time DESC, rowid DESC LIMIT 1",
            course,
            section,
            mode,
        )
        for name, seed, items, redrawn in rows:
            with contextlib.suppress(ValueError):  # an order that cannot be read is no reason not to begin anew
                return Session(
                    id=name,
                    course=course,
                    section=section,
                    items=msgspec.json.decode(items, type=tuple[str, ...]),
                    seed=seed,
                    redrawn=msgspec.json.decode(redrawn, type=tuple[str, ...]),
                    mode=mode,
                )
        return None

    def begun_on(self, session_id: str) -> int | None:
        """Return the learner's day on which a session began, None for one that is not kept."""
        rows = self.store.rows("SELECT time FROM sessions WHERE id = ?", session_id)
        for (time,) in rows:
            with contextlib.suppress(ValueError):  # a time that is none
                return day_at(moment_of(time).astimezone(self.clock().tzinfo))
        return None

    def end_session(self, session_id: str) -> None:
        """Say that a session is over."""
        with self.store.writing() as connection:
            connection.execute(
                "UPDATE sessions SET ended = ? WHERE id = ? AND ended IS NULL", (stamp(self.clock()), session_id)
            )


def steps(entries: tuple[Entry, ...]) -> tuple[Step, ...]:
    """Return what the entries of a session mean for its order."""
    return tuple(Step(entry.item, entry.right, entry.kind == "skip") for entry in entries)
