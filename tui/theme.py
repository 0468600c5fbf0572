"""Two themes of our own: amber is the learner's, blue the model's, in the dark and in the light.

Every text colour stands at 4.5:1 or more on its ground; `tests/tui/test_theme.py` computes it.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="learncurve-dark",
    dark=True,
    primary="#6cb6ff",
    secondary="#f0b14a",
    accent="#f0b14a",
    foreground="#d7dde5",
    background="#12161c",
    surface="#171c24",
    panel="#202733",
    success="#7fce8a",
    warning="#e8c35a",
    error="#ff8a80",
    variables={
        "learner": "#f0b14a",
        "learner-ground": "#2c2415",
        "model": "#6cb6ff",
        "model-ground": "#14253a",
        "train": "#6cb6ff",
        "train-raw": "#3f6a92",
        "valid": "#8fe0d0",
        "ghost": "#7d8794",
        "axis": "#8b96a5",
        "quiet": "#98a3b2",
        "line": "#3a4452",
        "code-ground": "#1b212b",
        "block-cursor-text-style": "bold",
        "block-cursor-background": "#2b3a4d",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#202733",
        "input-selection-background": "#6cb6ff 35%",
        "footer-key-foreground": "#f0b14a",
        "border": "#3a4452",
        "border-blurred": "#2b333f",
    },
)

LIGHT = Theme(
    name="learncurve-light",
    dark=False,
    primary="#0a5cad",
    secondary="#8a5300",
    accent="#8a5300",
    foreground="#1f2630",
    background="#fbfaf7",
    surface="#f4f2ec",
    panel="#e9e6dd",
    success="#1f6b34",
    warning="#7a5a00",
    error="#b3261e",
    variables={
        "learner": "#8a5300",
        "learner-ground": "#f7ead0",
        "model": "#0a5cad",
        "model-ground": "#deebf8",
        "train": "#0a5cad",
        "train-raw": "#6792be",
        "valid": "#00695c",
        "ghost": "#636b79",
        "axis": "#5c6470",
        "quiet": "#5a6370",
        "line": "#c9c4b6",
        "code-ground": "#f0ede4",
        "block-cursor-text-style": "bold",
        "block-cursor-background": "#d5e3f2",
        "block-cursor-foreground": "#10161f",
        "block-cursor-blurred-background": "#e9e6dd",
        "input-selection-background": "#0a5cad 25%",
        "footer-key-foreground": "#8a5300",
        "border": "#b9b4a6",
        "border-blurred": "#d5d0c3",
    },
)

THEMES = {"dark": DARK, "light": LIGHT}
"""The themes by the name that settings use."""
