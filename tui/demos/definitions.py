"""Sentences with a hidden word, and the words that a learner chooses from."""

from __future__ import annotations

import msgspec

from tui.demos.asked_model import Language


class Definition(msgspec.Struct, frozen=True):
    """A sentence with [MASK].

    Attributes:
        hidden: The word that was taken out.
        words: It and three others, in the order in which they are shown.
    """

    text: str
    hidden: str
    words: tuple[str, ...]


DEFINITIONS: dict[Language, tuple[Definition, ...]] = {
    "en": (
        Definition("a vessel for boiling [MASK]", "water", ("wood", "water", "sand", "food")),
        Definition("a river that flows into the [MASK]", "sea", ("house", "wind", "lake", "sea")),
        Definition("a bird that cannot [MASK]", "fly", ("fly", "sing", "swim", "read")),
        Definition("a flower that opens at [MASK]", "night", ("home", "war", "night", "sea")),
        Definition("a doctor who treats diseases of the [MASK]", "eye", ("river", "eye", "war", "song")),
        Definition("a machine that turns heat into [MASK]", "work", ("work", "light", "music", "water")),
        Definition("to speak in a very low [MASK]", "voice", ("river", "manner", "house", "voice")),
        Definition("a room where food is [MASK]", "cooked", ("written", "read", "cooked", "born")),
    ),
    "zh": (
        Definition("子[MASK]：学而时习之，不亦说乎？", "曰", ("人", "曰", "天", "不")),
        Definition("床前明[MASK]光，疑是地上霜。", "月", ("月", "日", "水", "人")),
        Definition("人无远虑，必有近[MASK]。", "忧", ("山", "人", "忧", "水")),
        Definition("三人行，必有我[MASK]焉。", "师", ("家", "师", "马", "天")),
        Definition("春眠不觉[MASK]，处处闻啼鸟。", "晓", ("老", "花", "知", "晓")),
        Definition("欲穷千里目，更上一层[MASK]。", "楼", ("楼", "天", "山", "心")),
    ),
}
"""The rounds of the game, by the language that a model has read; the English ones were written for it."""
