"""One knob of a run: its name, what it may be, and what it does."""

from __future__ import annotations

import difflib
import math
from typing import Any

import msgspec

from engine.errors import RecipeError

Value = bool | int | float | str
"""What a knob can be set to. A list of sizes is text such as "256,64"."""


MAX_TEXT = 4_096
"""Longest text of a knob: as long as a path may be."""


def spelled(value: Any) -> str:
    """Return a knob's value as a learner types it, and `Knob.parse` takes it: nothing of it is lost."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return ",".join(map(str, value))
    if isinstance(value, float):
        short = f"{value:g}"
        return short if float(short) == value else repr(value)
    return str(value)


class Knob(msgspec.Struct, frozen=True, kw_only=True):
    """A setting of a recipe.

    Attributes:
        kind: "int", "float", "choice", "flag" or "sizes" (whole numbers with commas, may be empty),
            "text" (free, on one line; `choices` are the words that need no further thought).
        low, high: Bounds of numbers, both included.
        unit: "" or a key of a unit such as "updates/s"; words for it are the screen's business.
        group: "model", "training", "data", "run" or "fault": where a form shows it.
        also: Words accepted beside numbers, such as "full" for a pace.
    """

    name: str
    kind: str
    default: Value
    group: str
    low: float = -math.inf
    high: float = math.inf
    choices: tuple[str, ...] = ()
    unit: str = ""
    also: tuple[str, ...] = ()

    def parse(self, given: Any) -> Value:
        """Return what `given` (text or a value) means for this knob.

        Raises:
            RecipeError: It is of the wrong type or out of bounds; the text names field, value and bounds.
        """
        text = str(given).strip()
        match self.kind:
            case "text":
                return self._text(text)
            case "flag":
                return self._flag(given, text)
            case "choice":
                return self._choice(text)
            case "sizes":
                return self._sizes(given, text)
        if text in self.also:
            return text
        try:
            if isinstance(given, bool):
                raise ValueError
            number = float(text.replace("_", ""))
            if self.kind == "int" and number != int(number):
                raise ValueError
        except (ValueError, OverflowError):
            raise self._wrong(text, self._bounds()) from None
        if not self.low <= number <= self.high:
            raise self._wrong(text, self._bounds())
        return int(number) if self.kind == "int" else number

    def _flag(self, given: Any, text: str) -> bool:
        if isinstance(given, bool):
            return given
        words = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False}
        words["0"] = False
        if text.lower() not in words:
            raise self._wrong(text, "true or false")
        return words[text.lower()]

    def _text(self, text: str) -> str:
        if not text or len(text) > MAX_TEXT or not text.isprintable():
            raise self._wrong(text[:40], "some text on one line, such as " + ", ".join(self.choices))
        return text

    def _choice(self, text: str) -> str:
        if text not in self.choices:
            near = difflib.get_close_matches(text, self.choices, 1)
            hint = f" (did you mean {near[0]}?)" if near else ""
            raise self._wrong(text, "one of " + ", ".join(self.choices) + hint)
        return text

    def _sizes(self, given: Any, text: str) -> str:
        parts = given if isinstance(given, list | tuple) else [part for part in text.split(",") if part.strip()]
        try:
            sizes = [int(str(part)) for part in parts]
        except ValueError:
            raise self._wrong(text, self._bounds()) from None
        if len(sizes) > 6 or not all(self.low <= size <= self.high for size in sizes):
            raise self._wrong(text, self._bounds())
        return ",".join(map(str, sizes))

    def _bounds(self) -> str:
        low, high = f"{self.low:g}", f"{self.high:,.10g}"
        match self.kind:
            case "sizes":
                return f"up to six whole numbers from {low} to {high} with commas between, such as 256,64"
            case "int":
                words = f"a whole number from {low} to {high}"
            case _:
                words = f"a number from {low} to {high}"
        return words + "".join(f", or {word}" for word in self.also)

    def _wrong(self, text: str, wanted: str) -> RecipeError:
        return RecipeError(
            f"{self.name}={text}: must be {wanted}.",
            code=f"knob-{self.kind}",
            field=self.name,
            value=text,
            low=f"{self.low:g}",
            high=f"{self.high:,.10g}",
            choices=", ".join(self.choices),
            also=", ".join(self.also),
        )
