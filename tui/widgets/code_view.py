"""Source code that scrolls, with numbered lines and its syntax in colours."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from content.course.visible import visible

KINDS = ("plain", "keyword", "string", "number", "comment", "name", "line", "marked", "cut")
"""Each is coloured by the component class `code--KIND`."""

TOKENS = {
    "Token.Keyword": "keyword",
    "Token.Operator.Word": "keyword",
    "Token.Literal.String": "string",
    "Token.Literal.Number": "number",
    "Token.Comment": "comment",
    "Token.Name.Function": "name",
    "Token.Name.Class": "name",
    "Token.Name.Decorator": "name",
}
"""Kinds by Pygments' tokens; what is below one of these is of its kind."""

TAB = 4

Line = list[tuple[str, str]]
"""Pieces of a line as (text, kind)."""


class CodeView(ScrollView, can_focus=True):
    """Shows source as it is, long lines unbroken: `<` and `>` stand where one goes on beyond the edge.

    Attributes:
        source: The text; control characters in it are shown as signs.
        language: As Pygments names it.
        marked: Numbers of lines that stand out, from 1; the sign `>` marks them too.
    """

    DEFAULT_CSS = """
    CodeView {
        width: 1fr;
        height: 1fr;
        scrollbar-size: 1 1;
        & > .code--plain { color: $foreground; }
        & > .code--keyword { color: $model; }
        & > .code--string { color: $success; }
        & > .code--number { color: $valid; }
        & > .code--comment { color: $quiet; text-style: italic; }
        & > .code--name { color: $foreground; text-style: bold; }
        & > .code--line { color: $ghost; }
        & > .code--cut { color: $quiet; text-style: bold; }
        & > .code--marked { color: $learner; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"code--{kind}" for kind in KINDS}

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", "code.down", show=False, id="code.down"),
        Binding("k", "scroll_up", "code.up", show=False, id="code.up"),
    ]

    source: var[str] = var("", init=False)
    language: var[str] = var("python", init=False)
    marked: var[frozenset[int]] = var(frozenset(), init=False)

    def __init__(
        self,
        source: str = "",
        language: str = "python",
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: list[Line] = []
        self._styles: dict[str, Style] = {}
        self.set_reactive(CodeView.source, source)
        self.set_reactive(CodeView.language, language)

    def on_mount(self) -> None:
        """Read the source."""
        self.watch_source()

    def watch_source(self) -> None:
        """Show another source from its beginning."""
        self._lines = pieces(visible(self.source).expandtabs(TAB), self.language)
        widest = max((cell_len("".join(text for text, _ in line)) for line in self._lines), default=0)
        self.virtual_size = Size(self._gutter + widest, len(self._lines))
        self.scroll_to(0, 0, animate=False)
        self.refresh()

    watch_language = watch_source

    def watch_marked(self) -> None:
        """Show other marks."""
        self.refresh()

    @property
    def cut(self) -> bool:
        """Whether there is a line that goes on beyond the edge."""
        return self.virtual_size.width > self.scrollable_content_region.width > 0

    def show_line(self, number: int) -> None:
        """Scroll until a line, counted from 1, is in the middle."""
        self.scroll_to(y=max(0, number - 1 - self.size.height // 2), animate=False)

    def render_line(self, y: int) -> Strip:
        """Return a row: the line's number, which stays, and what of the line is in sight."""
        left, top = self.scroll_offset
        width, index = self.scrollable_content_region.width, top + y
        if index >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        if not self._styles:
            self._styles = {kind: self.get_component_rich_style(f"code--{kind}") for kind in KINDS}
        marked = index + 1 in self.marked
        sign = ">" if marked else " "
        number = Segment(f"{sign}{index + 1:{self._gutter - 3}}", self._styles["marked" if marked else "line"])
        code = Strip([Segment(text, self._styles[kind]) for text, kind in self._lines[index] if text])
        room = max(0, width - self._gutter)
        before = Segment("< " if left and code.cell_length else "  ", self._styles["cut"])
        after = [Segment(">", self._styles["cut"])] if room and code.cell_length > left + room else []
        shown = code.crop_extend(left, left + room - len(after), self._styles["plain"])
        return Strip([number, before, *shown, *after], self._gutter + room)

    def notify_style_update(self) -> None:
        """Forget the colours of the theme before."""
        super().notify_style_update()
        self._styles = {}

    @property
    def _gutter(self) -> int:
        return len(str(len(self._lines))) + 3


def pieces(source: str, language: str) -> list[Line]:
    """Return the lines of a source, cut where its syntax changes; plain where the language is unknown."""
    from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]
    from pygments.util import ClassNotFound  # type: ignore[import-untyped]

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return [[(line, "plain")] for line in source.split("\n")]
    lines: list[Line] = [[]]
    for token, text in lexer.get_tokens(source):
        kind = next((TOKENS[str(each)] for each in reversed(token.split()) if str(each) in TOKENS), "plain")
        first, *rest = text.split("\n")
        lines[-1].append((first, kind))
        lines.extend([(part, kind)] for part in rest)
    if lines and not any(text for text, _ in lines[-1]):
        lines.pop()
    return lines
