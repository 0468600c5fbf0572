"""Texts in Parquet, read by pyarrow: it is there with `datasets`, and imported in a fifth of its time."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

from engine.worker.text_refusals import require_columns
from engine.worker.text_rows import Rows, unusable

BATCH = 4_096
"""Rows that are in memory as Python's objects at a time, beside those that are kept."""


def read_parquet(source: Path | bytes, name: str, rows: Rows) -> None:
    """Add the rows of a Parquet file, given as its path or as its bytes.

    Raises:
        DataError: It is broken, a column is missing, or a column is no text.
    """
    import pyarrow
    from pyarrow.parquet import ParquetFile

    try:
        with ParquetFile(io.BytesIO(source) if isinstance(source, bytes) else source) as file:
            require_columns(list(file.schema_arrow.names), name)
            names = _class_names(file.schema_arrow.metadata)
            columns = [column for column in ("text", "label", "split") if column in file.schema_arrow.names]
            line = 0
            for batch in file.iter_batches(BATCH, columns=columns):
                for row in batch.to_pylist():
                    line += 1
                    part = row.get("split")
                    rows.add(row["text"], named(row["label"], names), line, part if isinstance(part, str) else "")
    except (pyarrow.ArrowException, UnicodeDecodeError) as error:
        why = (str(error).splitlines() or ["?"])[0].rstrip(".")
        raise unusable(
            name, f"it is no whole Parquet file ({why}). Write it anew.", code="texts-parquet", why=why
        ) from error


def named(label: Any, names: list[str]) -> Any:
    """Return the class's name where a label is a number that stands for one; -1 is no label."""
    if not names or not isinstance(label, int) or isinstance(label, bool):
        return label
    return names[label] if 0 <= label < len(names) else None


def _class_names(metadata: dict[bytes, bytes] | None) -> list[str]:
    """Return the names that `datasets` writes beside a column of ClassLabel."""
    try:
        facts = json.loads((metadata or {})[b"huggingface"])
        return [str(name) for name in facts["info"]["features"]["label"]["names"]]
    except (KeyError, TypeError, ValueError):  # nobody wrote any
        return []
