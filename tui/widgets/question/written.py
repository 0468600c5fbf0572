"""The text of a field as it stands in its lines: Chinese fills them, and no full stop begins one."""

from __future__ import annotations

from textual.document._document import Location
from textual.document._wrapped_document import WrappedDocument

from tui.text.folding import folds


class WrittenDocument(WrappedDocument):
    """Wraps where a reader would, not only at spaces; the texts are short, so that all of it is wrapped anew."""

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        super().wrap(width, tab_width)
        if not width:
            return
        self._wrap_offsets = [folds(line, width) for line in self.document.lines]
        self._offset_to_line_info = [
            (line, section) for line, offsets in enumerate(self._wrap_offsets) for section in range(len(offsets) + 1)
        ]
        self._line_index_to_offsets = [[] for _ in self._wrap_offsets]
        for offset, (line, _) in enumerate(self._offset_to_line_info):
            self._line_index_to_offsets[line].append(offset)

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:
        self.wrap(self._width)
