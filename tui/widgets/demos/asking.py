"""What demos have in common that ask a model: which one, what it is doing, and how one is trained."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

import msgspec
from textual.binding import Binding, BindingType
from textual.message import Message

from tui.demos.asked_model import AskedModel, Training, Waiting, training
from tui.strip import short_name
from tui.widgets.demos.demo import Demo
from tui.words import Words

AREA = "demo_model"

State = TypeVar("State", bound=msgspec.Struct)


class AskingDemo(Demo[State]):
    """Turns to another model by `m`, and wishes for a training by `t`; its state has `model` and `models`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "model", f"{AREA}.keys.model", id="demo.model", show=False),
        Binding("t", "train", f"{AREA}.keys.train", id="demo.train", show=False),
    ]

    class TrainRequested(Message):
        """The learner wants a model of their own."""

        def __init__(self, wanted: Training) -> None:
            super().__init__()
            self.wanted = wanted

    class SentenceRequested(Message):
        """The learner wants to write a sentence; `AskingDemo.write` takes it."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer other models where there are any."""
        if action == "model":
            return len(self._any.models) > 1
        return super().check_action(action, parameters)

    def action_train(self) -> None:
        """Wish for a model that reads what the learner reads."""
        self.post_message(self.TrainRequested(training(self.look.language)))

    def write(self, text: str) -> None:
        """Take a sentence of the learner's."""

    @property
    def _any(self) -> Any:
        return self.state


def model_line(model: AskedModel | None, models: tuple[AskedModel, ...], update: int | None, words: Words) -> str:
    """Return which model is asked, after how many updates, and whether it is the learner's own.

    Where it has not read the learner's language, and no other has either, it is said how one is trained. As long as
    nobody has looked for `models`, nothing is said of them.
    """
    if model is None:
        return words(f"{AREA}.looking")
    after = "" if update is None else words(f"{AREA}.after", n=f"{update:,}")
    name = words(f"{AREA}.shipped") if model.is_shipped else words(f"{AREA}.own", run=short_name(model.run))
    if not models:
        return name + after
    if model.reads and words.language not in {each.reads for each in models}:
        return name + after + words(f"{AREA}.reads-other")
    if not model.is_shipped:
        return name + after
    own = any(not each.is_shipped for each in models)
    return name + after + words(f"{AREA}.{'shipped-own' if own else 'shipped-none'}")


def waiting_line(waiting: Waiting, words: Words) -> str:
    """Return why there is no answer, or what is done for one; "" where nothing is awaited."""
    problem = waiting.problem
    if problem is not None:
        return words.told(problem.code, problem.details, problem.sentence)
    return words(f"{AREA}.wait-{waiting.doing}") if waiting.doing else ""
