"""The tables of the record."""

from __future__ import annotations

VERSION = 1
"""Kept as SQLite's user_version; a record with a higher one is not written to."""

TABLES = """
CREATE TABLE IF NOT EXISTS answers (
    seq INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    time TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('answer', 'void')),
    course TEXT NOT NULL,
    item TEXT NOT NULL,
    revision INTEGER NOT NULL,
    language TEXT NOT NULL,
    shown TEXT NOT NULL,
    answer TEXT NOT NULL,
    credit REAL NOT NULL,
    right INTEGER NOT NULL,
    slips TEXT NOT NULL,
    confidence INTEGER NOT NULL,
    hints INTEGER NOT NULL,
    seconds REAL NOT NULL,
    seed INTEGER NOT NULL,
    voids TEXT,
    app TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS answers_by_item ON answers (course, item, time);
CREATE INDEX IF NOT EXISTS answers_voided ON answers (voids) WHERE voids IS NOT NULL;
CREATE TABLE IF NOT EXISTS places (
    course TEXT NOT NULL, page TEXT NOT NULL, value TEXT NOT NULL, time TEXT NOT NULL,
    PRIMARY KEY (course, page)
);
CREATE TABLE IF NOT EXISTS drafts (
    course TEXT NOT NULL, item TEXT NOT NULL, value TEXT NOT NULL, time TEXT NOT NULL,
    PRIMARY KEY (course, item)
);
CREATE TABLE IF NOT EXISTS flags (
    course TEXT NOT NULL, item TEXT NOT NULL, revision INTEGER NOT NULL, note TEXT NOT NULL, time TEXT NOT NULL,
    PRIMARY KEY (course, item, revision)
);
CREATE TABLE IF NOT EXISTS settings (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
"""`answers` is only ever appended to; an undone answer stays and is named by a 'void' entry's `voids`."""
