"""The tables of the learner's record.

`answers` is a log: entries are added, never changed or deleted, and triggers see to it. What was undone is
said by a later entry of kind "void", what was redone by one of kind "restore"; both name their `target`.
Everything else can be rebuilt by reading the log in the order (time, uuid).
"""

from __future__ import annotations

from content.memory.migrations import DERIVED

VERSION = 2
"""Of the tables; a record of a newer version is read, and not written."""

APPLICATION = 0x4C524E43
"""Marks a file as ours, in SQLite's header: "LRNC"."""

TABLES = (
    """
    CREATE TABLE answers (
        seq        INTEGER PRIMARY KEY AUTOINCREMENT, -- the order of writing, on this machine
        uuid       TEXT NOT NULL UNIQUE,
        time       TEXT NOT NULL,                     -- UTC, 2026-11-23T14:15:02.123456Z
        kind       TEXT NOT NULL,                     -- answer, skip, void, restore
        target     TEXT,                              -- the entry that is voided or restored
        course     TEXT NOT NULL,
        item       TEXT NOT NULL,
        revision   INTEGER NOT NULL,
        language   TEXT NOT NULL,
        shown      TEXT NOT NULL,                     -- JSON: ids in the order shown
        answer     TEXT NOT NULL,                     -- JSON: see content.quiz.answer
        credit     REAL NOT NULL,
        right      INTEGER NOT NULL,                  -- 1 for full credit only
        confidence INTEGER NOT NULL,                  -- 1 guess, 2 unsure, 3 sure; 0 not asked
        hints      INTEGER NOT NULL,                  -- how many were shown
        seconds    REAL NOT NULL,                     -- from the question to the answer
        seed       INTEGER NOT NULL,                  -- of the numbers drawn and the order shown
        slips      TEXT NOT NULL,                     -- JSON: misconceptions that were hit
        session    TEXT NOT NULL,
        mode       TEXT NOT NULL,                     -- page, review, experiment
        app        TEXT NOT NULL,                     -- version of the program
        extra      TEXT NOT NULL DEFAULT '{}'         -- JSON: room for what nobody thought of
    )""",
    "CREATE INDEX answers_by_item ON answers (course, item, time, uuid)",
    "CREATE INDEX answers_by_revision ON answers (course, item, revision) WHERE kind = 'answer'",
    "CREATE INDEX answers_by_time ON answers (course, time, uuid)",
    "CREATE INDEX answers_by_session ON answers (session, seq)",
    "CREATE INDEX answers_by_target ON answers (target) WHERE target IS NOT NULL",
    """
    CREATE TRIGGER answers_stay BEFORE DELETE ON answers
    BEGIN SELECT RAISE(ABORT, 'the log of answers is append-only'); END""",
    """
    CREATE TRIGGER answers_stay_as_they_are BEFORE UPDATE ON answers
    BEGIN SELECT RAISE(ABORT, 'the log of answers is append-only'); END""",
    """
    CREATE VIEW voided AS
        SELECT mark.target AS uuid FROM answers AS mark
        WHERE mark.target IS NOT NULL AND mark.kind = 'void' AND NOT EXISTS (
            SELECT 1 FROM answers AS later
            WHERE later.target = mark.target AND (later.time, later.uuid) > (mark.time, mark.uuid)
        )""",
    """
    CREATE VIEW given AS
        SELECT * FROM answers WHERE kind = 'answer' AND uuid NOT IN voided""",
    """
    CREATE TABLE sessions (
        id      TEXT PRIMARY KEY,
        time    TEXT NOT NULL,
        course  TEXT NOT NULL,
        section TEXT NOT NULL,
        mode    TEXT NOT NULL,
        seed    INTEGER NOT NULL,
        items   TEXT NOT NULL, -- JSON: ids in the order of the first round
        redrawn TEXT NOT NULL, -- JSON: those whose numbers are drawn anew
        ended   TEXT           -- when it was over
    )""",
    "CREATE INDEX sessions_by_section ON sessions (course, section, time)",
    """
    CREATE TABLE places (
        course TEXT NOT NULL,
        page   TEXT NOT NULL,
        place  TEXT NOT NULL, -- JSON: paragraph, scroll
        time   TEXT NOT NULL,
        PRIMARY KEY (course, page)
    )""",
    """
    CREATE TABLE drafts (
        course TEXT NOT NULL,
        item   TEXT NOT NULL,
        draft  TEXT NOT NULL, -- JSON: half-typed answer, marks, hints shown
        time   TEXT NOT NULL,
        PRIMARY KEY (course, item)
    )""",
    """
    CREATE TABLE flags (
        course   TEXT NOT NULL,
        item     TEXT NOT NULL,
        revision INTEGER NOT NULL,
        language TEXT NOT NULL,
        note     TEXT NOT NULL,
        time     TEXT NOT NULL,
        PRIMARY KEY (course, item)
    )""",
    "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    *DERIVED,
)
"""What makes an empty file a record, statement by statement."""
