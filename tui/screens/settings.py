"""The learner's choices about the interface."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.screens.base import LearnScreen
from tui.text.fitting import padded
from tui.widgets.rows import Rows
from tui.words import LANGUAGES, NAMES

CHOICES: dict[str, tuple[object, ...]] = {
    "language": LANGUAGES,
    "theme": ("dark", "light"),
    "frames": ("auto", "rich", "ascii"),
    "slow": (False, True),
    "bell": (False, True),
}
"""Every choice with its values, in the order in which `enter` goes through them."""


class SettingsScreen(LearnScreen[None]):
    """A row a choice; `enter` takes the next value, and everything changes at once."""

    def body(self) -> Iterable[Widget]:
        yield Rows(id="settings-rows")
        yield Static(id="settings-where", markup=False)

    def fill(self) -> None:
        self.titled(self.words("settings.title"))
        rows = self.query_one("#settings-rows", Rows)
        before = rows.highlighted or 0
        rows.clear_options()
        rows.add_options([Option(self._row(name), id=name) for name in CHOICES])
        rows.highlighted = before
        rows.focus()
        home = self.owner.house.home
        self.query_one("#settings-where", Static).update(
            self.words("settings.where", home=home) + "\n" + self.words(f"first.width-{self.owner.measured}")
        )

    def choices_changed(self) -> None:
        self.fill()

    def place(self) -> list[str] | None:
        return ["settings"]

    def value(self, name: str) -> object:
        """Return what is chosen now."""
        return self.words.language if name == "language" else getattr(self.owner.choices, name)

    def _row(self, name: str) -> Content:
        value = self.value(name)
        said = NAMES[str(value)] if name == "language" else self.words(f"settings.{name}-{str(value).lower()}")
        return (
            Content(padded(self.words(f"settings.{name}"), 22))
            + Content.styled(padded(said, 24), "$learner bold")
            + Content("\n  ")
            + Content.styled(self.words(f"settings.{name}-is"), "$quiet")
        )

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        name = event.option_id or ""
        values = CHOICES[name]
        following = values[(values.index(self.value(name)) + 1) % len(values)]
        self.owner.choose(**{name: following})
