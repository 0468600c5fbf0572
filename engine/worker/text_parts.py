"""The parts of a data set: its own where it has them, else drawn; and the classes that can be learned from them."""

from __future__ import annotations

from collections.abc import Sequence

from engine.errors import DataError
from engine.worker.text_rows import Note, Rows, note, quoted, unusable
from engine.worker.text_split import TooFewError, split

PARTS = ("train", "validation", "test")
MOST_CLASSES = 256


def parts_of(rows: Rows, seed: int) -> tuple[list[str], list[Note]]:
    """Return the part of each row, and what is to be said of it: the data set's own split where it has one.

    Raises:
        DataError: There are no rows, fewer than two classes or too many, or a class with too few texts to split.
    """
    if not rows.texts:
        raise unusable(rows.name, "it has no row with a text and a label.", code="texts-no-rows")
    given, said = set(rows.parts), []
    if not given <= set(PARTS) or "train" not in given:
        if given != {""}:
            values = ", ".join(quoted(value) or "nothing" for value in sorted(given)[:5])
            said.append(
                note(
                    f"Its column split is not used: it has {values}, and not just train, validation and test.",
                    code="texts-note-split",
                    values=values,
                )
            )
        given = {"train"}
        parts = ["train"] * len(rows.texts)
    else:
        parts = list(rows.parts)
    missing = [part for part in PARTS if part not in given]
    learned = [row for row, part in enumerate(parts) if part == "train"]
    labels = [rows.labels[row] for row in learned]
    _require_classes(rows.name, labels)
    if missing:
        try:
            drawn = split([rows.texts[row] for row in learned], labels, missing, seed)
        except TooFewError as few:
            raise _too_few(rows.name, few) from few
        for row, part in zip(learned, drawn, strict=True):
            parts[row] = part
    return parts, said


def _require_classes(name: str, labels: Sequence[str]) -> None:
    classes = set(labels)
    if len(classes) == 1:
        label = quoted(labels[0])
        raise unusable(
            name,
            f"all {len(labels):,} texts to learn from have the label {label}. Add texts of at least one other label.",
            code="texts-one-class",
            count=f"{len(labels):,}",
            label=label,
        )
    if len(classes) > MOST_CLASSES:
        raise unusable(
            name,
            f"its column label has {len(classes):,} different values; at most {MOST_CLASSES} are classes. Is label "
            "the right column?",
            code="texts-many-classes",
            count=f"{len(classes):,}",
            most=MOST_CLASSES,
        )


def _too_few(name: str, few: TooFewError) -> DataError:
    shown = ", ".join(f"{quoted(label)}: {count}" for label, count in list(few.counts.items())[:5])
    more = f" and {len(few.counts) - 5} more" if len(few.counts) > 5 else ""
    return unusable(
        name,
        f"a label needs at least {few.least} different texts, one for each part; too few have {shown}{more}. "
        "Add texts, or take those labels out.",
        code="texts-few",
        least=few.least,
        labels=shown + more,
    )


def classes_of(rows: Rows, parts: Sequence[str]) -> tuple[str, ...]:
    """Return the labels of the training part, sorted: numbers by their size.

    Raises:
        DataError: Another part has a label that is never learned.
    """
    learned = {label for label, part in zip(rows.labels, parts, strict=True) if part == "train"}
    for label, part in zip(rows.labels, parts, strict=True):
        if label not in learned:
            raise unusable(
                rows.name,
                f"its part {part} has the label {quoted(label)}, which no training text has. Add training texts "
                "of it, or take it out.",
                code="texts-unseen",
                part=part,
                label=quoted(label),
            )
    if all(label.isascii() and label.isdecimal() for label in learned):
        return tuple(sorted(learned, key=lambda label: (int(label), label)))
    return tuple(sorted(learned))
