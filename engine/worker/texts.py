"""The texts that a BERT learns to tell apart: embedded sets, the learner's own files, sets of a hub."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec.structs import replace

from engine.datasets import CLASSICS, REVIEWS, TOPICS
from engine.recipes.places import is_path
from engine.worker.text_files import read_file, require_file
from engine.worker.text_parquet import read_parquet
from engine.worker.text_parts import PARTS, classes_of, parts_of
from engine.worker.text_refusals import unreadable
from engine.worker.text_rows import MOST_ROWS, Note, Rows, note, quoted
from engine.worker.text_split import draw
from engine.worker.unknown import refuse_unknown, share_unknown

if TYPE_CHECKING:
    from engine.worker.session import Session

__all__ = ["EMBEDDED", "Part", "Texts", "refuse_unknown", "require_texts", "share_unknown", "texts"]

log = logging.getLogger(__name__)

EMBEDDED = {"topics": TOPICS, "reviews": REVIEWS, "classics": CLASSICS}
SMALL_BYTES = 16_000_000
"""A run that waits for others holds no larger file in memory."""
COARSE = 50
"""With fewer texts to validate with, a learner is told how coarse the figures are."""


class Part(msgspec.Struct, frozen=True):
    """Some of the texts, and the number of each one's class."""

    texts: list[str]
    labels: list[int]

    def __len__(self) -> int:
        return len(self.labels)


class Texts(msgspec.Struct, frozen=True):
    """A data set in its three parts.

    Attributes:
        classes: Names of the labels, sorted; a label's number is its place here.
        notes: What a learner should know of the data, each one a sentence by str().
        unlabelled: All training texts, where only some of their labels were drawn; a tokenizer may be made of them.
    """

    train: Part
    validation: Part
    test: Part
    classes: tuple[str, ...]
    notes: tuple[Note, ...] = ()
    unlabelled: list[str] = []


def texts(name: str, *, labels_per_class: int = 0, seed: int = 0, cache: Path, most: int = MOST_ROWS) -> Texts:
    """Return the data set `name`; needs no torch.

    Args:
        name: "topics", "reviews", "classics", the path of a file or folder, or a data set's id on a hub.
        labels_per_class: Training texts of each class that are drawn, 0 for all; the other parts are never cut.
        seed: Of that draw, and of the split where the data set has none.
        cache: Folder for what is unpacked on the way.
        most: Rows that are read at most.

    Raises:
        DataError: There is no such data, or it is not usable; the sentence says why and what to do.
    """
    rows = Rows(name, most)
    _read(name, rows, cache)
    parts, said = parts_of(rows, seed)
    classes = classes_of(rows, parts)
    number = {label: place for place, label in enumerate(classes)}
    chosen = {part: [row for row, its in enumerate(parts) if its == part] for part in PARTS}

    def part(which: str) -> Part:
        mine = chosen[which]
        return Part([rows.texts[row] for row in mine], [number[rows.labels[row]] for row in mine])

    found = Texts(part("train"), part("validation"), part("test"), classes)
    notes = [] if name in EMBEDDED else [*rows.notes(), *said, *_coarse(found.validation)]
    if labels_per_class:
        notes += _short(found, labels_per_class)
        found = replace(found, train=_fewer(found.train, labels_per_class, seed), unlabelled=found.train.texts)
    for one in notes:
        log.warning("data=%s: %s", quoted(name), one)
    return replace(found, notes=tuple(notes))


def require_texts(name: str) -> None:
    """Return if the data set `name` is there or can be reached, before anything heavy is imported.

    Raises:
        DataError: There is no such file, or it is of a wrong kind or size; or a hub does not answer within a
            second and a half, and its cache has no copy.
    """
    where, place = _where(name)
    if where == "file":
        require_file(place, name)
    elif where == "hub":
        from engine.worker.text_hub import require_reachable

        require_reachable(name, tuple(EMBEDDED))


def fetch_texts(session: Session, name: str) -> None:
    """Return once all files of the data set `name` are on this disk; a set of a hub is downloaded.

    Raises:
        Stopped: The run is to stop.
        EngineError: It cannot be downloaded.
    """
    if _where(name)[0] == "hub":
        from engine.worker.hub_set import fetch_set

        fetch_set(session, name, tuple(EMBEDDED))


def is_small(name: str) -> bool:
    """Return whether the data set is a file that is read in a moment, so that its faults can be told at once."""
    where, place = _where(name)
    return where == "file" and place.stat().st_size <= SMALL_BYTES


def is_light(name: str) -> bool:
    """Return whether the data set is read without anything heavy: it is embedded, or one file."""
    return _where(name)[0] in ("embedded", "file")


def _where(name: str) -> tuple[Literal["embedded", "folder", "file", "hub"], Path]:
    if name in EMBEDDED:
        return "embedded", Path()
    try:
        place = Path(os.path.expanduser(name))
        if place.is_dir():
            return "folder", place
        return "file" if place.exists() or is_path(name) else "hub", place
    except OSError as error:  # a name that is too long, a folder that is closed
        raise unreadable(name, error) from error


def _read(name: str, rows: Rows, cache: Path) -> None:
    where, place = _where(name)
    match where:
        case "embedded":
            read_parquet(EMBEDDED[name].read(), name, rows)
        case "file":
            read_file(place, name, rows)
        case "folder":
            from engine.worker.text_hub import read_folder

            read_folder(place, name, rows, cache)
        case "hub":
            from engine.worker.text_hub import read_hub

            read_hub(name, rows, known=tuple(EMBEDDED))


def _coarse(validation: Part) -> list[Note]:
    count = len(validation)
    if count >= COARSE:
        return []
    points = f"{100 / count:.1f}"
    return [
        note(
            f"Only {count} texts are held out for validation: one of them is {points} points of accuracy.",
            code="texts-note-coarse",
            count=count,
            points=points,
        )
    ]


def _short(found: Texts, each: int) -> list[Note]:
    counts = [found.train.labels.count(label) for label in range(len(found.classes))]
    short = [f"{quoted(label)}: {count:,}" for label, count in zip(found.classes, counts, strict=True) if count < each]
    if not short:
        return []
    shown = ", ".join(short[:5]) + (", …" if len(short) > 5 else "")
    return [
        note(
            f"labels_per_class={each}: some labels have fewer texts to learn from, and all of those are used "
            f"({shown}).",
            code="texts-note-short",
            each=each,
            labels=shown,
        )
    ]


def _fewer(part: Part, each: int, seed: int) -> Part:
    rows = draw(part.texts, part.labels, each, seed)
    return Part([part.texts[row] for row in rows], [part.labels[row] for row in rows])
