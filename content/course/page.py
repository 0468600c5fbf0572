"""A page of a course in one language, and places in it that survive a change of language."""

from __future__ import annotations

import msgspec

from content.course.blocks import Block, Code, Heading, Train
from content.course.spans import plain


class Page(msgspec.Struct, frozen=True):
    """A page, parsed.

    Attributes:
        language: The language that it is written in; another than asked for where that one is missing.
        file: Relative to the course's folder.
        lets: What the page's `let` blocks computed, by name.
    """

    slug: str
    language: str
    title: str
    blocks: tuple[Block, ...]
    file: str = ""
    lets: dict[str, int | float] = {}

    def anchors(self) -> dict[str, int]:
        """Return the index of the block that each anchor names, in order."""
        return {block.anchor: index for index, block in enumerate(self.blocks) if block.anchor}

    def presets(self) -> dict[str, int]:
        """Return the presets that the page starts, each with the line of the first block that does."""
        found: dict[str, int] = {}
        for block in self.blocks:
            if isinstance(block, Code | Train) and block.preset:
                found.setdefault(block.preset, block.line)
        return found

    def contents(self) -> tuple[tuple[str, str, int], ...]:
        """Return anchor, words and index of every heading."""
        return tuple(
            (block.anchor, plain(block.spans), index)
            for index, block in enumerate(self.blocks)
            if isinstance(block, Heading)
        )

    def place(self, index: int) -> str:
        """Return the name of a block's place: its anchor, or the last anchor and how many blocks further.

        The same place names the same paragraph in every language, however long the words are.
        """
        for back in range(min(index, len(self.blocks) - 1), -1, -1):
            if self.blocks[back].anchor:
                return self.blocks[back].anchor + (f"+{index - back}" if index > back else "")
        return f"+{max(index, 0)}"

    def find(self, place: str) -> int:
        """Return the index of the block at a place; of the nearest one where the page has changed."""
        anchor, _, further = place.partition("+")
        anchors = self.anchors()
        if anchor and anchor not in anchors:
            return 0
        start = anchors[anchor] if anchor else 0
        later = [index for index in anchors.values() if index > start]
        last = min(later, default=len(self.blocks)) - 1
        wanted = start + (int(further) if further.isdecimal() and len(further) < 6 else 0)
        return max(0, min(wanted, last))
