"""A paragraph of a question, wrapped by the rules of its language."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from content.course.spans import item_spans
from content.course.visible import visible
from tui.text.span import Line, Span
from tui.text.wrap import wrap

CODE_STYLE = "on $code-ground"


def spans(text: str, style: str = "") -> tuple[Span, ...]:
    """Return a foreign text as spans: `code` and **bold** are drawn, everything else stands as written."""
    found = item_spans(visible(text).replace("\n", " "))
    return tuple(
        Span(
            span.text,
            " ".join(filter(None, (style, "bold" * span.strong, CODE_STYLE * span.code))),
            whole=span.code,
        )
        for span in found
    )


def lines(text: str, width: int, style: str = "") -> list[Content]:
    """Return the lines of a foreign text, none wider than `width` cells; a newline begins a new one."""
    return list(_lines(text, width, style))


@lru_cache(maxsize=1024)
def _lines(text: str, width: int, style: str) -> tuple[Content, ...]:
    """Wrap once what is drawn with every move of the cursor."""
    drawn: list[Content] = []
    for paragraph in visible(text).split("\n"):
        drawn += wrapped(spans(paragraph, style), width) or [Content("")]
    return tuple(drawn)


def wrapped(pieces: Sequence[Span], width: int) -> list[Content]:
    """Return the lines of spans whose styles are Textual's."""
    return [content(line) for line in wrap(pieces, max(1, width))]


def content(line: Line) -> Content:
    """Return one line; nothing in it is markup."""
    return Content("").join(Content.styled(span.text, span.style) for span in line)


class Passage(Widget):
    """Shows one paragraph; as high as its lines."""

    DEFAULT_CSS = """
    Passage { height: auto; width: 1fr; color: $foreground; }
    """

    pieces: reactive[tuple[Span, ...]] = reactive((), layout=True)

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(Passage.pieces, spans(text))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(wrapped(self.pieces, width))

    def render(self) -> RenderResult:
        return Content("\n").join(wrapped(self.pieces, self.content_size.width))
