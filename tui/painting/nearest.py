"""The colours that a terminal has: which of them comes nearest to one that it has not."""

from __future__ import annotations

from functools import lru_cache

from rich.color import Color, ColorSystem
from rich.color_triplet import ColorTriplet
from rich.terminal_theme import DEFAULT_TERMINAL_THEME

FIXED = range(16, 256)
"""Those of the 256 that are the same in every terminal; the first sixteen are whatever its owner likes."""

Seen = tuple[float, float, float]
"""Lightness, and how far from grey towards red and towards yellow: equal steps look equally far."""


def shown_as(colour: Color, system: ColorSystem) -> Color:
    """Return a colour as a terminal of a system can show it.

    Of 256 it is the one that looks nearest. Rich rounds each channel by itself, which makes a dark grey ground
    navy and dark grey text blue: here blue is the model's.
    """
    if system is ColorSystem.EIGHT_BIT and colour.triplet is not None:
        return Color.from_ansi(nearest(colour.triplet))
    return colour.downgrade(system)


@lru_cache(maxsize=1024)
def nearest(triplet: ColorTriplet) -> int:
    """Return the number of the one of 256 colours that looks nearest."""
    wanted = seen(triplet)
    found = _fixed()
    return min(found, key=lambda number: sum((a - b) ** 2 for a, b in zip(wanted, found[number], strict=True)))


def triplet_of(number: int) -> ColorTriplet:
    """Return one of the 240 that are the same everywhere: a cube of six levels a channel, then greys."""
    return Color.from_ansi(number).get_truecolor(DEFAULT_TERMINAL_THEME)


def seen(triplet: ColorTriplet) -> Seen:
    """Return a colour as the eye compares it.

    Source: Ottosson 2020, "A perceptual color space for image processing" (OKLab).
    """
    red, green, blue = (_linear(channel / 255) for channel in triplet)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


@lru_cache(maxsize=1)
def _fixed() -> dict[int, Seen]:
    return {number: seen(triplet_of(number)) for number in FIXED}


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
