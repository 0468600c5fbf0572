"""What turns a record of an older version into one of this version; each step is one transaction with its mark."""

from __future__ import annotations

DERIVED = (
    """
    CREATE TABLE cards (
        course     TEXT NOT NULL,
        item       TEXT NOT NULL,
        revision   INTEGER NOT NULL,
        stability  REAL NOT NULL,    -- days
        difficulty REAL NOT NULL,
        due        INTEGER NOT NULL, -- days are ordinals of the proleptic Gregorian calendar
        lapses     INTEGER NOT NULL,
        first      INTEGER NOT NULL, -- day of the first answer
        last       INTEGER NOT NULL, -- day of the last review
        answers    INTEGER NOT NULL,
        rights     INTEGER NOT NULL,
        seconds    REAL NOT NULL,
        right      INTEGER NOT NULL, -- the last answer was right
        time       TEXT NOT NULL,    -- of the last answer
        sure       TEXT NOT NULL,    -- JSON: answers and right ones by confidence
        slips      TEXT NOT NULL,    -- JSON: how often each misconception was hit
        PRIMARY KEY (course, item, revision)
    ) WITHOUT ROWID""",
    """
    CREATE TABLE days (
        course    TEXT NOT NULL,
        day       INTEGER NOT NULL,
        item      TEXT NOT NULL,
        revision  INTEGER NOT NULL,
        answers   INTEGER NOT NULL,
        rights    INTEGER NOT NULL,
        seconds   REAL NOT NULL,
        rating    INTEGER NOT NULL,
        stability REAL NOT NULL,
        PRIMARY KEY (course, day, item, revision)
    ) WITHOUT ROWID""",
    "CREATE INDEX days_by_item ON days (course, item, revision, day)",
    """
    CREATE TABLE curve (
        course TEXT NOT NULL,
        day    INTEGER NOT NULL,
        seen   INTEGER NOT NULL,
        recall REAL NOT NULL, -- sum over the questions seen
        PRIMARY KEY (course, day)
    ) WITHOUT ROWID""",
    "CREATE TABLE derived (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    # whoever adds to the log, marks what has to be derived anew; a card is never older than the log
    "CREATE TABLE stale (course TEXT NOT NULL, item TEXT NOT NULL, PRIMARY KEY (course, item)) WITHOUT ROWID",
    """
    CREATE TRIGGER answers_make_stale AFTER INSERT ON answers
    BEGIN INSERT OR IGNORE INTO stale VALUES (new.course, new.item); END""",
    "INSERT OR IGNORE INTO stale SELECT DISTINCT course, item FROM answers",
)
"""The tables that can be dropped and made anew from the log; a card for each question and revision."""

STEPS: dict[int, tuple[str, ...]] = {1: DERIVED}
"""By the version that a step begins with; it ends with the next one."""
