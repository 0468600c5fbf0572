"""All demos, in the order of the course."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.finding import Entry
from tui.screens.base import LearnScreen
from tui.sentences import LANGUAGES
from tui.text.fitting import fit, padded
from tui.widgets.demos.catalogue import NAMES
from tui.widgets.rows import Rows
from tui.words import Words

MARGINS = 4


class DemosScreen(LearnScreen[None]):
    """A row a demo: its name, and what can be found out with it."""

    def place(self) -> list[str] | None:
        return ["demos"]

    def body(self) -> Iterable[Widget]:
        yield Rows(id="demos-rows")

    def fill(self) -> None:
        self.titled(self.words("demo.title"), self.words("demo.count", n=len(NAMES)))
        rows = self.query_one("#demos-rows", Rows)
        at = rows.highlighted or 0
        rows.clear_options()
        rows.add_options(self._options())
        rows.highlighted = at
        rows.focus()

    def on_resize(self) -> None:
        self.call_after_refresh(self.fill)

    def _options(self) -> Iterator[Option]:
        titles = {name: self.words(f"demo_{name}.title") for name in NAMES}
        widest = max(cell_len(title) for title in titles.values())
        room = (self.size.width or 80) - MARGINS - widest
        for name, title in titles.items():
            about = fit(self.words(f"demo_{name}.about"), room, self.glyphs.ellipsis)
            yield Option(Content(f"{padded(title, widest)}  ") + Content.styled(about, "$quiet"), id=name)

    @on(OptionList.OptionSelected)
    def demo_chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.owner.open(["demo", event.option_id or ""])


def demo_entries(words: Words) -> Iterator[Entry]:
    """Yield the demos as the palette finds them: by their names in every language."""
    for name in NAMES:
        others = [Words(language)(f"demo_{name}.title") for language in LANGUAGES]
        yield Entry(("demo", name), "demo", words(f"demo_{name}.title"), " / ".join(dict.fromkeys(others)))
