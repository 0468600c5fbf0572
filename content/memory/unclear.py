"""What makes no sense to this program, an entry or a line: passed over, left as it is, and told of in one sentence."""

from __future__ import annotations

import base64
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from content.errors import StoreError
from content.memory.checks import checked
from content.memory.entry import NAMES, Entry, from_row

Row = tuple[object, ...]
"""Of `entry.READ`."""

MAY_BE_NONE = ("target",)
"""Columns of the log that may be empty."""


class Unclear(msgspec.Struct, frozen=True):
    """An entry or a line that makes no sense.

    Attributes:
        number: Of the entry in the order of writing, or of the line in its file.
        reason: Which field it is, and why.
        row: The entry as it is kept, empty for a line.
    """

    number: int
    reason: str
    row: Row = ()


def understood(row: Row) -> Entry:
    """Return the entry of a row of `entry.READ`.

    Raises:
        ValueError: It makes no sense; the text names the field.
    """
    try:
        return checked(from_row(row))
    except RecursionError as error:
        raise ValueError("its JSON is nested too deep") from error


def sensible(rows: Iterable[Row]) -> Iterator[Entry]:
    """Yield the entries of rows; those that make no sense are passed over, reading the whole log tells of them."""
    for row in rows:
        try:
            entry = understood(row)
        except ValueError:
            continue
        yield entry


# -- as JSON


def plain(row: Row) -> dict[str, object]:
    """Return a row as JSON can say it, value by value as it is kept."""
    return {name: _plain(value) for name, value in zip(NAMES, row, strict=True)}


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    if isinstance(value, float) and not math.isfinite(value):
        return {"real": str(value)}
    return value


def row_of(fields: object) -> Row:
    """Return the row that `plain` has said.

    Raises:
        ValueError: It is none, or one that no record can keep.
    """
    if not isinstance(fields, dict) or set(fields) != set(NAMES):
        raise ValueError("row: it has other columns than an entry")
    row = tuple(_kept(name, fields[name]) for name in NAMES)
    if not isinstance(row[0], str) or not row[0]:
        raise ValueError(f"uuid = {row[0]!r}: every entry has a name of its own")
    return row


def keepable(row: Row) -> bool:
    """Return whether a record can keep a row as it is."""
    try:
        return row_of(plain(row)) == row
    except ValueError:
        return False


def _kept(name: str, value: object) -> object:
    match value:
        case {"base64": str(text)}:
            return base64.b64decode(text, validate=True)
        case {"real": "inf" | "-inf" as text}:
            return float(text)
        case None if name in MAY_BE_NONE:
            return None
        case int() if not -(2**63) <= value < 2**63:
            raise ValueError(f"{name} = {value}: no record can keep it")
        case str() | int() | float():
            return value
    raise ValueError(f"{name} = {value!r}: no record can keep it")


# -- in words


def of_record(path: object, unclear: Sequence[Unclear]) -> StoreError:
    """Return that entries of a record make no sense, as a sentence."""
    first = unclear[0]
    name = first.row[0] if first.row else ""
    if len(unclear) == 1:
        return StoreError(
            f"Entry {first.number} ({name}) of the record {path} makes no sense: {first.reason}. "
            "It stays as it is, goes out with every export, and does not count.",
            code="store-entry",
            path=path,
            number=first.number,
            uuid=name,
            reason=first.reason,
        )
    return StoreError(
        f"{len(unclear)} entries of the record {path} make no sense, number {first.number} ({name}) first: "
        f"{first.reason}. They stay as they are, go out with every export, and do not count.",
        code="store-entries",
        path=path,
        count=len(unclear),
        number=first.number,
        uuid=name,
        reason=first.reason,
    )


def of_file(path: Path, unclear: Sequence[Unclear]) -> StoreError:
    """Return that lines of a file make no sense, as a sentence."""
    first = unclear[0]
    if len(unclear) == 1:
        return StoreError(
            f"{path}:{first.number}: {first.reason}. This line was passed over, everything else was read.",
            code="parcel-line",
            path=path,
            line=first.number,
            reason=first.reason,
        )
    return StoreError(
        f"{path}: {len(unclear)} lines make no sense and were passed over, line {first.number} first: "
        f"{first.reason}. Everything else was read.",
        code="parcel-lines",
        path=path,
        count=len(unclear),
        line=first.number,
        reason=first.reason,
    )
