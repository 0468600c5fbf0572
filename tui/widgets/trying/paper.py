"""The paper of a drawing: 28 x 28 pixels, strokes as soft as those of MNIST, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

SIDE = 28
CORE, EDGE = 0.75, 1.0
"""Pixels from the middle of a stroke that are all ink, and over which it fades: strokes are about 2.5 wide."""

RUBBER = 1.6
"""Pixels from the middle of the rubber that it clears."""

MOST_UNDONE = 50

Point = tuple[float, float]
"""Column and row, in pixels; the middle of the first pixel is (0.5, 0.5)."""


class Paper:
    """Pixels from 0 (paper) to 255 (ink)."""

    def __init__(self, pixels: bytes = b"") -> None:
        import numpy as np

        whole = pixels if len(pixels) == SIDE * SIDE else bytes(SIDE * SIDE)
        self.pixels: Pixels = np.frombuffer(whole, np.uint8).reshape(SIDE, SIDE).copy()
        self._before: list[bytes] = []

    @property
    def bytes(self) -> bytes:
        """The pixels, row by row."""
        return self.pixels.tobytes()

    @property
    def empty(self) -> bool:
        """Whether nothing is drawn."""
        return not self.pixels.any()

    def remember(self) -> None:
        """Begin something that `undo` takes back as a whole."""
        now = self.bytes
        if not self._before or self._before[-1] != now:
            self._before = [*self._before[1 - MOST_UNDONE :], now]

    def undo(self) -> bool:
        """Go back to how it was before the last stroke; return whether there was one."""
        import numpy as np

        while self._before:
            before = self._before.pop()
            if before != self.bytes:
                self.pixels = np.frombuffer(before, np.uint8).reshape(SIDE, SIDE).copy()
                return True
        return False

    def draw(self, start: Point, end: Point) -> None:
        """Draw a line; ink that is there stays."""
        import numpy as np

        ink = 255 * np.clip((CORE + EDGE - self._distances(start, end)) / EDGE, 0, 1)
        self.pixels = np.maximum(self.pixels, ink.round().astype(np.uint8))

    def erase(self, start: Point, end: Point) -> None:
        """Take the ink along a line away."""
        import numpy as np

        left = 255 * np.clip((self._distances(start, end) - RUBBER + EDGE) / EDGE, 0, 1)
        self.pixels = np.minimum(self.pixels, left.round().astype(np.uint8))
        self.pixels[self._distances(start, end) < RUBBER] = 0

    def clear(self) -> None:
        """Take a fresh sheet."""
        self.pixels[:] = 0

    def _distances(self, start: Point, end: Point) -> NDArray[np.float64]:
        """Return how far the middle of each pixel lies from a line."""
        import numpy as np

        middles = np.arange(SIDE) + 0.5
        across, down = np.meshgrid(middles, middles)
        run, rise = end[0] - start[0], end[1] - start[1]
        length = run * run + rise * rise
        along = ((across - start[0]) * run + (down - start[1]) * rise) / length if length else 0.0 * across
        along = np.clip(along, 0, 1)
        distances: NDArray[np.float64] = np.hypot(across - start[0] - along * run, down - start[1] - along * rise)
        return distances
