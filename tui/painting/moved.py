"""Marks what has moved since it was laid out last, so that it is painted where it stands now, and told its size."""

from __future__ import annotations

from textual._compositor import Compositor, ReflowResult
from textual.geometry import Region, Size
from textual.widget import Widget


class MovedCompositor(Compositor):
    """A compositor that compares with what was painted, and with what widgets were told.

    Textual compares a layout with the map of all widgets. Whoever asks for that map after scrolling, as the
    focus does, has it made anew: a layout that follows before the next painting then finds nothing moved, and
    rows stay where they were on the terminal while keys act on others. Nor does it find anything new, and a
    widget that was just mounted never hears how large it is.
    """

    def __init__(self) -> None:
        super().__init__()
        self._laid: dict[Widget, tuple[Region, Region]] = {}
        self._told: dict[Widget, Size] = {}

    def reflow(self, parent: Widget, size: Size) -> ReflowResult:
        """Lay all widgets out, mark those that moved, and return which are new or have another size."""
        result = super().reflow(parent, size)
        self._mark()
        before, now = self._told, {widget: placed.region.size for widget, placed in self._full_map.items()}
        self._told = now
        return ReflowResult(
            hidden=result.hidden,
            shown=result.shown | (now.keys() - before.keys()),
            resized=result.resized | {widget for widget in now if before.get(widget, now[widget]) != now[widget]},
        )

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
