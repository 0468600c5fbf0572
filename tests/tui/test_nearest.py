"""In 256 colours the themes stay what they are: text is readable, grey is grey, and no two inks fall together."""

from __future__ import annotations

import pytest
from rich.color import Color, ColorSystem
from rich.style import Style
from textual.theme import Theme

from tests.tui.test_theme import INKS, LEAST, contrast
from tui.painting.look import look_of
from tui.painting.nearest import FIXED, nearest, seen, shown_as, triplet_of
from tui.theme import DARK, LIGHT

THEMES = pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])


def in_256(colour: str) -> str:
    """Return what a terminal of 256 colours shows for a colour."""
    triplet = Color.parse(colour).triplet
    assert triplet is not None
    return triplet_of(nearest(triplet)).hex


@pytest.mark.parametrize("number", FIXED)
def test_a_colour_that_there_is_looks_as_it_is(number: int) -> None:
    """Some greys stand in the cube and among the greys: either number will do."""
    assert triplet_of(nearest(triplet_of(number))) == triplet_of(number)


@THEMES
def test_text_is_readable_in_256_colours(theme: Theme) -> None:
    """4.5 to 1 on the screen's ground, as in 16 million."""
    ground = in_256(theme.background or "")
    inks = {name: theme.variables[name] for name in INKS}
    inks |= {name: getattr(theme, name) for name in ("foreground", "success", "warning", "error")}
    found = {name: round(contrast(in_256(ink), ground), 2) for name, ink in inks.items()}
    assert {name: ratio for name, ratio in found.items() if ratio < LEAST} == {}


@THEMES
def test_what_is_nearly_grey_is_no_blue(theme: Theme) -> None:
    """Blue is the model's: neither text nor ground may take it on."""
    greys = [theme.foreground, theme.background, theme.surface, theme.panel]
    greys += [theme.variables[name] for name in ("quiet", "axis", "ghost", "line", "code-ground")]
    greys += [theme.variables["block-cursor-background"]]
    found = {colour: triplet_of(in_number(colour or "")) for colour in greys}
    assert [colour for colour, (red, green, blue) in found.items() if not red == green == blue] == []


def in_number(colour: str) -> int:
    """Return the number among 256 that is written for a colour."""
    number = shown_as(Color.parse(colour), ColorSystem.EIGHT_BIT).number
    assert number is not None
    return number


@THEMES
def test_inks_that_mean_different_things_stay_different(theme: Theme) -> None:
    """Right, wrong, the learner's, the model's and validation: five of them."""
    inks = [theme.variables[name] for name in ("learner", "model", "valid")] + [theme.success or "", theme.error or ""]
    assert len({in_number(ink) for ink in inks}) == len(inks)


def test_a_cell_is_written_in_the_nearest_colour() -> None:
    """The way to the terminal asks for it; dark text on paper was navy by rounding."""
    style = Style(color="#1f2630", bgcolor="#202733")
    look = look_of(style, ColorSystem.EIGHT_BIT)
    assert (look.colour, look.ground) == ("38;5;235", "48;5;235")


def test_nearest_is_what_the_eye_calls_near() -> None:
    """Lightness counts, and grey has no hue."""
    lightness, red, yellow = seen(Color.parse("#808080").triplet or triplet_of(16))
    assert 0 < lightness < 1
    assert abs(red) < 1e-4
    assert abs(yellow) < 1e-4
