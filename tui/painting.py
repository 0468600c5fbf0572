"""What a change of a few cells costs the line to the terminal: those cells, not all that stand left of them.

Textual 8.2 ends what it writes at the last changed cell but begins it at the widget's left edge ("TODO: crop
to x extents" in its compositor). Over a slow link that is most of what a live chart sends.
"""

from __future__ import annotations

from rich.console import Console
from rich.control import Control
from textual._compositor import ChopsUpdate, Compositor


class SpanUpdate(ChopsUpdate):
    """Writes the changed spans of each line and nothing else."""

    def render_segments(self, console: Console) -> str:
        """Return the spans as text for the terminal, each after a move of the cursor."""
        written: list[str] = []
        for y, first, last in self.spans:
            for end, (start, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                if strip is None or start >= last or end <= first:
                    continue
                left, right = max(first, start), min(last, end)
                written.append(Control.move_to(left, y).segment.text)
                written.append(strip.crop(left - start, right - start).render(console))
        return "".join(written)


class SpanCompositor(Compositor):
    """Textual's compositor with updates that are no wider than what changed."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """Return what changed since the last update, None for nothing."""
        update = super().render_partial_update()
        return None if update is None else SpanUpdate(update.chops, update.spans, update.chop_ends)
