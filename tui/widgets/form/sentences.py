"""Sentences below a form, broken into lines by the rules of their language."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from tui.text.span import Span, plain
from tui.text.wrap import wrap


class Sentences(Widget):
    """Shows plain text; its own line breaks stay."""

    DEFAULT_CSS = """
    Sentences { width: 1fr; height: auto; text-wrap: nowrap; text-overflow: clip; }
    """

    text: reactive[str] = reactive("", layout=True)

    def render(self) -> RenderResult:
        return Content("\n".join(self._lines(self.size.width)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def _lines(self, width: int) -> list[str]:
        room = max(10, width)
        return [plain(line) for part in self.text.split("\n") for line in wrap([Span(part)], room)]
