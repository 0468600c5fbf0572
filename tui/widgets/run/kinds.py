"""Which panels a run has, in the order of their keys: it depends on what is trained."""

from __future__ import annotations

from tui.glyphs import Glyphs
from tui.widgets.run.attention import AttentionPanel
from tui.widgets.run.code import CodePanel
from tui.widgets.run.confusion import ConfusionPanel
from tui.widgets.run.console import ConsolePanel
from tui.widgets.run.curves import CurvesPanel
from tui.widgets.run.digits import DigitsPanel
from tui.widgets.run.guesses import GuessesPanel
from tui.widgets.run.map import MapPanel
from tui.widgets.run.panel import Panel
from tui.widgets.run.sentences import SentencesPanel
from tui.widgets.run.tokens import TokensPanel
from tui.widgets.run.weights import WeightsPanel
from tui.words import Words

PANELS: dict[str, tuple[type[Panel], ...]] = {
    "mlp": (CurvesPanel, DigitsPanel, ConfusionPanel, WeightsPanel, CodePanel, ConsolePanel),
    "bert": (
        CurvesPanel,
        SentencesPanel,
        ConfusionPanel,
        AttentionPanel,
        TokensPanel,
        MapPanel,
        CodePanel,
        ConsolePanel,
    ),
    "pretrain": (CurvesPanel, GuessesPanel, AttentionPanel, TokensPanel, CodePanel, ConsolePanel),
}
"""The curves come first everywhere; code and console, which are there before any update, last."""

COUNTS = tuple(sorted({len(panels) for panels in PANELS.values()}))
"""How many panels a run may have."""

ALWAYS = ("code", "console")
"""Panels that have something to show before a run has a plan."""


def panels(kind: str, words: Words, glyphs: Glyphs) -> tuple[Panel, ...]:
    """Return the panels of a kind of run; a kind that is not known here has those of the MLP."""
    made = tuple(panel(words, glyphs, id=f"run-{name(panel)}") for panel in PANELS.get(kind, PANELS["mlp"]))
    for number, panel in enumerate(made, 1):
        panel.number = number
    return made


def name(panel: type[Panel]) -> str:
    """Return a panel's name in the interface, such as "curves"."""
    return panel.__name__.removesuffix("Panel").lower()


def console_key(kind: str) -> int:
    """Return the key of the console, which is the last one."""
    return len(PANELS.get(kind, PANELS["mlp"]))
