"""A model that a demo asks, and what is known while it has not answered."""

from __future__ import annotations

from collections.abc import Sequence
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


def to_ask(
    asked: AskedModel | None, models: Sequence[AskedModel], language: str, *, stays: bool = False
) -> AskedModel | None:
    """Return the model that is asked from now on.

    It is the best for a language where the one that was asked is gone, or none was. That one is taken too as soon as
    there is one for the language, such as a run that has just saved its first weights.

    Args:
        models: Those that could be, the newest first.
        stays: Whether the learner turned to the one that is asked, or would lose something with it.
    """
    best = next((model for model in models if model.reads == language), models[0] if models else None)
    if best is None or asked is None or asked not in models:
        return best or asked
    return best if best.reads == language and asked.reads != language and not stays else asked


def next_model(asked: AskedModel | None, models: Sequence[AskedModel]) -> AskedModel | None:
    """Return the model behind the one that is asked, in a circle; None where there is no other."""
    if asked is None or asked not in models or len(models) < 2:
        return None
    return models[(models.index(asked) + 1) % len(models)]


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
