"""A pad to draw a digit on, with the mouse or with keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Size, clamp
from textual.message import Message
from textual.reactive import var

from tui.glyphs import RICH, Glyphs
from tui.widgets.canvas.board import Board
from tui.widgets.canvas.grid import Grid
from tui.widgets.canvas.tiles import HALF_BLOCK
from tui.widgets.canvas.tint import colourless
from tui.widgets.trying.paper import SIDE, Paper, Point

if TYPE_CHECKING:
    from tui.widgets.canvas.tiles import Levels

SHADES = 15
PEN_UP, PEN_DOWN = SHADES, SHADES + 1
"""Levels of the pixel that the pen is over; below them are those of paper and ink."""

LEVELS = SHADES + 2
FRAME, INK, FIRST = 1, 2, 3
"""Numbers in the palette: the frame, signs of a ramp, then every pair of an upper and a lower level."""

RAMP = " ..,:;-=+*oxO#@+X"
"""A sign for each level, where a terminal has no colours or draws half blocks two cells wide."""

RIGHT_BUTTON = 3
LEAP = 4


class Pad(Board, can_focus=True):
    """Paper of 28 x 28 pixels in half blocks, as large as there is room for whole pixels.

    Attributes:
        pen: Column and row of the pixel that the keys draw at.
        down: Whether the pen leaves ink where it goes.
        keyed: Whether keys draw, so that the pen is shown.
    """

    DEFAULT_CSS = """
    Pad { width: 30; height: 16; }
    Pad > .pad--frame { color: $line; }
    Pad:focus > .pad--frame { color: $learner; }
    Pad > .pad--paper { color: $panel; }
    Pad > .pad--ink { color: $learner; }
    Pad > .pad--up { color: $quiet; }
    Pad > .pad--down { color: $foreground; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"pad--frame", "pad--paper", "pad--ink", "pad--up", "pad--down"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "pen", "try.keys.pen", id="pad.pen"),
        *(
            Binding(f"{prefix}{key}", f"move({across * by}, {down * by})", "try.keys.move", id="pad.move", show=False)
            for key, across, down in (("up", 0, -1), ("down", 0, 1), ("left", -1, 0), ("right", 1, 0))
            for prefix, by in (("", 1), ("shift+", LEAP))
        ),
        Binding("x,backspace,delete", "erase", "try.keys.erase", id="pad.erase"),
        Binding("c", "clear", "try.keys.clear", id="pad.clear"),
        Binding("u,ctrl+z", "undo", "try.keys.undo", id="pad.undo"),
    ]

    pen: var[Offset] = var(Offset(SIDE // 2, SIDE // 2))
    down: var[bool] = var(False)
    keyed: var[bool] = var(False)

    class Drawn(Message):
        """The drawing changed."""

        def __init__(self, pad: Pad) -> None:
            super().__init__()
            self.pad = pad

        @property
        def control(self) -> Pad:
            return self.pad

    def __init__(self, glyphs: Glyphs = RICH, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.glyphs = glyphs
        self.paper = Paper()
        self._stroke: Point | None = None
        self._erases = False

    def put(self, pixels: bytes) -> None:
        """Show a drawing that was kept."""
        self.paper = Paper(pixels)
        self.redraw()

    def speak(self, glyphs: Glyphs) -> None:
        """Draw with other signs."""
        self.glyphs = glyphs
        self.redraw()

    def describe(self) -> str:
        """Return the drawing as signs, a line a row of two pixels."""
        return "\n".join(line.rstrip() for line in self._signs(self._levels(bare=True)))

    @staticmethod
    def room(size: Size) -> Size:
        """Return the cells, frame included, of the largest pad that fits."""
        scale = max(1, min((size.width - 2) // SIDE, 2 * (size.height - 2) // SIDE))
        return Size(SIDE * scale + 2, SIDE * scale // 2 + 2)

    @property
    def scale(self) -> int:
        """Cells of a pixel's width."""
        return max(1, (self.size.width - 2) // SIDE)

    def palette(self) -> list[Style]:
        """Return the frame, signs, and every pair of an upper and a lower level."""
        paper, ink, up, down = (
            self.get_component_styles(f"pad--{name}").color for name in ("paper", "ink", "up", "down")
        )
        colours = [paper.blend(ink, shade / (SHADES - 1), 1) for shade in range(SHADES)] + [up, down]
        shown = [colour.rich_color for colour in colours]
        pairs = [Style(color=upper, bgcolor=lower) for upper in shown for lower in shown]
        return [self.rich_style, self.get_component_rich_style("pad--frame"), self.rich_style, *pairs]

    def draw(self, columns: int, rows: int) -> Grid:
        """Return the pad in a size."""
        import numpy as np

        grid = Grid(columns, rows)
        signs, wide = self.glyphs, SIDE * self.scale
        tall = wide // 2
        grid.write(0, 0, signs.tl + signs.h * wide + signs.tr, FRAME)
        for row in range(1, min(rows, tall + 1)):
            grid.write(0, row, signs.v, FRAME)
            grid.write(wide + 1, row, signs.v, FRAME)
        grid.write(0, tall + 1, signs.bl + signs.h * wide + signs.br, FRAME)
        levels = np.repeat(np.repeat(self._levels(), self.scale, axis=0), self.scale, axis=1)
        levels = levels[: 2 * (rows - 1), : columns - 1]
        upper, lower = levels[0::2], levels[1::2]
        cells = slice(1, 1 + len(upper)), slice(1, 1 + upper.shape[1])
        if self.glyphs.ascii or colourless(self):
            for row, line in enumerate(self._signs(levels), 1):
                grid.write(1, row, line, INK)
        else:
            grid.codes[cells] = np.where(upper == lower, ord(" "), HALF_BLOCK)
            grid.styles[cells] = FIRST + upper * LEVELS + lower
        return grid

    def action_pen(self) -> None:
        """Put the pen down, or lift it."""
        self.keyed = True
        self.down = not self.down
        if self.down:
            self.paper.remember()
            self._ink(self._middle, self._middle)
        self.redraw()

    def action_move(self, across: int, down: int) -> None:
        """Move the pen; where it is down it draws."""
        before = self._middle
        shown, self.keyed = self.keyed, True
        self.pen = Offset(clamp(self.pen.x + across, 0, SIDE - 1), clamp(self.pen.y + down, 0, SIDE - 1))
        if self.down and shown:
            self._ink(before, self._middle)
        self.redraw()

    def action_erase(self) -> None:
        """Take away what is under the pen."""
        self.keyed = True
        self.paper.remember()
        self._rub(self._middle, self._middle)

    def action_clear(self) -> None:
        """Take a fresh sheet; the old one can be had again."""
        self.paper.remember()
        self.paper.clear()
        self.down = False
        self._changed()

    def action_undo(self) -> None:
        """Take back the last stroke."""
        if self.paper.undo():
            self._changed()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a stroke; the right button, or shift, takes ink away."""
        event.stop()
        self.capture_mouse()
        self.keyed = self.down = False
        self._erases = event.button == RIGHT_BUTTON or event.shift
        self.paper.remember()
        self._stroke = self._point(event)
        self._go(self._stroke)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Go on with a stroke: what lies between two places of a quick mouse is drawn too."""
        if self._stroke is not None:
            event.stop()
            self._go(self._point(event))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End the stroke."""
        event.stop()
        self.capture_mouse(False)
        self._stroke = None

    def on_mouse_release(self) -> None:
        """End the stroke: something else took the mouse."""
        self._stroke = None

    @property
    def _middle(self) -> Point:
        return self.pen.x + 0.5, self.pen.y + 0.5

    def _go(self, to: Point) -> None:
        assert self._stroke is not None
        (self._rub if self._erases else self._ink)(self._stroke, to)
        self._stroke = to

    def _ink(self, start: Point, end: Point) -> None:
        self.paper.draw(start, end)
        self._changed()

    def _rub(self, start: Point, end: Point) -> None:
        self.paper.erase(start, end)
        self._changed()

    def _changed(self) -> None:
        self.redraw()
        self.post_message(self.Drawn(self))

    def _point(self, event: events.MouseEvent) -> Point:
        """Return where the mouse is, in the paper's pixels; most terminals tell only its cell: then its middle."""
        across = event.pointer_x if event.pointer_x % 1 else event.x + 0.5
        down = event.pointer_y if event.pointer_y % 1 else event.y + 0.5
        return (across - 1) / self.scale, 2 * (down - 1) / self.scale

    def _levels(self, *, bare: bool = False) -> Levels:
        """Return a level for each pixel, the pen's among them unless it is `bare`."""
        import numpy as np

        levels: Levels = np.rint(self.paper.pixels / 255 * (SHADES - 1)).astype(np.intp)
        if self.keyed and not bare:
            levels[self.pen.y, self.pen.x] = PEN_DOWN if self.down else PEN_UP
        return levels

    def _signs(self, levels: Levels) -> list[str]:
        """Return a sign for each two pixels above each other."""
        upper, lower = levels[0::2], levels[1::2]
        lines = []
        for row in range(len(upper)):
            pairs = zip(upper[row].tolist(), lower[row].tolist(), strict=True)
            lines.append("".join(RAMP[max(pair) if max(pair) >= SHADES else sum(pair) // 2] for pair in pairs))
        return lines
