"""Figures of an evaluation by a formula: a confusion matrix, and a file of weights and images."""

from __future__ import annotations

import functools
import json
import math
import struct
from array import array

UNITS, WORST = 16, 6


def confusion(right: int) -> list[list[int]]:
    """Return 100 examples a class, `right` of them on the diagonal."""
    wrong, rest = divmod(100 - right, 9)
    rows = []
    for truth in range(10):
        row = [wrong] * 10
        row[(truth + 1) % 10] += rest
        row[truth] = right
        rows.append(row)
    return rows


@functools.cache
def arrays() -> bytes:
    """Return a safetensors file of rings: `weights` (16, 28, 28) float32 and `worst` (6, 28, 28) uint8."""
    distances = [math.hypot(row - 13.5, column - 13.5) for row in range(28) for column in range(28)]
    weights = array("f", (math.cos(d / (1 + unit)) / 10 for unit in range(UNITS) for d in distances)).tobytes()
    worst = bytes(max(0, min(255, int(255 - 60 * abs(d - 4 - at)))) for at in range(WORST) for d in distances)
    header = {
        "weights": {"dtype": "F32", "shape": [UNITS, 28, 28], "data_offsets": [0, len(weights)]},
        "worst": {
            "dtype": "U8",
            "shape": [WORST, 28, 28],
            "data_offsets": [len(weights), len(weights) + len(worst)],
        },
    }
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + weights + worst
