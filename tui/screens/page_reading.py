"""Where the learner is in a page, and what they have seen of it, as the record keeps both."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from content.memory.record import Record
from tui.widgets.block_seen import Seen
from tui.widgets.block_sheet import Place

Kept = TypeVar("Kept", Place, Seen)


class Reading:
    """The reading of one page.

    Attributes:
        place: Where the learner is.
        seen: What was on the screen, today or before.
    """

    def __init__(self, record: Record, course: str, slug: str) -> None:
        """Take up what is kept; a page that was never opened is begun at its beginning."""
        self._record, self._course, self._slug = record, course, slug
        kept = record.place(course, slug)
        self.place = _read(kept, Place)
        self.seen = _read(kept, Seen)

    def keep(self) -> None:
        """Keep both."""
        kept = {**msgspec.to_builtins(self.place), **msgspec.to_builtins(self.seen)}
        self._record.keep_place(self._course, self._slug, kept)


def _read(kept: object, kind: type[Kept]) -> Kept:
    try:
        return msgspec.convert(kept or {}, kind)
    except msgspec.ValidationError:
        return kind()
