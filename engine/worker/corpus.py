"""Texts for pre-training: embedded definitions or classics, or the learner's own file of lines."""

from __future__ import annotations

import io
from pathlib import Path

from engine.datasets import CLASSICS, CORPUS
from engine.errors import DataError
from engine.worker.texts import SMALL_BYTES

EMBEDDED = ("definitions", "classics")
FEWEST = 200
"""Fewer texts than this teach nothing, and leave nothing to validate with."""
SEED = 1_000_003
"""Added to the run's seed, so that the order of texts is not that of the batches."""


def corpus(name: str, *, seed: int) -> list[str]:
    """Return texts in an order that follows from the seed.

    Args:
        name: "definitions", "classics", or the path of a text file with one text a line.

    Raises:
        DataError: The file cannot be read, or there are too few texts in it.
    """
    import random

    match name:
        case "definitions":
            texts = _definitions()
        case "classics":
            texts = _classics()
        case _:
            texts = _lines(Path(name).expanduser())
    random.Random(seed + SEED).shuffle(texts)
    return texts


def is_small(name: str) -> bool:
    """Return whether the texts are a file of the learner's that is read in a moment, so that its faults come first."""
    if name in EMBEDDED:
        return False
    try:
        return Path(name).expanduser().stat().st_size <= SMALL_BYTES
    except OSError:
        return True  # reading it says what is wrong


def _definitions() -> list[str]:
    from pyarrow.parquet import read_table

    texts: list[str] = read_table(io.BytesIO(CORPUS.read()), columns=["text"]).column("text").to_pylist()
    return texts


def _classics() -> list[str]:
    """Return the training part alone: a classifier that begins from such a run is tested on the others."""
    from pyarrow.parquet import read_table

    rows: list[dict[str, str]] = read_table(io.BytesIO(CLASSICS.read()), columns=["text", "split"]).to_pylist()
    return [row["text"] for row in rows if row["split"] == "train"]


def _lines(path: Path) -> list[str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise DataError(
            f"data={path}: cannot be read ({why}). Name `definitions` or `classics`, or a text file in UTF-8 with "
            "one text a line.",
            code="corpus-unreadable",
            field="data",
            value=path,
            why=why,
        ) from error
    texts = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    if len(texts) < FEWEST:
        raise DataError(
            f"data={path}: has {len(texts)} different lines; pre-training needs at least {FEWEST}.",
            code="corpus-small",
            field="data",
            value=path,
            count=len(texts),
            least=FEWEST,
        )
    return texts
