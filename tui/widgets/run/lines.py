"""Lines of text of which only those cells are painted that changed."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

GAP = 5
"""Unchanged letters between two changes that are cheaper written again than jumped over."""


class Lines(Widget):
    """Shows lines; `put` may be called as often as there is news, and equal cells cost the terminal nothing.

    With a height of `auto` the widget is as high as it has lines.
    """

    DEFAULT_CSS = """
    Lines { width: 1fr; height: auto; text-wrap: nowrap; text-overflow: clip; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: tuple[Content, ...] = ()
        self._strips: list[Strip] | None = None

    @property
    def lines(self) -> tuple[Content, ...]:
        """What is shown."""
        return self._lines

    def put(self, lines: Sequence[Content]) -> None:
        """Show these lines."""
        if same(self._lines, lines):
            return
        count, self._lines = len(self._lines), tuple(lines)
        before, self._strips = self._strips, None
        if count != len(self._lines) and self.styles.is_auto_height:
            self.refresh(layout=True)
        elif before is None or len(before) != self.size.height or not self.size:
            self.refresh()
        else:
            self._strips = self._made()
            pairs = enumerate(zip(before, self._strips, strict=True))
            changes = [region for row, (old, new) in pairs for region in spans(old, new, row)]
            if changes:
                self.refresh(*changes)

    def render_line(self, y: int) -> Strip:
        if self._strips is None or len(self._strips) != self.size.height:
            self._strips = self._made()
        return self._strips[y]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines)

    def on_resize(self, event: events.Resize) -> None:
        self._strips = None

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips = None

    def _made(self) -> list[Strip]:
        width, height = self.size
        made = []
        for line in self._lines[:height]:
            made += Visual.to_strips(self, line, width, 1, self.visual_style, pad=True)[:1]
        return made + [Strip.blank(width, self.rich_style)] * (height - len(made))


def same(before: Sequence[Content], after: Sequence[Content]) -> bool:
    """Return whether lines are equal in text and style; Content itself compares text alone."""
    return [(line.plain, line.spans) for line in before] == [(line.plain, line.spans) for line in after]


def spans(before: Strip, after: Strip, row: int) -> list[Region]:
    """Return the regions of a row in which two strips of one width differ."""
    old, new = _letters(before), _letters(after)
    if old == new:
        return []
    if [width for _, _, width in old] != [width for _, _, width in new]:
        return [_outer(old, new, row, after.cell_length)]
    differing = [place for place, pair in enumerate(zip(old, new, strict=True)) if pair[0] != pair[1]]
    found: list[list[int]] = []
    for place in differing:
        if found and place - found[-1][1] <= GAP:
            found[-1][1] = place
        else:
            found.append([place, place])
    starts = [0]
    for _, _, width in new:
        starts.append(starts[-1] + width)
    return [Region(starts[first], row, starts[last + 1] - starts[first], 1) for first, last in found]


Letter = tuple[str, Style | None, int]


def _letters(strip: Strip) -> list[Letter]:
    return [
        (letter, segment.style, 1 if letter.isascii() else cell_len(letter))
        for segment in strip
        for letter in segment.text
    ]


def _outer(old: list[Letter], new: list[Letter], row: int, width: int) -> Region:
    """Return what lies between the common beginning and the common end."""
    start = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        start += one[2]
    end = width
    for one, other in zip(reversed(old), reversed(new), strict=False):
        if one != other:
            break
        end -= one[2]
    return Region(start, row, max(1, end - start), 1)
