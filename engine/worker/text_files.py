"""The learner's own data: a CSV, TSV, JSON lines or Parquet file with the columns text and label."""

from __future__ import annotations

import difflib
from itertools import islice
from pathlib import Path

from engine.recipes.places import TEXT_FILES
from engine.worker.text_refusals import too_large, unreadable
from engine.worker.text_rows import Rows, quoted, unusable

MOST_BYTES = 2 * 1024**3


def read_file(path: Path, name: str, rows: Rows) -> None:
    """Add the rows of the file at `path`.

    Args:
        name: The value of `data`, which errors name.

    Raises:
        DataError: It is not there, or not usable.
    """
    try:
        require_file(path, name)
        match path.suffix.lower():
            case ".parquet":
                from engine.worker.text_parquet import read_parquet

                read_parquet(path, name, rows)
            case ".csv" | ".tsv":
                from engine.worker.text_csv import read_csv

                read_csv(path, name, rows)
            case _:
                from engine.worker.text_json import read_json

                read_json(path, name, rows)
    except OSError as error:
        raise unreadable(name, error) from error


def require_file(path: Path, name: str) -> None:
    """Return if there is a file of a kind and size that can be read.

    Raises:
        DataError: There is none; the sentence names what is nearest.
    """
    if not path.exists():
        near = _neighbour(path)
        hint = f" Did you mean {near}?" if near else " Check its name and folder."
        raise unusable(name, f"there is no such file.{hint}", code="texts-missing", near=near or "-")
    if path.suffix.lower() not in TEXT_FILES or not path.is_file():
        known = ", ".join(TEXT_FILES)
        raise unusable(
            name,
            f"this kind of file is not read; save it as one of {known}, with the columns text and label.",
            code="texts-suffix",
            known=known,
        )
    size = path.stat().st_size
    if size == 0:
        raise unusable(name, "the file is empty. It needs rows with a text and a label.", code="texts-empty")
    if size > MOST_BYTES:
        raise too_large(name, size, MOST_BYTES)


def _neighbour(path: Path) -> str:
    """Return the file beside that is named most like it."""
    if not path.parent.is_dir():
        return ""
    beside = {entry.name.lower(): entry.name for entry in islice(path.parent.iterdir(), 2_000)}
    near = difflib.get_close_matches(path.name.lower(), beside, 1, 0.7)
    return quoted(beside[near[0]]) if near else ""
