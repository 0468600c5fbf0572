"""The first start: the language, how this terminal draws, and two ways in."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.screens.base import LearnScreen
from tui.sentences import NAMES
from tui.text.fitting import padded
from tui.widgets.banner import Banner
from tui.widgets.rows import Rows
from tui.words import Words

WAYS = ("read", "train", "home")


class FirstStartScreen(LearnScreen[None]):
    """Shown once; every choice can be changed later in the settings."""

    BINDINGS = [
        Binding("1", "speak('en')", "first.english", id="first.english"),
        Binding("2", "speak('zh')", "first.chinese", id="first.chinese"),
        Binding("escape,q,backspace", "go('home')", "keys.back", id="base.back", show=False),
    ]

    def body(self) -> Iterable[Widget]:
        yield Banner(id="first-banner")
        yield Static(id="first-hello", markup=False)
        yield Static(id="first-language", markup=False)
        yield Static(id="first-width", markup=False)
        yield Rows(id="first-ways")

    def fill(self) -> None:
        words = self.words
        self.titled("Learncurve", words("first.status"))
        self.query_one(Banner).ascii_only = self.glyphs.ascii
        self.query_one("#first-hello", Static).update(words("first.hello"))
        both = "\n".join(
            f"{'*' if code == words.language else ' '} {number}  {padded(NAMES[code], 10)}"
            + Words(code)("first.language-is")
            for number, code in enumerate(NAMES, 1)
        )
        self.query_one("#first-language", Static).update(both)
        signs = self.glyphs
        sample = f"{signs.mark} {signs.tl}{signs.h}{signs.tr} {signs.check}"
        self.query_one("#first-width", Static).update(f"{sample}  {words(f'first.width-{self.owner.measured}')}")
        ways = self.query_one("#first-ways", Rows)
        ways.clear_options()
        ways.add_options([Option(self._way(way), id=way) for way in WAYS])
        ways.highlighted = 0
        ways.focus()

    def _way(self, way: str) -> Content:
        return (
            Content.styled(self.words(f"first.{way}"), "bold") + Content("\n") + Content.styled(self._is(way), "$quiet")
        )

    def _is(self, way: str) -> str:
        """Return what a way is, in a line."""
        if way != "read":
            return self.words(f"first.{way}-is")
        for section in self.owner.course.sections[:1]:
            title = f"{section.id} {section.title.say(self.words.language)}"
            return self.words("first.read-is", title=title, minutes=section.minutes)
        return self.owner.course.title.say(self.words.language)

    def action_speak(self, language: str) -> None:
        """Choose a language."""
        self.owner.choose(language=language)

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        self.action_go(event.option_id or "home")

    def action_go(self, way: str) -> None:
        """Leave the greeting for a page, for the lab, or for home."""
        self.owner.choose(greeted=True, language=self.words.language)
        self.app.pop_screen()
        if way == "read" and self.owner.course.slugs:
            self.owner.open(["page", self.owner.course.slugs[0]])
        elif way == "train":
            self.owner.train("mlp", {}, show=True)
