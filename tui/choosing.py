"""The half of the app that has to do with choices: language, colours and signs, and what follows when one changes."""

from __future__ import annotations

from typing import Any

import msgspec

from content.memory.record import Record
from tui.glyphs import Glyphs, glyphs
from tui.painting.painting import PaintingApp
from tui.screens.base import LearnScreen
from tui.sentences import LANGUAGES
from tui.settings import Settings, load, save
from tui.terminal import Width, ascii_frames, locale_language
from tui.theme import DARK, LIGHT
from tui.theme_sixteen import DARK_16, LIGHT_16
from tui.words import Words


class ChoosingApp(PaintingApp[str]):
    """Owns the learner's choices, and the words, signs and colours that follow from them."""

    record: Record

    def begin_choices(self, measured: Width, *, language: str = "") -> None:
        """Begin with what the record keeps.

        Args:
            measured: How wide the terminal draws ambiguous characters.
            language: Where none was chosen yet; "" takes the locale's.
        """
        self.measured = measured
        self.choices = load(self.record)
        spoken = self.choices.language or language or locale_language() or "en"
        self.words, self.glyphs = Words(spoken), self._signs(spoken)
        for theme in (DARK, LIGHT, DARK_16, LIGHT_16):
            self.register_theme(theme)
        self._dress()

    @property
    def language(self) -> str:
        """The learner's language; the course's first one is used where the course lacks it."""
        return self.words.language

    def choose(self, **changes: Any) -> None:
        """Keep a choice about the interface and act on it at once."""
        chosen = msgspec.structs.replace(self.choices, **changes)
        save(self.record, chosen)
        self.wear(chosen)

    def wear(self, chosen: Settings, *, anew: bool = False) -> None:
        """Act on choices; `anew` shows every screen anew, whatever has changed."""
        before, self.choices = self.choices, chosen
        self._dress()
        language = self.choices.language or self.words.language
        self.glyphs = self._signs(language)
        if anew or language != self.words.language or self.choices.frames != before.frames:
            self.words = Words(language)
            self.run_worker(self._retranslate(), exclusive=True, group="language")
        elif isinstance(self.screen, LearnScreen):
            self.screen.choices_changed()

    def greet(self) -> None:
        """Welcome somebody who was never here: the first choices are made there."""
        if not self.choices.greeted:
            from tui.screens.first_start import FirstStartScreen

            self.push_screen(FirstStartScreen())

    def action_language(self) -> None:
        """Switch to the next language; everything on every screen changes."""
        following = LANGUAGES[(LANGUAGES.index(self.words.language) + 1) % len(LANGUAGES)]
        self.choose(language=following)

    def action_theme(self) -> None:
        """Switch between the dark and the light theme."""
        self.choose(theme="light" if self.choices.theme == "dark" else "dark")

    async def _retranslate(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, LearnScreen):
                await screen.retranslate()

    def _signs(self, language: str) -> Glyphs:
        return glyphs(ascii_frames(self.choices.frames, self.measured, language))

    def _dress(self) -> None:
        """Wear the chosen theme, in colours that this terminal has."""
        few = self.console.color_system in ("standard", "windows")
        self.theme = f"learncurve-{self.choices.theme}" + ("-16" if few else "")
