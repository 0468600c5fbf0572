"""The cards: what the log means for each question, kept in tables that can be made anew from it at any time."""

from __future__ import annotations

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from content.errors import StoreError
from content.memory.checks import MARKS
from content.memory.entry import READ, Entry
from content.memory.schedule import RULES, Card, Day, Plan, card_of, sound
from content.memory.store import Store
from content.memory.telling import Telling
from content.memory.unclear import sensible

BATCH = 500
"""So many questions are derived anew in one transaction."""

CARD = (
    "INSERT OR REPLACE INTO cards (course, item, revision, stability, difficulty, due, lapses, first, last, answers, "
    "rights, seconds, right, time, sure, slips) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

DAY = "INSERT OR REPLACE INTO days VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"

Key = tuple[str, int]
"""Id and revision of a question."""


class Kept(msgspec.Struct, frozen=True):
    """A card as it is kept: enough for what is due and what is remembered."""

    item: str
    revision: int
    stability: float
    due: int
    first: int
    last: int
    right: bool


class Cards(Telling):
    """The part of the record that is derived; every call first derives what has become stale."""

    store: Store

    @property
    def plan(self) -> Plan:
        """How the schedule is computed."""
        for (text,) in self.store.rows("SELECT value FROM derived WHERE key = 'plan'"):
            with contextlib.suppress(msgspec.ValidationError, msgspec.DecodeError):
                return sound(msgspec.json.decode(text, type=Plan))
        return Plan()

    def keep_plan(self, plan: Plan) -> None:
        """Schedule otherwise from now on; every card is made anew when it is next wanted.

        Raises:
            ValueError: FSRS knows no such parameters.
        """
        sound(plan)
        with self.store.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO derived VALUES ('plan', ?)", (msgspec.json.encode(plan).decode(),)
            )
            forget(connection)

    def cards(self, course: str) -> dict[Key, Kept]:
        """Return the cards of a course by question and revision."""
        self.refresh()
        rows = self.store.rows(
            "SELECT item, revision, stability, due, first, last, right FROM cards WHERE course = ?", course
        )
        return {
            (item, revision): Kept(item, revision, stability, due, first, last, bool(right))
            for item, revision, stability, due, first, last, right in rows
        }

    def due(self, course: str, item: str, revision: int) -> int | None:
        """Return the day on which a question returns, None for one that was never answered."""
        self.refresh()
        sql = "SELECT due FROM cards WHERE course = ? AND item = ? AND revision = ?"
        rows = self.store.rows(sql, course, item, revision)
        return int(rows[0][0]) if rows else None

    def slips(self, course: str) -> Counter[str]:
        """Return how often each misconception was hit by answers to a course."""
        self.refresh()
        found: Counter[str] = Counter()
        for (hit,) in self.store.rows("SELECT slips FROM cards WHERE course = ? AND slips != '{}'", course):
            found.update(msgspec.json.decode(hit, type=dict[str, int]))
        return found

    def overdue(self, course: str, today: int) -> frozenset[Key]:
        """Return the questions of a course that have become due, in the revisions that were answered."""
        self.refresh()
        sql = "SELECT item, revision FROM cards WHERE course = ? AND due <= ?"
        return frozenset(self.store.rows(sql, course, today))

    def refresh(self) -> None:
        """Derive anew what the log has changed, all of it; in a record that is only read, nothing.

        Where that cannot be written, figures stay those of before.
        """
        if self.store.newer:
            return
        try:
            self._derive_stale()
        except StoreError as trouble:
            if trouble.code == "store-broken":
                raise
            self.tell_or_raise(trouble)

    def _derive_stale(self) -> None:
        plan = self.plan
        if self.store.rows("SELECT value FROM derived WHERE key = 'rules'") != [(str(RULES),)]:
            with self.store.writing() as connection:
                forget(connection)
                connection.execute("INSERT OR REPLACE INTO derived VALUES ('rules', ?)", (str(RULES),))
        while self.store.rows("SELECT 1 FROM stale LIMIT 1"):
            with self.store.writing() as connection:
                for course, item in connection.execute("SELECT course, item FROM stale LIMIT ?", (BATCH,)).fetchall():
                    derive(connection, course, item, plan)


def forget(connection: sqlite3.Connection) -> None:
    """Mark everything as stale."""
    connection.execute("INSERT OR IGNORE INTO stale SELECT DISTINCT course, item FROM answers")


def derive(connection: sqlite3.Connection, course: str, item: str, plan: Plan) -> None:
    """Make the cards of a question anew, within a transaction, and say that they are no longer stale."""
    by_revision: dict[int, list[Entry]] = {}
    for entry in _standing(connection, course, item):
        by_revision.setdefault(entry.revision, []).append(entry)
    found = (card_of(entries, plan) for entries in by_revision.values())
    _put(connection, course, item, [card for card in found if card is not None])
    connection.execute("DELETE FROM stale WHERE course = ? AND item = ?", (course, item))


def _standing(connection: sqlite3.Connection, course: str, item: str) -> Iterator[Entry]:
    """Yield the answers to a question that were not undone, in the order of a replay."""
    # the log of one question by its index: the view of all that was undone would be made for each of them anew
    sql = READ + "FROM answers WHERE course = ? AND item = ? ORDER BY time, uuid"
    rows = connection.execute(sql, (course, item)).fetchall()
    undone = {row[3]: row[2] == "void" for row in rows if row[2] in MARKS}
    # reading the whole log tells of those that make no sense
    yield from sensible(row for row in rows if row[2] == "answer" and not undone.get(row[0], False))


def _put(connection: sqlite3.Connection, course: str, item: str, cards: list[Card]) -> None:
    connection.execute("DELETE FROM cards WHERE course = ? AND item = ?", (course, item))
    connection.executemany(CARD, map(_card_row, cards))
    sql = "SELECT * FROM days INDEXED BY days_by_item WHERE course = ? AND item = ?"  # else SQLite reads all of them
    before = {(row[1], row[3]): tuple(row) for row in connection.execute(sql, (course, item))}
    after = {(row[1], row[3]): row for row in _day_rows(cards)}
    gone = before.keys() - after.keys()
    changed = [row for key, row in after.items() if before.get(key) != row]
    connection.executemany(
        "DELETE FROM days WHERE course = ? AND day = ? AND item = ? AND revision = ?",
        [(course, day, item, revision) for day, revision in gone],
    )
    connection.executemany(DAY, changed)
    touched = [day for day, _ in gone] + [row[1] for row in changed]
    if touched:
        connection.execute("DELETE FROM curve WHERE course = ? AND day >= ?", (course, min(touched)))


def _card_row(card: Card) -> tuple[object, ...]:
    return (
        card.course,
        card.item,
        card.revision,
        card.stability,
        card.difficulty,
        card.due,
        card.lapses,
        card.days[0].day,
        card.last,
        card.answers,
        sum(day.rights for day in card.days),
        sum(day.seconds for day in card.days),
        int(card.right),
        card.time,
        msgspec.json.encode(card.sure).decode(),
        msgspec.json.encode(card.slips).decode(),
    )


def _day_rows(cards: Iterable[Card]) -> Iterator[tuple[str, int, str, int, int, int, float, int, float]]:
    for card in cards:
        for day in card.days:
            yield (card.course, day.day, card.item, card.revision, *_figures(day))


def _figures(day: Day) -> tuple[int, int, float, int, float]:
    return day.answers, day.rights, day.seconds, day.rating, day.stability
