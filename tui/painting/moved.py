"""Marks what has moved since it was laid out last, so that it is painted where it stands now."""

from __future__ import annotations

from textual._compositor import Compositor, ReflowResult
from textual.geometry import Region, Size
from textual.widget import Widget


class MovedCompositor(Compositor):
    """A compositor that compares with what was painted.

    Textual compares a layout with the map of all widgets. Whoever asks for that map after scrolling, as the
    focus does, has it made anew: a layout that follows before the next painting then finds nothing moved, and
    rows stay where they were on the terminal while keys act on others.
    """

    def __init__(self) -> None:
        super().__init__()
        self._laid: dict[Widget, tuple[Region, Region]] = {}

    def reflow(self, parent: Widget, size: Size) -> ReflowResult:
        """Lay all widgets out, and mark those that moved."""
        result = super().reflow(parent, size)
        self._mark()
        return result

    def reflow_visible(self, parent: Widget, size: Size) -> set[Widget]:
        """Lay the visible widgets out, and mark those that moved."""
        exposed = super().reflow_visible(parent, size)
        self._mark()
        return exposed

    def _mark(self) -> None:
        seen = dict(self.visible_widgets)
        moved = seen.items() ^ self._laid.items()
        self._laid = seen
        if self.size.region not in self._dirty_regions:
            self._dirty_regions.update(found for _, (region, clip) in moved if (found := clip.intersection(region)))
