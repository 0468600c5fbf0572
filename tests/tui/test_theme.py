"""Text stands out from its ground in both themes."""

from __future__ import annotations

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color
from textual.theme import Theme

from tui.theme import DARK, LIGHT
from tui.theme_sixteen import DARK_16, LIGHT_16

LEAST = 4.5
"""Of text, as WCAG 2 asks."""

LEAST_DRAWN = 3.0
"""Of a line or a mark that means something."""

INKS = ("learner", "model", "train", "valid", "ghost", "axis", "quiet")


def luminance(color: Color) -> float:
    """Return the relative luminance of WCAG 2."""

    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)


def contrast(ink: str, ground: str) -> float:
    """Return the contrast ratio of WCAG 2."""
    dark, light = sorted((luminance(Color.parse(ink)), luminance(Color.parse(ground))))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("ground", ["background", "surface"])
def test_every_ink_is_readable_on_every_ground(theme: Theme, ground: str) -> None:
    """4.5 to 1, as WCAG asks of text."""
    under = getattr(theme, ground)
    inks = {name: theme.variables[name] for name in INKS}
    inks |= {name: getattr(theme, name) for name in ("foreground", "success", "warning", "error")}
    weak = {name: round(contrast(ink, under), 2) for name, ink in inks.items() if contrast(ink, under) < LEAST}
    assert weak == {}


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_text_is_readable_on_coloured_grounds(theme: Theme) -> None:
    """The cursor, code and the two identities' grounds carry text too."""
    grounds = ("learner-ground", "model-ground", "code-ground", "block-cursor-background")
    pairs = [(theme.foreground or "", theme.variables[ground]) for ground in grounds]
    pairs += [(theme.variables["learner"], theme.variables["learner-ground"])]
    pairs += [(theme.variables["model"], theme.variables["model-ground"])]
    pairs += [(theme.variables["learner"], theme.variables["block-cursor-background"])]
    assert [round(contrast(*pair), 2) for pair in pairs if contrast(*pair) < LEAST] == []


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_what_is_said_quietly_is_readable_under_the_cursor_and_in_a_field(theme: Theme) -> None:
    """The second line of a chosen row, the placeholder of a field."""
    grounds = [theme.variables["block-cursor-background"], theme.panel or ""]
    inks = [theme.variables[name] for name in ("quiet", "model", "learner")] + [theme.error or "", theme.success or ""]
    assert [pair for ink in inks for ground in grounds if contrast(*(pair := (ink, ground))) < LEAST] == []


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_every_measured_loss_is_seen_behind_the_smoothed_ones(theme: Theme) -> None:
    """They are drawn faintly, but they are data."""
    assert contrast(theme.variables["train-raw"], theme.background or "") >= LEAST_DRAWN


def test_the_light_theme_differs_from_the_dark_one() -> None:
    """A measure that cannot fail would hold for equal themes too."""
    assert contrast(DARK.background or "", LIGHT.background or "") > LEAST


VGA = "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff"
XTERM = (
    "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff"
)
SHADES = [tuple(f"#{shade}" for shade in sixteen.split()) for sixteen in (VGA, XTERM)]
"""What the sixteen numbers look like in two terminals."""

SIXTEENS = pytest.mark.parametrize("theme", [DARK_16, LIGHT_16], ids=["dark", "light"])


def told(ink: str | None) -> int:
    """Return the number of the one of sixteen that a terminal is told for a colour."""
    number = RichColor.parse(ink or "").downgrade(ColorSystem.STANDARD).number
    assert number is not None
    return number


@SIXTEENS
def test_the_colour_that_a_theme_of_sixteen_names_is_the_one_that_is_told(theme: Theme) -> None:
    """A dark grey that is not among Rich's sixteen was told as the light one: grey on white, hardly to be seen."""
    named = [value for value in theme.variables.values() if value.startswith("#")]
    named += [value for value in (theme.foreground, theme.background, theme.error, theme.success) if value]
    assert [value for value in named if SHADES[0][told(value)] != value] == []


@SIXTEENS
@pytest.mark.parametrize("shades", SHADES, ids=["vga", "xterm"])
def test_in_sixteen_colours_every_ink_is_readable(theme: Theme, shades: tuple[str, ...]) -> None:
    """Whichever shades the terminal has: text at 4.5, and what is only drawn at 3 where it means something."""
    text = {name: theme.variables[name] for name in ("learner", "model", "train", "valid", "axis", "quiet")}
    text |= {name: getattr(theme, name) for name in ("foreground", "error", "success", "warning")}
    under = shades[told(theme.background)]
    found = {name: contrast(shades[told(ink)], under) for name, ink in text.items()}
    assert {name: ratio for name, ratio in found.items() if ratio < LEAST} == {}
    drawn = [contrast(shades[told(theme.variables[name])], under) for name in ("train-raw", "ghost")]
    assert [ratio for ratio in drawn if ratio < LEAST_DRAWN] == []


@SIXTEENS
@pytest.mark.parametrize("shades", SHADES, ids=["vga", "xterm"])
def test_in_sixteen_colours_the_row_under_the_cursor_is_readable(theme: Theme, shades: tuple[str, ...]) -> None:
    """Also what is said quietly in it."""
    under = shades[told(theme.variables["block-cursor-background"])]
    inks = [theme.foreground, theme.variables["block-cursor-foreground"], theme.variables["quiet"]]
    assert [ink for ink in inks if contrast(shades[told(ink)], under) < LEAST] == []


def test_both_sets_of_themes_name_the_same_variables() -> None:
    """A variable that one lacks would stop the app where it is worn."""
    names = {frozenset(theme.variables) for theme in (DARK, LIGHT, DARK_16, LIGHT_16)}
    assert len(names) == 1
