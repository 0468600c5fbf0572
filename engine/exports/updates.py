"""The figures of many updates as TensorBoard's events, one event an update, made thousands at a time."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from engine.exports.records import Mould

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating]

LOSS, RATE, NORM = "train/loss", "train/learning_rate", "train/grad_norm"
"""The tags under which Hugging Face's Trainer writes them, too."""
CHUNK = 4096
"""Updates at a time: what belongs to them stays in the processor's cache."""
STEP_BITS = 7
"""Bits of a number in each byte of protocol buffers' variable-length integers."""


def cast(first: int, times: Floats, figures: Mapping[str, Floats]) -> Iterator[bytes]:
    """Yield the events of consecutive updates from `first` on; an update whose time is NaN has none.

    Args:
        times: Seconds since 1970, one an update.
        figures: Values by tag, one an update each.
    """
    import numpy as np

    tags = tuple(figures)
    updates = np.arange(first, first + len(times))
    known = ~np.isnan(times)
    values = np.stack([times, *figures.values()], axis=1)[known]
    updates = updates[known]
    lengths = _lengths(updates)
    for length in np.unique(lengths).tolist() if tags else ():
        alike = np.flatnonzero(lengths == length)
        mould = _mould(tags, length)
        for start in range(0, len(alike), CHUNK):
            rows = alike[start : start + CHUNK]
            yield mould.cast(_bytes(updates[rows], length, values[rows]))


def _lengths(updates: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return how many bytes each number takes."""
    import numpy as np

    return np.searchsorted([1 << STEP_BITS * length for length in range(1, 9)], updates, side="right") + 1


def _bytes(updates: NDArray[np.intp], length: int, values: Floats) -> NDArray[np.uint8]:
    """Return what differs between events, a row each: time, number of the update, figures."""
    import numpy as np

    count = len(updates)
    steps = (updates[:, None] >> np.arange(length) * STEP_BITS) & 0x7F
    steps[:, :-1] |= 0x80
    times = values[:, 0].astype("<f8").view(np.uint8).reshape(count, -1)
    with np.errstate(over="ignore"):  # what is beyond 32 bits is infinite there
        figures = np.ascontiguousarray(values[:, 1:], dtype="<f4").view(np.uint8).reshape(count, -1)
    return np.concatenate([times, steps.astype(np.uint8), figures], axis=1)


@cache
def _mould(tags: tuple[str, ...], length: int) -> Mould:
    """Return the mould of updates whose numbers take `length` bytes.

    TensorBoard's own protocol buffers write one such event with values that are found again in its bytes.
    """
    from tensorboard.compat.proto.event_pb2 import Event
    from tensorboard.compat.proto.summary_pb2 import Summary

    time = bytes(range(0xA1, 0xA8)) + b"\x41"
    step = b"\xff" * (length - 1) + b"\x7f"
    figures = [bytes((0xB0 + place, 0xC1, 0xD2, 0x42)) for place in range(len(tags))]
    values = [
        Summary.Value(tag=tag, simple_value=struct.unpack("<f", figure)[0])
        for tag, figure in zip(tags, figures, strict=True)
    ]
    event = Event(
        wall_time=struct.unpack("<d", time)[0], step=(1 << STEP_BITS * length) - 1, summary=Summary(value=values)
    )
    data: bytes = event.SerializeToString()
    places: list[int] = []
    for pattern in (time, step, *figures):
        at = data.index(pattern, max(places, default=-1) + 1)
        places += range(at, at + len(pattern))
    return Mould(data, places)
