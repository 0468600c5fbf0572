"""What can go wrong at the engine's boundary, each in one sentence that says what to do."""

from __future__ import annotations


class EngineError(Exception):
    """An error that a learner can mend.

    Attributes:
        sentence: What is wrong and what to do, in English.
        code: A stable name of the sentence, under which the screen keeps it in other languages.
        details: The values that the sentence names: field, value and the like, as text.
    """

    def __init__(self, sentence: str, *, code: str = "", **details: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code
        self.details = {name: str(value) for name, value in details.items()}


class RecipeError(EngineError, ValueError):
    """A recipe asks for something that does not exist or is out of bounds; details has `field`, `value`."""


class RunError(EngineError, RuntimeError):
    """A run cannot be opened, started or steered."""


class DataError(EngineError, RuntimeError):
    """A data set cannot be read or reached."""
