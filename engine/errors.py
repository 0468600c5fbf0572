"""What can go wrong at the engine's boundary, each in one sentence that says what to do."""


class RecipeError(ValueError):
    """A recipe asks for something that does not exist or is out of bounds.

    Attributes:
        field: The knob's name, "" where the recipe as a whole is wrong.
        value: What was given, as text.
    """

    def __init__(self, sentence: str, *, field: str = "", value: str = "") -> None:
        super().__init__(sentence)
        self.field = field
        self.value = value


class RunError(RuntimeError):
    """A run cannot be opened, started or steered; the text says why and what to do."""
