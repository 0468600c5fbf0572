"""What a knob is called, and what it does: the same name may mean another thing to another kind of run."""

from __future__ import annotations

from tui.words import Words

AREAS = {"mlp": ("lab",), "bert": ("lab_bert", "lab"), "pretrain": ("lab_pretrain", "lab_bert", "lab")}
"""Where the words of a kind's knobs are looked up, one after the other."""


def knob_words(words: Words, kind: str, knob: str, part: str) -> str:
    """Return a sentence about a knob: `part` is "short" for the line beside it, "is" for what it means."""
    keys = [f"{area}.{knob}.{part}" for area in AREAS.get(kind, ("lab",))]
    return next((found for key in keys if (found := words.find(key)) is not None), keys[-1])
