"""The embedded sets of texts in figures, for forms and estimates: known without opening a file."""

from __future__ import annotations

import msgspec


class Facts(msgspec.Struct, frozen=True):
    """What is in a set of texts.

    Attributes:
        classes: Training texts of each class.
        validation, test: Texts that are held out.
        tokens: Of a training text on average, [CLS] and [SEP] included, with a WordPiece tokenizer of 4,000
            pieces made from these texts.
        language: "en" or "zh".
        licence: Its name, and whom to name.
    """

    classes: dict[str, int]
    validation: int
    test: int
    tokens: float
    language: str
    licence: str

    def train(self, labels_per_class: int = 0) -> int:
        """Return the number of training texts; 0 takes all of each class."""
        return sum(min(count, labels_per_class or count) for count in self.classes.values())


FACTS = {
    "topics": Facts(
        classes=dict.fromkeys(("animal", "artifact", "body", "food", "location", "plant"), 1_200),
        validation=1_200,
        test=1_200,
        tokens=17.6,
        language="en",
        licence="WordNet 3.0, Princeton University",
    ),
    "reviews": Facts(
        classes={"negative": 1_183, "positive": 1_200},
        validation=298,
        test=298,
        tokens=18.0,
        language="en",
        licence="CC BY 4.0, Kotzias et al. 2015",
    ),
    "classics": Facts(
        classes={"analects": 1_045, "caigentan": 703, "proverb": 648, "tang poem": 1_285},
        validation=461,
        test=461,
        tokens=16.5,
        language="zh",
        licence="public domain; GPL-3+, Debian fortunes-zh",
    ),
}
"""Sets with labels, by the value of `data`."""

CORPUS_TEXTS = 109_904
CORPUS_TOKENS = 17.4
"""Of one of the definitions on average, counted as for the sets with labels."""
