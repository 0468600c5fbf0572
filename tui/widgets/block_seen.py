"""What of a page was on the screen: stretches of it that outlive a change of width or language."""

from __future__ import annotations

import msgspec

from tui.widgets.block_sheet import Place, Sheet

WHOLE = 1000
"""A block, in the parts that a place counts in."""


class Seen(msgspec.Struct, frozen=True):
    """The stretches of a page that were on the screen.

    Attributes:
        stretches: Begin and end of each, in thousandths of a block from the page's beginning; in order, none touches
            the next.
    """

    stretches: tuple[tuple[int, int], ...] = ()

    def also(self, begin: Place, end: Place) -> Seen:
        """Return what was seen once the rows between two places were."""
        first, last = (place.block * WHOLE + place.offset for place in (begin, end))
        apart = []
        for stretch in self.stretches:
            if stretch[1] < first or stretch[0] > last:
                apart.append(stretch)
            else:
                first, last = min(first, stretch[0]), max(last, stretch[1])
        return Seen(tuple(sorted([*apart, (first, last)])))

    def share(self, sheet: Sheet) -> float:
        """Return how much of a page that is, by its rows, from 0 to 1."""
        if not sheet.begins:
            return 1.0 if sheet.rows else 0.0
        rows = sum(_row(sheet, last) - _row(sheet, first) for first, last in self.stretches)
        return min(max(rows / len(sheet.rows), 0.0), 1.0)


def _row(sheet: Sheet, at: int) -> float:
    """Return the row of a place, with its fraction."""
    block, offset = divmod(at, WHOLE)
    if block >= len(sheet.begins):
        return len(sheet.rows)
    begin = sheet.begins[block]
    return begin + (sheet.end(block) - begin) * offset / WHOLE
