"""A model that a demo asks, and what is known while it has not answered."""

from __future__ import annotations

from typing import Literal

import msgspec

from engine.runs.asks import Note

Language = Literal["en", "zh"]


class AskedModel(msgspec.Struct, frozen=True):
    """The model of a run, or the one that comes with the program.

    Attributes:
        run: The run's id; "" for the one that comes along.
        kind: "bert" tells texts apart, "pretrain" fills in words.
        reads: The language of the texts that it was trained with; "" where nobody knows.
    """

    run: str
    kind: Literal["bert", "pretrain"]
    reads: Language | Literal[""]

    @property
    def is_shipped(self) -> bool:
        """Whether it comes with the program."""
        return not self.run


SHIPPED = AskedModel("", "pretrain", "en")


class Waiting(msgspec.Struct, frozen=True):
    """Why there is no answer yet.

    Attributes:
        doing: What who is asked does at the moment: "start", "torch", "transformers", "model", "asked"; "" for
            nothing.
        problem: Why nobody answers.
    """

    doing: str = ""
    problem: Note | None = None


class Training(msgspec.Struct, frozen=True):
    """A training that leaves a model to be asked: a preset where the course has it, else the wishes."""

    kind: str
    preset: str
    wishes: dict[str, int | str]


def training(language: str) -> Training:
    """Return what to train for somebody who reads a language: minutes on one core."""
    if language == "zh":
        return Training("pretrain", "", {"data": "classics", "updates": 1_500, "warmup": 300})
    return Training("pretrain", "pretrain-five-minutes", {})
