"""Pictures of digits, large enough to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from rich.style import Style
from textual.color import Color
from textual.reactive import var

from tui.glyphs import RICH, Glyphs
from tui.widgets.canvas.tiles import SIDE, TileBoard, Tiling, fitting, squared
from tui.widgets.chart.description import Words

if TYPE_CHECKING:
    from tui.widgets.canvas.tiles import Levels

CORE = 20
"""Pixels that every digit of theirs keeps to; around them is a margin that may be cut where room is short."""


class Digit(msgspec.Struct, frozen=True, eq=False):
    """A picture and what is said of it."""

    pixels: Any
    """28 rows of 28 numbers from 0 (paper) to 255 (ink): nested sequences or an array."""
    caption: str


class Digits(TileBoard):
    """Digits side by side, ink on paper in the theme's colours.

    Attributes:
        digits: What is shown.
        words: Gives `digits.page` (first, last, count) and `digits.none`.
    """

    DEFAULT_CSS = """
    Digits {
        height: 1fr;
        & > .digits--paper { color: $panel; }
        & > .digits--ink { color: $foreground; }
        & > .digits--caption { color: $foreground; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"digits--paper", "digits--ink", "digits--caption"}
    RAMP = "  .,:;-=+*oxO#%@"

    digits: var[tuple[Digit, ...]] = var(())

    def __init__(
        self,
        words: Words,
        glyphs: Glyphs = RICH,
        *,
        digits: Sequence[Digit] = (),
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(glyphs, id=id, classes=classes)
        self.words = words
        self.set_reactive(Digits.digits, tuple(digits))

    def describe(self) -> str:
        """Return the captions, one a line."""
        return "\n".join(digit.caption for digit in self.digits) or self.words("digits.none")

    def count(self) -> int:
        """Return the number of digits."""
        return len(self.digits)

    def levels(self, tile: int, side: int) -> Levels:
        """Return a digit's shades; its margin is cut, or every four pixels are one, where `side` is less."""
        import numpy as np

        pixels = squared(np.asarray(self.digits[tile].pixels, np.float64))
        if side < CORE:
            pixels = pixels.reshape(side, SIDE // side, side, SIDE // side).mean(axis=(1, 3))
        margin = (len(pixels) - side) // 2
        pixels = pixels[margin : margin + side, margin : margin + side]
        shades: Levels = np.rint(pixels / 255 * (len(self.RAMP) - 1)).astype(np.intp)
        return shades

    def caption(self, tile: int) -> str:
        """Return what is said of a digit."""
        return self.digits[tile].caption

    def colours(self) -> list[Color]:
        """Return the shades from paper to ink."""
        paper, ink = (self.get_component_styles(f"digits--{name}").color for name in ("paper", "ink"))
        last = len(self.RAMP) - 1
        return [paper.blend(ink, shade / last, 1) for shade in range(last + 1)]

    def caption_style(self) -> Style:
        """Return the style of captions."""
        return self.get_component_rich_style("digits--caption")

    def tiling(self, columns: int, rows: int) -> Tiling:
        """Return whole digits, else digits without their margin, else digits of half the size."""
        side = min(SIDE, 2 * (rows - 1))
        return fitting(columns, rows, side if side >= CORE else SIDE // 2)

    def foot(self, first: int, last: int, count: int) -> str:
        """Return which digits are in sight, unless it is all."""
        if not count:
            return self.words("digits.none")
        return self.words("digits.page", first=first, last=last, count=count) if last - first + 1 < count else ""

    def watch_digits(self) -> None:
        """Show others, from their first page."""
        self.page = 0
        self.redraw()
