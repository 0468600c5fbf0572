"""Tints between the ground and a colour of the theme, with text that can be read on them."""

from __future__ import annotations

from rich.style import Style
from textual.color import Color
from textual.widget import Widget

FULLEST = 0.85
"""How much of the colour the fullest tint has."""

LEAST_CONTRAST = 4.5


def heat(widget: Widget, component: str, steps: int) -> list[Style]:
    """Return steps + 1 styles from the widget's ground to a component's colour.

    A terminal of 16 colours has no tints: there every step is text in the component's colour.
    """
    ink = widget.get_component_styles(component).color
    _, _, ground, usual = widget.colors
    if few_colours(widget):
        return [widget.get_component_rich_style(component)] * (steps + 1)
    tints = [ground.blend(ink, FULLEST * step / steps, 1) for step in range(steps + 1)]
    return [Style(color=_readable(tint, usual).rich_color, bgcolor=tint.rich_color) for tint in tints]


def scale(low: Color, middle: Color, high: Color, steps: int) -> list[Color]:
    """Return 2 * steps + 1 colours from `low` over `middle` to `high`."""
    falling = [middle.blend(low, step / steps, 1) for step in range(steps, 0, -1)]
    return [*falling, middle, *(middle.blend(high, step / steps, 1) for step in range(1, steps + 1))]


def few_colours(widget: Widget) -> bool:
    """Return whether the terminal has 16 colours or none."""
    return colourless(widget) or widget.app.console.color_system in ("standard", "windows")


def colourless(widget: Widget) -> bool:
    """Return whether colours are left to the terminal, so that none can be mixed, or are not wanted at all."""
    return widget.app.native_ansi_color


def contrast(one: Color, other: Color) -> float:
    """Return the contrast ratio of two colours, 1 to 21.

    Source: WCAG 2.1, relative luminance.
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Color) -> float:
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _readable(ground: Color, usual: Color) -> Color:
    """Return the usual text colour, or whichever of black and white stands out more."""
    if usual.a == 1 and contrast(usual, ground) >= LEAST_CONTRAST:
        return usual
    return max((Color(0, 0, 0), Color(255, 255, 255)), key=lambda color: contrast(color, ground))
