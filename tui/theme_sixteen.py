"""The two themes in the sixteen colours that every terminal has.

A terminal of sixteen colours shows the nearest one, and the nearest to amber on white is an unreadable yellow:
so these themes name colours that are among the sixteen, chosen for their contrast.

Rich tells a terminal the number of whichever of its own sixteen comes nearest, and those are VGA's: named
otherwise, a dark grey is told as the light one. Which shade a number has is the terminal's choice. Green, yellow
and cyan are too pale on white in every one of them, and grey often is.
"""

from __future__ import annotations

from textual.theme import Theme

BLACK, RED, BLUE, MAGENTA, CYAN, SILVER = "#000000", "#aa0000", "#0000aa", "#aa00aa", "#00aaaa", "#aaaaaa"
GREY, BRIGHT_RED, BRIGHT_GREEN, YELLOW = "#555555", "#ff5555", "#55ff55", "#ffff55"
BRIGHT_BLUE, BRIGHT_CYAN, WHITE = "#5555ff", "#55ffff", "#ffffff"

DARK_16 = Theme(
    name="learncurve-dark-16",
    dark=True,
    primary=BRIGHT_CYAN,
    secondary=YELLOW,
    accent=YELLOW,
    foreground=WHITE,
    background=BLACK,
    surface=BLACK,
    panel=BLACK,
    success=BRIGHT_GREEN,
    warning=YELLOW,
    error=BRIGHT_RED,
    variables={
        "learner": YELLOW,
        "learner-ground": BLACK,
        "model": BRIGHT_CYAN,
        "model-ground": BLACK,
        "train": BRIGHT_CYAN,
        "train-raw": CYAN,
        "valid": BRIGHT_GREEN,
        "ghost": SILVER,
        "axis": SILVER,
        "quiet": SILVER,
        "line": GREY,
        "code-ground": BLACK,
        "block-cursor-text-style": "bold",
        "block-cursor-background": BLUE,
        "block-cursor-foreground": WHITE,
        "block-cursor-blurred-background": BLUE,
        "input-selection-background": CYAN,
        "footer-key-foreground": YELLOW,
        "border": GREY,
        "border-blurred": GREY,
    },
)

LIGHT_16 = Theme(
    name="learncurve-light-16",
    dark=False,
    primary=BLUE,
    secondary=MAGENTA,
    accent=MAGENTA,
    foreground=BLACK,
    background=WHITE,
    surface=WHITE,
    panel=WHITE,
    success=BLACK,
    warning=MAGENTA,
    error=RED,
    variables={
        "learner": MAGENTA,
        "learner-ground": WHITE,
        "model": BLUE,
        "model-ground": WHITE,
        "train": BLUE,
        "train-raw": BRIGHT_BLUE,
        "valid": BLACK,
        "ghost": GREY,
        "axis": BLACK,
        "quiet": BLACK,
        "line": GREY,
        "code-ground": WHITE,
        "block-cursor-text-style": "bold",
        "block-cursor-background": SILVER,
        "block-cursor-foreground": BLACK,
        "block-cursor-blurred-background": SILVER,
        "input-selection-background": SILVER,
        "footer-key-foreground": MAGENTA,
        "border": GREY,
        "border-blurred": GREY,
    },
)
