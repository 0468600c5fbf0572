"""TensorBoard's file format: each event framed by its length and two checksums (CRC-32C, masked).

TensorBoard's own writer computes checksums byte by byte in Python and packs one event at a time, about 18 µs
an event. Events of updates differ in a few bytes only, so that a `Mould` casts thousands of them at once.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Words = NDArray[np.uint32]

POLYNOMIAL = 0x82F63B78
"""Castagnoli's, its bits reversed."""
MASK_DELTA = 0xA282EAD8
ALL = 0xFFFFFFFF
HEAD_BYTES = 12
FOOT_BYTES = 4


def framed(data: bytes) -> bytes:
    """Return one event as it stands in the file."""
    return _head(len(data)) + data + struct.pack("<I", masked(crc32c(data)))


def crc32c(data: bytes) -> int:
    """Return the checksum of a few bytes."""
    table, crc = _table(), ALL
    for byte in data:
        crc = table[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    return crc ^ ALL


def masked(crc: int) -> int:
    """Return a checksum as TensorFlow stores it, so that a file within a file cannot be mistaken."""
    return (((crc >> 15) | (crc << 17)) + MASK_DELTA) & ALL


class Mould:
    """Casts events that are all of one length and differ in a few places only.

    A checksum is linear: that of an event is that of the event with zeros in those places, XOR what each
    byte there contributes.
    """

    def __init__(self, data: bytes, places: Sequence[int]) -> None:
        """Take the common bytes from `data`; `places` are the indices of those that differ."""
        import numpy as np

        blank = bytearray(data)
        for place in places:
            blank[place] = 0
        self._places = np.array(places)
        self._frame = np.frombuffer(_head(len(blank)) + blank + bytes(FOOT_BYTES), np.uint8)
        self._crc = crc32c(bytes(blank))
        self._contributions = _contributions(len(blank))[self._places]

    def cast(self, values: Bytes) -> bytes:
        """Return one event a row of `values`, shape (events, places), framed, one behind the other."""
        import numpy as np

        events = np.tile(self._frame, (len(values), 1))
        events[:, HEAD_BYTES + self._places] = values
        parts = self._contributions[np.arange(len(self._places)), values]
        crcs = np.bitwise_xor.reduce(parts, axis=1, initial=self._crc)
        crcs = ((crcs >> 15) | (crcs << 17)) + np.uint32(MASK_DELTA)
        events[:, -FOOT_BYTES:] = crcs.astype("<u4").view(np.uint8).reshape(-1, FOOT_BYTES)
        return events.tobytes()


def _head(length: int) -> bytes:
    packed = struct.pack("<Q", length)
    return packed + struct.pack("<I", masked(crc32c(packed)))


@cache
def _table() -> tuple[int, ...]:
    """Return the checksum's state after each possible byte."""
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = (byte >> 1) ^ (POLYNOMIAL if byte & 1 else 0)
        table.append(byte)
    return tuple(table)


def _contributions(length: int) -> Words:
    """Return what each byte (column) at each place (row) of so many bytes contributes to the checksum."""
    import numpy as np

    table = np.array(_table(), np.uint32)
    rows = [table]
    for _ in range(length - 1):
        rows.append(table[rows[-1] & 0xFF] ^ (rows[-1] >> 8))
    return np.array(rows[::-1])
