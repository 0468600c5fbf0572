"""The two themes in the sixteen colours that every terminal has.

A terminal of sixteen colours shows the nearest one, and the nearest to amber on white is an unreadable yellow:
so these themes name colours that are among the sixteen, chosen for their contrast.
"""

from __future__ import annotations

from textual.theme import Theme

DARK_16 = Theme(
    name="learncurve-dark-16",
    dark=True,
    primary="#00ffff",
    secondary="#ffff00",
    accent="#ffff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    success="#00ff00",
    warning="#ffff00",
    error="#ff0000",
    variables={
        "learner": "#ffff00",
        "learner-ground": "#000000",
        "model": "#00ffff",
        "model-ground": "#000000",
        "train": "#00ffff",
        "train-raw": "#008080",
        "valid": "#00ff00",
        "ghost": "#c0c0c0",
        "axis": "#c0c0c0",
        "quiet": "#c0c0c0",
        "line": "#808080",
        "code-ground": "#000000",
        "block-cursor-text-style": "bold",
        "block-cursor-background": "#000080",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#000080",
        "input-selection-background": "#008080",
        "footer-key-foreground": "#ffff00",
        "border": "#808080",
        "border-blurred": "#808080",
    },
)

LIGHT_16 = Theme(
    name="learncurve-light-16",
    dark=False,
    primary="#000080",
    secondary="#800080",
    accent="#800080",
    foreground="#000000",
    background="#ffffff",
    surface="#ffffff",
    panel="#ffffff",
    success="#008000",
    warning="#800080",
    error="#800000",
    variables={
        "learner": "#800080",
        "learner-ground": "#ffffff",
        "model": "#000080",
        "model-ground": "#ffffff",
        "train": "#000080",
        "train-raw": "#0000ff",
        "valid": "#008000",
        "ghost": "#808080",
        "axis": "#808080",
        "quiet": "#808080",
        "line": "#c0c0c0",
        "code-ground": "#ffffff",
        "block-cursor-text-style": "bold",
        "block-cursor-background": "#c0c0c0",
        "block-cursor-foreground": "#000000",
        "block-cursor-blurred-background": "#c0c0c0",
        "input-selection-background": "#c0c0c0",
        "footer-key-foreground": "#800080",
        "border": "#808080",
        "border-blurred": "#c0c0c0",
    },
)
