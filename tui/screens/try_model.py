"""Which screen tries a run's model: it depends on what was trained."""

from __future__ import annotations

from engine.errors import RunError
from engine.runs.folder import RunFolder
from tui.screens.try_base import TryScreen


def try_screen(folder: RunFolder) -> TryScreen:
    """Return a screen that tries a run's model.

    Raises:
        RunError: The run cannot be read, or nothing is known to ask a model of its kind.
    """
    match folder.recipe().kind:
        case "mlp":
            from tui.screens.try_digit import TryDigitScreen

            return TryDigitScreen(folder.id)
        case "bert":
            from tui.screens.try_text import TryLabelScreen

            return TryLabelScreen(folder.id)
        case "pretrain":
            from tui.screens.try_text import TryFillScreen

            return TryFillScreen(folder.id)
        case kind:
            raise RunError(
                f"Models of the kind {kind} cannot be asked here; a newer learncurve may.",
                code="try-kind",
                kind=kind,
            )
