"""Text stands out from its ground in both themes."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from tui.theme import DARK, LIGHT
from tui.theme_sixteen import DARK_16, LIGHT_16

LEAST = 4.5
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


def test_the_light_theme_differs_from_the_dark_one() -> None:
    """A measure that cannot fail would hold for equal themes too."""
    assert contrast(DARK.background or "", LIGHT.background or "") > LEAST


SIXTEEN = {f"#{red}{green}{blue}" for red in ("00", "80") for green in ("00", "80") for blue in ("00", "80")}
SIXTEEN |= {f"#{red}{green}{blue}" for red in ("00", "ff") for green in ("00", "ff") for blue in ("00", "ff")}
SIXTEEN |= {"#c0c0c0"}


@pytest.mark.parametrize("theme", [DARK_16, LIGHT_16], ids=["dark", "light"])
def test_in_sixteen_colours_every_ink_is_one_of_them_and_readable(theme: Theme) -> None:
    """The nearest of sixteen to amber on white would be yellow; grey on white is the weakest that is used."""
    named = [value for value in theme.variables.values() if value.startswith("#")]
    assert set(named) <= SIXTEEN
    inks = [theme.variables[name] for name in ("learner", "model", "train", "valid")]
    inks += [theme.foreground or "", theme.error or "", theme.success or ""]
    assert [ink for ink in inks if contrast(ink, theme.background or "") < LEAST] == []


def test_both_sets_of_themes_name_the_same_variables() -> None:
    """A variable that one lacks would stop the app where it is worn."""
    names = {frozenset(theme.variables) for theme in (DARK, LIGHT, DARK_16, LIGHT_16)}
    assert len(names) == 1
