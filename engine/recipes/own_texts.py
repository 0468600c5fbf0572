"""A learner's own file of texts, counted before a run: how many rows, which classes, how long the texts are."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import msgspec

MOST_BYTES = 16_000_000
"""A larger file is not counted: whoever turns a knob does not wait."""


class Counted(msgspec.Struct, frozen=True):
    """What a file holds.

    Attributes:
        classes: Rows of each class, the most frequent first; one number where nobody needs labels.
        pieces: Tokens of a text, roughly, on average.
    """

    classes: tuple[int, ...]
    pieces: float


def counted(path: Path) -> Counted | None:
    """Return what a file of CSV, JSON lines or plain lines holds; None where that takes long, or cannot be told."""
    try:
        path = path.expanduser()
        status = path.stat()
    except (OSError, RuntimeError, ValueError):
        return None
    if not path.is_file() or status.st_size > MOST_BYTES:
        return None
    return _counted(path, (status.st_mtime_ns, status.st_size))


@lru_cache(maxsize=8)
def _counted(path: Path, _state: tuple[int, int]) -> Counted | None:
    """Count a file once in each state that it is in."""
    try:
        rows = list(_rows(path))
    except (OSError, ValueError, csv.Error, RecursionError):
        return None
    if not rows:
        return None
    labels = Counter(label for _, label in rows)
    return Counted(tuple(sorted(labels.values(), reverse=True)), sum(pieces(text) for text, _ in rows) / len(rows))


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    """Yield text and label of every row that has both; the label of a plain line is ""."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        match path.suffix.lower():
            case ".csv" | ".tsv":
                for row in csv.DictReader(file, delimiter="\t" if path.suffix.lower() == ".tsv" else ","):
                    if row.get("text") and row.get("label"):
                        yield row["text"], row["label"]
            case ".jsonl" | ".json" | ".ndjson":
                for line in file:
                    found = json.loads(line) if line.strip() else {}
                    if isinstance(found, dict) and "text" in found and "label" in found:
                        yield str(found["text"]), str(found["label"])
            case ".txt":
                for line in file:
                    if line.strip():
                        yield line.strip(), ""


def pieces(text: str) -> float:
    """Return about how many tokens a text has: a Chinese character is one, four other letters are one."""
    wide = sum(ord(letter) > 0x2E80 for letter in text)
    return 2 + wide + (len(text) - wide) / 4
