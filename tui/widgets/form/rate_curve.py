"""The learning rate over the run that a form asks for: up, and down again."""

from __future__ import annotations

import msgspec
from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from engine.recipes.schedule import rate_at
from tui.text.fitting import fit, padded
from tui.widgets.small_curve import curve_rows

CURVE_CELLS = 20


class Rates(msgspec.Struct, frozen=True):
    """A schedule, and the words beside it, a line each; no curve where the number of updates is unknown."""

    updates: int = 0
    lr: float = 0.0
    warmup: float = 0.0
    label: str = ""
    said: tuple[str, ...] = ()


class RateCurve(Widget):
    """Draws a schedule as a small curve; `begin` cells are left for the label."""

    DEFAULT_CSS = """
    RateCurve { height: 2; width: 1fr; }
    RateCurve > .rate-curve--curve { color: $model; background: $panel; }
    RateCurve > .rate-curve--said { color: $quiet; }
    """
    COMPONENT_CLASSES = {"rate-curve--curve", "rate-curve--said"}

    rates: reactive[Rates] = reactive(Rates())

    def __init__(self, begin: int, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self._begin = begin
        self._ascii = ascii_only

    def render(self) -> RenderResult:
        rates, height = self.rates, max(1, self.size.height)
        ink, quiet = (self.get_visual_style(f"rate-curve--{part}") for part in ("curve", "said"))
        room = max(0, self.size.width - self._begin - CURVE_CELLS - 2)
        drawn = curve_rows(values(rates), CURVE_CELLS, height, low=0, high=rates.lr or 1, ascii_only=self._ascii)
        lines = []
        for row, curve in enumerate(drawn):
            label = padded(rates.label if row == 0 else "", self._begin)
            said = fit(rates.said[row], room) if row < len(rates.said) else ""
            lines.append(Content.styled(label, quiet) + Content.styled(curve, ink) + Content.styled(f"  {said}", quiet))
        return Content("\n").join(lines)


def values(rates: Rates, columns: int = 2 * CURVE_CELLS) -> list[float | None]:
    """Return the rate at as many moments of the run as the curve has columns of dots; none for no updates."""
    if rates.updates < 1:
        return []
    last = rates.updates - 1
    moments = [1 + round(column * last / (columns - 1)) for column in range(columns)]
    return [rate_at(update, rates.updates, rates.lr, rates.warmup) for update in moments]
