"""Texts in a CSV or TSV file, line by line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from engine.errors import DataError
from engine.worker.text_encoding import encoding_of
from engine.worker.text_refusals import require_columns
from engine.worker.text_rows import Rows, unusable

LONGEST_FIELD = 16 * 1024**2
"""Characters; a longer field is a quotation mark that was never closed."""
DELIMITERS = (",", "\t", ";")


def read_csv(path: Path, name: str, rows: Rows) -> None:
    """Add the rows of the file.

    Raises:
        DataError: A column is missing, a line has too many or too few fields, or it is not in one encoding.
        OSError: It cannot be read.
    """
    with path.open(encoding=encoding_of(path, name), newline="") as file, _long_fields():
        reader = csv.reader(file, delimiter=_delimiter(path, file))
        header = [column.strip() for column in next(reader, [])]
        require_columns(header, name)
        text, label = header.index("text"), header.index("label")
        part = header.index("split") if header.count("split") == 1 else None
        line = reader.line_num + 1
        try:
            for fields in reader:
                if len(fields) == len(header):
                    rows.add(fields[text], fields[label], line, fields[part] if part is not None else "")
                elif any(field.strip() for field in fields):
                    raise _wrong_fields(name, line, len(fields), len(header))
                line = reader.line_num + 1
        except csv.Error as error:  # a field that does not end
            raise _wrong_fields(name, line, 1, len(header)) from error


def _delimiter(path: Path, file: TextIO) -> str:
    """Return what stands between fields: by the file's ending, unless another one makes sense of the header."""
    first = file.readline(LONGEST_FIELD)
    file.seek(0)
    usual = "\t" if path.suffix.lower() == ".tsv" else ","
    for delimiter in (usual, *DELIMITERS):
        if {"text", "label"} <= {column.strip() for column in next(csv.reader([first], delimiter=delimiter), [])}:
            return delimiter
    return usual


def _wrong_fields(name: str, line: int, count: int, wanted: int) -> DataError:
    fields = "1 field" if count == 1 else f"{count} fields"
    return unusable(
        name,
        f"line {line:,} has {fields}, and the header {wanted}. A text with a comma, a line break or a quotation mark "
        'in it must stand in double quotes, and each " in it be doubled.',
        code="texts-fields",
        line=f"{line:,}",
        count=count,
        wanted=wanted,
    )


@contextmanager
def _long_fields() -> Iterator[None]:
    before = csv.field_size_limit(LONGEST_FIELD)
    try:
        yield
    finally:
        csv.field_size_limit(before)
