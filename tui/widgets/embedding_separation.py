"""How well labelled points are separated, in a figure that does not depend on how the map is stretched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.floating]
    Labels = NDArray[np.integer]

MOST_POINTS = 2_000
"""So many points are compared at most: each with each."""


class Separation(msgspec.Struct, frozen=True):
    """Shares of points whose nearest neighbour has the same label.

    Attributes:
        alike: Of all points.
        chance: The share that labels thrown at random onto the same points would give.
        counts: Points of each label.
        shares: Of each label's points; NaN for a label without any.
        nearest: For each label the other label that its points have most often beside them, None for none.
    """

    alike: float
    chance: float
    counts: tuple[int, ...]
    shares: tuple[float, ...]
    nearest: tuple[int | None, ...]


def separation(points: Points, labels: Labels, classes: int) -> Separation | None:
    """Return how separated the labels are in the map; None for fewer than two points.

    Args:
        points: Shape (m, 2).
        labels: Shape (m,), numbers below `classes`.
    """
    import numpy as np

    points, labels = np.asarray(points[:MOST_POINTS], np.float64), np.asarray(labels[:MOST_POINTS], np.intp)
    count = len(points)
    if count < 2:
        return None
    squares = (points**2).sum(1)
    distances = squares[:, None] + squares[None, :] - 2 * np.einsum("id,jd->ij", points, points)
    np.fill_diagonal(distances, np.inf)
    beside = labels[distances.argmin(1)]
    counts = np.bincount(labels, minlength=classes)
    shares, nearest = [], []
    for label in range(classes):
        found = beside[labels == label]
        others = np.bincount(found[found != label], minlength=classes)
        shares.append(float((found == label).mean()) if len(found) else float("nan"))
        nearest.append(int(others.argmax()) if others.any() else None)
    return Separation(
        alike=float((beside == labels).mean()),
        chance=float((counts * (counts - 1)).sum() / (count * (count - 1))),
        counts=tuple(counts.tolist()),
        shares=tuple(shares),
        nearest=tuple(nearest),
    )


def signs(names: Sequence[str]) -> list[str]:
    """Return a sign of one cell for each name: its own letter where it is free, else another one, else a digit."""
    found: list[str] = []
    for name in names:
        own = [letter for letter in name.lower() if letter.isascii() and letter.isalpha()]
        rest = "123456789" if not own else "abcdefghijklmnopqrstuvwxyz"
        free = [sign for sign in [*own, *rest, *"0123456789"] if sign not in found]
        found.append(free[0] if free else "*")
    return found
