"""A screen as a grid of cells: what stands in each and how it looks, compared with what is kept.

Not SVG: a patch release of Textual that draws the same cells in other markup breaks nothing.
Renew with `SNAPSHOTS=renew pytest tests/tui/test_snapshots.py`, and look at the difference before committing it.
"""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import Any

from rich.style import Style
from textual.app import App

KEPT = Path(__file__).parent / "snapshots"
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def grid(app: App[Any]) -> str:
    """Return the screen: its text, row by row, then a letter for each cell's look, then what the letters mean."""
    looks: dict[str, str] = {}
    text_rows, look_rows = [], []
    for strip in app.screen._compositor.render_strips():
        text, look = "", ""
        for segment in strip:
            letter = looks.setdefault(described(segment.style), LETTERS[min(len(looks), len(LETTERS) - 1)])
            text += segment.text
            look += letter * segment.cell_length
        text_rows.append(text.rstrip())
        look_rows.append(look)
    legend = [f"{letter} {words}" for words, letter in looks.items()]
    return "\n".join([*text_rows, "=" * 8, *look_rows, "=" * 8, *legend]) + "\n"


def described(style: Style | None) -> str:
    """Return a style in words that do not depend on how a library spells it."""
    if style is None:
        return "plain"
    ink = style.color.get_truecolor().hex if style.color else "-"
    ground = style.bgcolor.get_truecolor().hex if style.bgcolor else "-"
    flags = [name for name in ("bold", "dim", "italic", "underline", "reverse", "strike") if getattr(style, name)]
    return " ".join([ink, "on", ground, *flags])


def assert_kept(app: App[Any], name: str) -> None:
    """Compare the screen with the one that is kept under a name.

    Raises:
        AssertionError: They differ; the message shows where. Or none is kept yet.
    """
    shown = grid(app)
    file = KEPT / f"{name}.txt"
    if os.environ.get("SNAPSHOTS") == "renew":
        KEPT.mkdir(exist_ok=True)
        file.write_text(shown, encoding="utf-8")
        return
    assert file.is_file(), f"{file.name} is not kept yet: SNAPSHOTS=renew"
    kept = file.read_text(encoding="utf-8")
    difference = difflib.unified_diff(kept.splitlines(), shown.splitlines(), "kept", "shown", lineterm="", n=0)
    assert shown == kept, f"{name} looks different:\n" + "\n".join(difference)
