"""A record as JSON lines, to be carried elsewhere: written whole, read line by line.

The first line names the format; every other line is one entry of the log, one flag, or the plan of the schedule:

    {"learncurve": "record", "version": 1, "app": "0.1.0", "time": "2026-11-28T08:00:00.000000Z"}
    {"entry": {"uuid": "...", "time": "...", "kind": "answer", "course": "...", "item": "...", ...}}
    {"flag": {"course": "...", "item": "...", "revision": 1, "language": "en", "note": "...", "time": "..."}}
    {"plan": {"parameters": [], "retention": 0.9}}
    {"row": {"uuid": "...", "time": "...", "kind": "answer", ...}}

The fields of an entry are those of `content.memory.entry.Entry`. A row is an entry that makes no sense to the program
that wrote the file: its columns as the record keeps them. A line that makes no sense is passed over and told of; the
others are read.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from content.errors import StoreError
from content.memory.checks import checked, checked_flag
from content.memory.clock import stamp
from content.memory.entry import Entry
from content.memory.keepsakes import Flag
from content.memory.record import Record
from content.memory.schedule import Plan
from content.memory.unclear import Row, Unclear, of_record, plain, row_of, sensible

VERSION = 1
"""Of the format; a file of a newer one is not read."""


class Parcel(msgspec.Struct, frozen=True):
    """What a file of JSON lines holds.

    Attributes:
        flags: By course and item.
        rows: Entries that make no sense and are carried on as they are.
        unclear: Lines that were passed over.
    """

    entries: tuple[Entry, ...] = ()
    flags: dict[tuple[str, str], Flag] = {}
    plan: Plan | None = None
    rows: tuple[Row, ...] = ()
    unclear: tuple[Unclear, ...] = ()


def pack(record: Record, tell: Callable[[StoreError], None] | None = None) -> Iterator[bytes]:
    """Yield the lines of a record, each with its newline; `tell` of entries that make no sense, which go along."""
    head = {"learncurve": "record", "version": VERSION, "app": record.app, "time": stamp(record.clock())}
    yield _line(head)
    entries, unclear = record.read_log()
    if unclear and tell is not None:
        tell(of_record(record.store.name, unclear))
    for entry in entries:
        yield _line({"entry": entry})
    for each in unclear:
        yield _line({"row": plain(each.row)})
    for (course, item), flag in record.all_flags().items():
        yield _line({"flag": {"course": course, **msgspec.structs.asdict(flag), "item": item}})
    if record.plan != Plan():
        yield _line({"plan": record.plan})


def unpack(file: Path) -> Parcel:
    """Return what a file holds; lines that make no sense are passed over.

    Raises:
        StoreError: It cannot be read, or it is no record.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(
            f"{file} cannot be read: {reason}.", code="parcel-unreadable", path=file, reason=reason
        ) from error
    return unpacked(data, file)


def unpacked(data: bytes, file: Path) -> Parcel:
    """Return what the bytes of a file hold; lines that make no sense are passed over.

    Raises:
        StoreError: It is no record.
    """
    lines = data.splitlines()
    if not lines:
        raise _faulty(file, 1, "the file is empty")
    _check_head(file, lines[0])
    entries: list[Entry] = []
    rows: list[Row] = []
    flags: dict[tuple[str, str], Flag] = {}
    plan: Plan | None = None
    unclear: list[Unclear] = []
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        try:
            match msgspec.json.decode(line):
                case {"entry": fields}:
                    entries.append(checked(msgspec.convert(fields, Entry)))
                case {"row": fields}:
                    row = row_of(fields)
                    if found := next(sensible([row]), None):  # to this program, it does make sense
                        entries.append(found)
                    else:
                        rows.append(row)
                case {"flag": {"course": str(course), **rest}}:
                    flag = checked_flag(msgspec.convert(rest, Flag))
                    flags[course, flag.item] = flag
                case {"plan": fields}:
                    plan = msgspec.convert(fields, Plan)
                case _:
                    raise ValueError("it is neither an entry nor a flag nor a plan")
        except RecursionError:
            unclear.append(Unclear(number, "its JSON is nested too deep"))
        except ValueError as error:
            unclear.append(Unclear(number, str(error)))
    return Parcel(tuple(entries), flags, plan, tuple(rows), tuple(unclear))


def _check_head(file: Path, line: bytes) -> None:
    head: object = None
    with contextlib.suppress(ValueError):
        head = msgspec.json.decode(line)
    match head:
        case {"learncurve": "record", "version": int(version)} if version > VERSION:
            raise StoreError(
                f"{file} was written by a newer Learncurve (format {version}); update to import it.",
                code="parcel-newer",
                path=file,
                version=version,
            )
        case {"learncurve": "record", "version": int()}:
            return
    raise _faulty(file, 1, 'it does not begin with {"learncurve": "record", "version": 1}')


def _faulty(file: Path, line: int, reason: str) -> StoreError:
    return StoreError(
        f"{file}:{line}: {reason}. Nothing was imported.",
        code="parcel-faulty",
        path=file,
        line=line,
        reason=reason,
    )


def _line(content: object) -> bytes:
    return msgspec.json.encode(content) + b"\n"
