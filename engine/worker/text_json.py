"""Texts in JSON: an object a line, or an array of objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from engine.errors import DataError
from engine.worker.text_encoding import encoding_of
from engine.worker.text_refusals import require_columns, too_large
from engine.worker.text_rows import Rows, unusable

MOST_ARRAY_BYTES = 256 * 1024**2
"""An array is read as a whole."""


def read_json(path: Path, name: str, rows: Rows) -> None:
    """Add the rows of the file; where an object lacks text or label, that row is skipped and counted.

    Raises:
        DataError: A line is no JSON object, no line has such a column, or it is not in one encoding.
        OSError: It cannot be read.
    """
    columns: dict[str, None] = {}
    for line, entry in _entries(path, name):
        columns.update(dict.fromkeys(entry))
        part = entry.get("split")
        rows.add(entry.get("text"), entry.get("label"), line, part if isinstance(part, str) else "")
    if columns:
        require_columns(list(columns), name)


def _entries(path: Path, name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield (line, object); of an array (number, object)."""
    decode = msgspec.json.Decoder().decode
    with path.open(encoding=encoding_of(path, name), newline="") as file:
        if path.suffix.lower() == ".json" and file.read(1000).lstrip().startswith("["):
            file.seek(0)
            if path.stat().st_size > MOST_ARRAY_BYTES:
                raise too_large(name, path.stat().st_size, MOST_ARRAY_BYTES)
            lines: Iterable[tuple[int, str]] = [(1, file.read())]
        else:
            file.seek(0)
            lines = enumerate(file, 1)
        for line, written in lines:
            if not written.strip():
                continue
            try:
                found = decode(written)
            except (msgspec.DecodeError, RecursionError, UnicodeEncodeError) as error:
                raise _no_json(name, line, str(error)) from error
            for number, entry in enumerate(found, 1) if isinstance(found, list) else [(line, found)]:
                if not isinstance(entry, dict):
                    raise _no_json(name, number, f"a {type(entry).__name__}")
                yield number, entry


def _no_json(name: str, line: int, why: str) -> DataError:
    return unusable(
        name,
        f"line {line:,} is no JSON object ({why}). Each line must look like "
        '{"text": "A fine day.", "label": "positive"}.',
        code="texts-json",
        line=f"{line:,}",
        why=why,
    )
