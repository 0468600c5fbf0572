"""The learner's choices about the interface and the review."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace
from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from content.errors import StoreError
from content.memory.reviews import usable_in
from engine.fitting.reviews import LEAST
from tui.screens.base import LearnScreen
from tui.sentences import LANGUAGES, NAMES
from tui.text.fitting import padded
from tui.widgets.rows import Rows

CHOICES: dict[str, tuple[object, ...]] = {
    "language": LANGUAGES,
    "theme": ("dark", "light"),
    "frames": ("auto", "rich", "ascii"),
    "slow": (False, True),
    "bell": (False, True),
    "review": (10, 20, 40, 0),
    "retention": (70, 75, 80, 85, 90, 95, 97),
    "fit": (False, True),
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
        """Return what is chosen now; the retention in percent."""
        if name == "language":
            return self.words.language
        if name == "retention":
            return round(self.owner.record.plan.retention * 100)
        if name == "fit":
            return bool(self.owner.record.plan.parameters)
        return getattr(self.owner.choices, name)

    def _said(self, name: str) -> str:
        """Return what is chosen now in words."""
        value = self.value(name)
        if name == "language":
            return NAMES[str(value)]
        if name == "retention":
            return self.words("settings.retention-of", percent=value)
        return self.words(f"settings.{name}-{str(value).lower()}")

    def _is(self, name: str) -> str:
        """Return what a choice is about."""
        if name == "fit":
            return self.words("settings.fit-is", count=f"{usable_in(self.owner.record):,}", least=LEAST)
        return self.words(f"settings.{name}-is")

    def _row(self, name: str) -> Content:
        return (
            Content(padded(self.words(f"settings.{name}"), 22))
            + Content.styled(padded(self._said(name), 24), "$learner bold")
            + Content("\n  ")
            + Content.styled(self._is(name), "$quiet")
        )

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        name = event.option_id or ""
        values, value = CHOICES[name], self.value(name)
        following = values[(values.index(value) + 1) % len(values)] if value in values else values[0]
        if name == "fit":
            self.owner.action_fit()
        elif name == "retention" and isinstance(following, int):
            self._retain(following)
        else:
            self.owner.choose(**{name: following})

    def _retain(self, percent: int) -> None:
        """Keep another retention; all questions get their days of return anew, beside the screen."""
        record = self.owner.record
        try:
            record.keep_plan(replace(record.plan, retention=percent / 100))
        except StoreError as problem:
            self.notify(self.words.error(problem), severity="error", timeout=15, markup=False)
            return
        self.run_worker(record.refresh, thread=True, exclusive=True, group="schedule", exit_on_error=False)
        self.fill()
