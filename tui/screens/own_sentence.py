"""The learner writes a sentence that the model is asked about while it learns."""

from __future__ import annotations

import re
from typing import ClassVar

from textual.binding import Binding, BindingType

from engine.runs.own_probes import LONGEST_PROBE
from tui.screens.line_overlay import LineOverlay
from tui.widgets.sentence import MASK_PIECE
from tui.words import Words

MASK = re.compile(r"[\[［【]\s*[mｍ][aａ][sｓ][kｋ]\s*[\]］】]", re.IGNORECASE)
"""The sign as people and input methods write it."""


class OwnSentenceScreen(LineOverlay):
    """Its result is the sentence, None where the learner thought better of it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "keys.back", id="own.back")]

    def __init__(self, words: Words, *, needs_mask: bool, ask: str = "", keys: str = "bert.own-keys") -> None:
        """`ask`, `keys`: Sentences to say in place of those for a run that is watched, by their names."""
        asked = ask or ("bert.own-ask-mask" if needs_mask else "bert.own-ask")
        super().__init__(words, asked, keys, LONGEST_PROBE)
        self.needs_mask = needs_mask

    def take(self, line: str) -> None:
        """Close with the sentence, or say what it lacks."""
        text = normal(line)
        if not text:
            self.say("bert.own-empty", "$error")
        elif self.needs_mask and MASK_PIECE not in text:
            self.say("bert.own-no-mask", "$error")
        else:
            self.dismiss(text)


def normal(text: str) -> str:
    """Return a sentence with its spaces tidied, and [MASK] as the tokenizer writes it, however it was typed."""
    return MASK.sub(MASK_PIECE, " ".join(text.split()))
