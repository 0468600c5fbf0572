"""The two curves that the program is named after: one rises, one falls."""

from __future__ import annotations

import math

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.widgets.small_curve import curve_rows

POINTS = 160


class Banner(Widget):
    """The learner's curve in amber over the model's in blue, as drawings: no data stands behind them."""

    DEFAULT_CSS = """
    Banner { height: 4; width: 44; }
    Banner > .banner--learner { color: $learner; }
    Banner > .banner--model { color: $model; }
    """
    COMPONENT_CLASSES = {"banner--learner", "banner--model"}

    ascii_only: reactive[bool] = reactive(False)

    def render(self) -> RenderResult:
        width, height = self.size.width, self.size.height
        rise = [1 - math.exp(-4 * at / POINTS) for at in range(POINTS)]
        fall = [math.exp(-5 * at / POINTS) for at in range(POINTS)]
        amber, blue = self.get_visual_style("banner--learner"), self.get_visual_style("banner--model")
        blank = " " if self.ascii_only else "\u2800"
        lines = []
        risen, fallen = (
            curve_rows(values, width, height, low=0, high=1, ascii_only=self.ascii_only) for values in (rise, fall)
        )
        for up, down in zip(risen, fallen, strict=True):
            cells = [
                Content.styled(mine, amber) if mine != blank else Content.styled(other, blue)
                for mine, other in zip(up, down, strict=True)
            ]
            lines.append(Content("").join(cells))
        return Content("\n").join(lines)
