"""What a file of texts is refused for, whatever its format: no column text or label, too large, not to be read."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from engine.errors import DataError
from engine.worker.text_rows import quoted, unusable


def require_columns(found: Sequence[str], name: str) -> None:
    """Return if there is one column text and one column label.

    Raises:
        DataError: One is missing, or there twice; the sentence names what there is.
    """
    shown = ", ".join(quoted(column) or "(no name)" for column in found[:20])
    for column in ("text", "label"):
        if found.count(column) > 1:
            raise unusable(
                name, f"it has two columns named {column}. Rename one.", code="texts-column-twice", column=column
            )
        if column in found:
            continue
        others = [other for other in found if other not in ("text", "label")]
        close = difflib.get_close_matches(column, [other.lower() for other in others], 1, 0.6)
        near = quoted(next(other for other in others if other.lower() == close[0])) if close else ""
        hint = f"Is {near} meant? Rename it to {column}." if near else f"Rename the one that is meant to {column}."
        raise unusable(
            name,
            f"it has no column {column}; it has {shown}. {hint}",
            code="texts-column",
            column=column,
            columns=shown,
            near=near or "-",
        )


def too_large(name: str, size: int, most: int) -> DataError:
    """Return the sentence for a file of more than `most` bytes."""
    have, limit = f"{size / 1e6:,.0f} MB", f"{most / 1e6:,.0f} MB"
    return unusable(
        name,
        f"it has {have}, and at most {limit} are read. Write a part of it into a file of its own, as JSON lines.",
        code="texts-too-large",
        size=have,
        most=limit,
    )


def unreadable(name: str, error: OSError) -> DataError:
    """Return the sentence for a file or folder that the system does not let us read."""
    why = error.strerror or str(error)
    return unusable(name, f"it cannot be read ({why}). Mend its permissions.", code="texts-unreadable", why=why)
