"""A column of numbers that only grows, such as the loss of every update, and what a chart needs of it."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Self

from engine.reading.columns import Columns, dense_columns
from engine.reading.pyramid import Pyramid

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class _Buffer:
    """Numbers shared by all series that one grew from.

    Attributes:
        odd: Index of the first number that is NaN or infinite, -1 while there is none.
    """

    __slots__ = ("numbers", "odd", "pyramid")

    def __init__(self, numbers: array[float], odd: int = -1) -> None:
        self.numbers = numbers
        self.odd = odd
        self.pyramid = Pyramid()


class Series:
    """Samples at x = first, first + 1, ...: a value that never changes, though longer heirs share its memory.

    `extend` appends to the shared buffer in place as long as this is its newest owner, else to a copy.
    """

    __slots__ = ("_buffer", "_length", "first")

    def __init__(self, values: Iterable[float] = (), *, first: int = 1, single: bool = False) -> None:
        """Make a series of `values`; `single` keeps them with 24 bits, in half the memory."""
        self.first = first
        self._buffer = _Buffer(array("f" if single else "d"))
        self._length = 0
        numbers = array(self._buffer.numbers.typecode, values)
        if numbers:
            self._append(numbers)
            self._length = len(numbers)

    @property
    def last(self) -> int:
        """Return the x of the last sample; `first - 1` while there is none."""
        return self.first + self._length - 1

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[float]:
        return iter(self.samples())

    def __getitem__(self, index: int) -> float:
        if not -self._length <= index < self._length:
            raise IndexError(index)
        return self._buffer.numbers[index % self._length]

    def __eq__(self, other: object) -> bool:
        """Compare by samples; NaN equals NaN, since both say the same."""
        if not isinstance(other, Series):
            return NotImplemented
        return (self.first, self.samples().tobytes()) == (other.first, other.samples().tobytes())

    def __hash__(self) -> int:
        return hash((self.first, self._length))

    def __repr__(self) -> str:
        return f"Series({self._length} samples from {self.first})"

    def at(self, x: float) -> float | None:
        """Return the sample nearest to `x`, None if there is no sample."""
        if not self._length:
            return None
        return self[min(max(round(x) - self.first, 0), self._length - 1)]

    def extend(self, values: Iterable[float]) -> Series:
        """Return the series with `values` behind it."""
        numbers = array(self._buffer.numbers.typecode, values)
        if not numbers:
            return self
        heir = self._sharing(self._buffer, self._length)
        if len(heir._buffer.numbers) != self._length:
            heir._own()
        try:
            heir._append(numbers)
        except BufferError:  # somebody still looks at the memory through `values()`
            heir._own()
            heir._append(numbers)
        heir._length += len(numbers)
        return heir

    def cut(self, length: int) -> Series:
        """Return the first `length` samples."""
        return self if length >= self._length else self._sharing(self._buffer, max(length, 0))

    def tail(self, start: int) -> Series:
        """Return the samples from index `start` on, with their x."""
        series = Series(first=self.first + start, single=self._buffer.numbers.typecode == "f")
        return series.extend(self._buffer.numbers[start : self._length])

    def samples(self) -> array[float]:
        """Return a copy of all samples."""
        return self._buffer.numbers[: self._length]

    def newest(self, count: int) -> array[float]:
        """Return a copy of the last `count` samples, or of all there are."""
        return self._buffer.numbers[max(0, self._length - count) : self._length]

    def extremes(self) -> tuple[float, float]:
        """Return the lowest and the highest finite sample, NaN where there is none, without loading numpy."""
        return self._buffer.pyramid.extremes(self._buffer.numbers, self._length)

    def values(self) -> NDArray[np.floating]:
        """Return all samples as a read-only view, without a copy."""
        import numpy

        numbers = self._buffer.numbers
        if not self._length:
            return numpy.empty(0, numbers.typecode)
        view = numpy.frombuffer(numbers, numbers.typecode, self._length)
        view.flags.writeable = False
        return view

    @property
    def finite(self) -> bool:
        """Whether no sample is NaN or infinite."""
        return not 0 <= self._buffer.odd < self._length

    @property
    def first_odd(self) -> int | None:
        """Return the x of the first sample that is NaN or infinite."""
        return None if self.finite else self.first + self._buffer.odd

    def columns(self, first: float, last: float, width: int) -> Columns:
        """Return the extremes of the samples with first <= x <= last, in `width` columns of equal span."""
        return dense_columns(self.values(), self.first, first, last, width, odd=0 if self.finite else 1)

    def coarse(self, width: int, planned: int = 0) -> list[float | None]:
        """Return the series as `width` cells for a curve in one line, without loading numpy.

        A cell is the middle between the lowest and the highest finite sample in it, so that noise evens out
        and a single spike still shows; None where there is none.

        Args:
            planned: How many samples the whole width stands for; 0 means those that are there.
        """
        buffer = self._buffer
        return buffer.pyramid.cells(buffer.numbers, self._length, width, max(planned, self._length))

    def _sharing(self, buffer: _Buffer, length: int) -> Self:
        series = type(self).__new__(type(self))
        series.first, series._buffer, series._length = self.first, buffer, length
        return series

    def _own(self) -> None:
        odd = self._buffer.odd if not self.finite else -1
        self._buffer = _Buffer(self.samples(), odd)

    def _append(self, numbers: array[float]) -> None:
        buffer = self._buffer
        before = len(buffer.numbers)
        buffer.numbers.extend(numbers)
        if buffer.odd < 0 and not math.isfinite(sum(numbers)):
            buffer.odd = next((before + i for i, n in enumerate(numbers) if not math.isfinite(n)), -1)
