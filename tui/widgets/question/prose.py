"""A paragraph of a question, wrapped by the rules of its language."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from content.course.spans import item_spans
from content.course.visible import visible
from tui.text.span import Span
from tui.text.wrap import wrap

CODE_STYLE = "on $code-ground"


def lines(text: str, width: int, style: str = "") -> list[Content]:
    """Return a text's lines, none wider than `width` cells; it is foreign, and nothing in it acts.

    `code` and **bold** are drawn, a newline begins a new line, and everything else stands as it is written.
    """
    drawn: list[Content] = []
    for paragraph in visible(text).split("\n"):
        spans = [
            Span(
                span.text, " ".join(filter(None, ("code" * span.code, "bold" * span.strong))), whole=span.code
            )
            for span in item_spans(paragraph)
        ]
        wrapped = wrap(spans, max(1, width)) or [()]
        drawn += [Content("").join(_styled(span, style) for span in line) for line in wrapped]
    return drawn


def _styled(span: Span, style: str) -> Content:
    parts = [style, "bold" if "bold" in span.style else "", CODE_STYLE if "code" in span.style else ""]
    return Content.styled(span.text, " ".join(filter(None, parts)))


class Prose(Widget):
    """Shows a text; as high as its lines, and never lower than `least` rows."""

    DEFAULT_CSS = """
    Prose { height: auto; width: 1fr; color: $foreground; }
    """

    text: reactive[str] = reactive("", layout=True)
    tone: reactive[str] = reactive("")

    def __init__(
        self, text: str = "", *, least: int = 0, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.least = least
        self.set_reactive(Prose.text, text)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max(self.least, len(self._lines(width)))

    def render(self) -> RenderResult:
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        return lines(self.text, width, self.tone) if self.text else []
