"""What a run's process printed."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widget import Widget

from content.course.visible import visible
from tui.glyphs import Glyphs
from tui.widgets.run.moment import Moment
from tui.widgets.run.panel import Panel
from tui.widgets.run.scroll import Scroll
from tui.words import Words

SHOWN_BYTES = 128 * 1024
"""So much of the end of a long console is shown."""


class ConsolePanel(Panel):
    """The end of console.log, followed while it grows; what steers a terminal is shown as signs."""

    DEFAULT_CSS = """
    ConsolePanel { padding: 0 0 0 1; }
    """

    def __init__(self, words: Words, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(words, glyphs, id=id)
        self.scroll = Scroll(follow=True)
        self._seen: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        yield self.scroll

    def hand(self) -> Widget | None:
        return self.scroll

    def speak(self, words: Words, glyphs: Glyphs) -> None:
        self._seen = ()
        super().speak(words, glyphs)

    def refill(self, moment: Moment) -> None:
        try:
            status = moment.folder.console_file.stat()
            seen: tuple[object, ...] = (status.st_size, status.st_mtime_ns)
        except OSError:
            seen = (0, 0)
        if seen != self._seen:
            self._seen = seen
            self.scroll.put(self.text(moment), self.words("run.console-title"))

    def text(self, moment: Moment) -> str:
        said, cut = printed(moment)
        if not said.strip():
            return self.words("run.console-empty")
        return (self.words("run.console-cut", size=SHOWN_BYTES // 1024) + "\n" if cut else "") + said


def printed(moment: Moment) -> tuple[str, bool]:
    """Return the end of what was printed, harmless, and whether there was more before it."""
    try:
        with moment.folder.console_file.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - SHOWN_BYTES))
            raw = file.read()
    except OSError:
        return "", False
    cut = size > SHOWN_BYTES
    if cut:
        raw = raw[raw.find(b"\n") + 1 :]
    return visible(raw.decode("utf-8", "replace")).rstrip("\n"), cut
