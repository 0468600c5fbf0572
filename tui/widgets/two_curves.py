"""Home's picture: the learner's curve beside the model's."""

from __future__ import annotations

import msgspec
from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.glyphs import RICH, Glyphs
from tui.text.fitting import fit, padded
from tui.text.span import Span, plain
from tui.text.wrap import wrap
from tui.widgets.small_curve import curve_rows


class Curve(msgspec.Struct, frozen=True):
    """A titled curve with a line of words below; the words invite where there is no curve yet."""

    title: str
    words: str
    values: tuple[float | None, ...] = ()
    low: float | None = None
    high: float | None = None


STACKED_BELOW = 76
"""Cells of width below which one frame stands above the other."""


class TwoCurves(Widget):
    """Draws the learner's curve in amber and the model's in blue, in equal frames."""

    DEFAULT_CSS = """
    TwoCurves { height: 7; width: 1fr; }
    TwoCurves > .two-curves--learner { color: $learner; }
    TwoCurves > .two-curves--model { color: $model; }
    TwoCurves > .two-curves--frame { color: $line; }
    TwoCurves > .two-curves--words { color: $quiet; }
    """
    COMPONENT_CLASSES = {"two-curves--learner", "two-curves--model", "two-curves--frame", "two-curves--words"}

    learner: reactive[Curve] = reactive(Curve("", ""))
    model: reactive[Curve] = reactive(Curve("", ""))
    glyphs: reactive[Glyphs] = reactive(RICH)

    def render(self) -> RenderResult:
        if self.size.width < STACKED_BELOW:
            width, above = self.size.width - 2, self.size.height // 2
            lines = self._panel("learner", width, above) + self._panel("model", width, self.size.height - above)
        else:
            width, height = (self.size.width - 3) // 2, self.size.height
            pairs = zip(self._panel("learner", width, height), self._panel("model", width, height), strict=True)
            lines = [one + Content(" ") + other for one, other in pairs]
        return Content("\n").join(Content(" ") + line for line in lines)

    def _panel(self, owner: str, width: int, height: int) -> list[Content]:
        """Return the lines of a frame with its curve."""
        signs, height = self.glyphs, max(3, height) - 3
        own = owner == "learner"
        curve, mark = (self.learner, signs.mark) if own else (self.model, "" if signs.ascii else "⠢")
        frame, ink = self.get_visual_style("two-curves--frame"), self.get_visual_style(f"two-curves--{owner}")
        said = self.get_visual_style("two-curves--words")
        inner = width - 4
        title = fit(f" {mark} {curve.title} ".replace("  ", " "), inner)
        top = signs.h * (width - 3 - cell_len(title)) + signs.tr
        lines = [Content.styled(signs.tl + signs.h, frame) + Content.styled(title, ink) + Content.styled(top, frame)]
        side = Content.styled(signs.v, frame)
        if curve.values:
            drawn = curve_rows(curve.values, inner, height, low=curve.low, high=curve.high, ascii_only=signs.ascii)
            words = curve.words
        else:
            drawn, words, ink = invitation(curve.words, inner, height), "", said
        lines += [side + Content(" ") + Content.styled(row, ink) + Content(" ") + side for row in drawn]
        lines.append(side + Content(" ") + Content.styled(padded(words, inner), said) + Content(" ") + side)
        lines.append(Content.styled(signs.bl + signs.h * (width - 2) + signs.br, frame))
        return lines


def invitation(words: str, width: int, height: int) -> list[str]:
    """Return what stands where there is no curve yet, in the middle of its room."""
    told = [plain(line) for line in wrap([Span(words)], width)][:height]
    above = (height - len(told) + 1) // 2
    return [padded(row, width) for row in [*[""] * above, *told, *[""] * (height - above - len(told))]]
