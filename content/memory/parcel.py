"""A record as JSON lines, to be carried elsewhere: written whole, read with each fault named by its line.

The first line names the format; every other line is one entry of the log, one flag, or the plan of the schedule:

    {"learncurve": "record", "version": 1, "app": "0.1.0", "time": "2026-11-28T08:00:00.000000Z"}
    {"entry": {"uuid": "...", "time": "...", "kind": "answer", "course": "...", "item": "...", ...}}
    {"flag": {"course": "...", "item": "...", "revision": 1, "language": "en", "note": "...", "time": "..."}}
    {"plan": {"parameters": [], "retention": 0.9}}

The fields of an entry are those of `content.memory.entry.Entry`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from content.errors import StoreError
from content.memory.checks import checked, checked_flag
from content.memory.clock import stamp
from content.memory.entry import Entry
from content.memory.keepsakes import Flag
from content.memory.record import Record
from content.memory.schedule import Plan

VERSION = 1
"""Of the format; a file of a newer one is not read."""


class Parcel(msgspec.Struct, frozen=True):
    """What a file of JSON lines holds.

    Attributes:
        flags: By course and item.
    """

    entries: tuple[Entry, ...] = ()
    flags: dict[tuple[str, str], Flag] = {}
    plan: Plan | None = None


def pack(record: Record) -> Iterator[bytes]:
    """Yield the lines of a record, each with its newline."""
    head = {"learncurve": "record", "version": VERSION, "app": record.app, "time": stamp(record.clock())}
    yield _line(head)
    for entry in record.log():
        yield _line({"entry": entry})
    for (course, item), flag in record.all_flags().items():
        yield _line({"flag": {"course": course, **msgspec.structs.asdict(flag), "item": item}})
    if record.plan != Plan():
        yield _line({"plan": record.plan})


def unpack(file: Path) -> Parcel:
    """Return what a file holds.

    Raises:
        StoreError: It cannot be read, or a line of it makes no sense; the sentence names the line.
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
    """Return what the bytes of a file hold.

    Raises:
        StoreError: A line makes no sense; the sentence names it, and the field.
    """
    lines = data.splitlines()
    if not lines:
        raise _faulty(file, 1, "the file is empty")
    _check_head(file, lines[0])
    entries: list[Entry] = []
    flags: dict[tuple[str, str], Flag] = {}
    plan: Plan | None = None
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        try:
            match msgspec.json.decode(line):
                case {"entry": fields}:
                    entries.append(checked(msgspec.convert(fields, Entry)))
                case {"flag": {"course": str(course), **rest}}:
                    flag = checked_flag(msgspec.convert(rest, Flag))
                    flags[course, flag.item] = flag
                case {"plan": fields}:
                    plan = msgspec.convert(fields, Plan)
                case _:
                    raise ValueError("it is neither an entry nor a flag nor a plan")
        except (ValueError, RecursionError) as error:
            raise _faulty(file, number, str(error)) from error
    return Parcel(tuple(entries), flags, plan)


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
