"""One measured figure beside its peer and its budget."""

from __future__ import annotations

import operator
from typing import Any

import msgspec


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """What was measured.

    Attributes:
        value: In `unit`.
        budget: What it must not exceed, or must reach where `least`.
        peer: What it is measured against, in words with its figure; "" for none.
    """

    name: str
    value: float
    unit: str
    budget: float
    least: bool = False
    peer: str = ""

    @property
    def kept(self) -> bool:
        """Whether the budget is kept."""
        return bool((operator.ge if self.least else operator.le)(self.value, self.budget))

    def line(self) -> str:
        """Return the figure as a row of a table."""
        sign = ">=" if self.least else "<="
        mark = "  " if self.kept else "! "
        bound = f"{sign} {self.budget:g}"
        return f"{mark}{self.name:<52} {self.value:>10.3f} {self.unit:<10} {bound:<10} {self.peer}"

    def plain(self) -> dict[str, Any]:
        """Return the figure as data of JSON's types."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain | {"kept": self.kept}
