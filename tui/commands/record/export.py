"""`learncurve record export`: all that is kept, as JSON lines, as tables, or the course as cards for Anki."""

from __future__ import annotations

import sys
import time
from typing import Any

from content.exports.tables import tables
from content.exports.whole import unwritable, write_whole
from content.memory.parcel import pack
from content.memory.record import Record
from content.memory.unclear import of_record
from engine.errors import RecipeError
from tui.commands.asked import Asked, say_json
from tui.commands.record.opening import absolute, course_of, record_of
from tui.settings import load
from tui.words import Words

STANDARD = "-"
"""Names the standard output."""

NONE = "-"
"""Stands where a list names nothing."""


def run(asked: Asked) -> int:
    """Write what was asked for, and say what it is."""
    given = asked.given
    if not (given.to or given.csv or given.anki):
        raise RecipeError("Name what to write: --to FILE, --csv DIR or --anki FILE.apkg.", code="record-export-nothing")
    told: dict[str, dict[str, Any]] = {}
    with record_of(asked) as record:
        language = given.language or load(record).language or asked.words.language
        if given.to:
            told["record"] = _lines(record, asked)
        if given.csv:
            told["csv"] = _tables(record, asked, language)
    if given.anki:
        told["anki"] = _cards(asked, language)
    if given.to == STANDARD:
        return 0  # what it says would stand among the lines
    if asked.json:
        say_json({"version": 1, **told})
        return 0
    for name, figures in told.items():
        left = "-left" if figures.get("left_out", NONE) != NONE else ""
        said = {key: f"{value:,}" if isinstance(value, int) else value for key, value in figures.items()}
        print(asked.words(f"record.exported-{name}{left}", **said))
    return 0


def _lines(record: Record, asked: Asked) -> dict[str, Any]:
    """Write the record as JSON lines and return what was written; entries that make no sense go along, and are told."""
    name = asked.given.to
    lines = list(pack(record, asked.warn))
    if name == STANDARD:
        sys.stdout.flush()
        sys.stdout.buffer.writelines(lines)
        sys.stdout.buffer.flush()
        return {}
    size = write_whole(absolute(name), lines)
    flags = sum(line.startswith(b'{"flag"') for line in lines)
    entries = sum(line.startswith((b'{"entry"', b'{"row"')) for line in lines)
    return {"file": absolute(name), "entries": entries, "flags": flags, "bytes": size}


def _tables(record: Record, asked: Asked, language: str) -> dict[str, Any]:
    """Write the statistics as tables and return where."""
    folder = absolute(asked.given.csv)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from error
    unclear = record.unclear() if not asked.given.to else ()  # else the lines have told of them
    if unclear:
        asked.warn(of_record(record.store.name, unclear))
    made = tables(record, course_of(asked), language)
    for table in made:
        write_whole(folder / f"{table.name}.csv", [table.csv()])
    return {"folder": folder, "files": ", ".join(f"{table.name}.csv" for table in made)}


def _cards(asked: Asked, language: str) -> dict[str, Any]:
    """Write the course as cards for Anki and return what was written."""
    from content.exports.anki import write_package

    path, own = absolute(asked.given.anki), Words(language)
    packed = write_package(path, course_of(asked), language, lambda key: own(f"anki.{key}"), time.time())
    return {
        "file": path,
        "notes": packed.notes,
        "left_out": ", ".join(packed.left_out) or NONE,
        "language": language,
        "bytes": packed.bytes,
    }
