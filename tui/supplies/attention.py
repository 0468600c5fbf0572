"""The weights of the attention demo, as a model of the learner's computes them."""

from __future__ import annotations

from typing import Any

import msgspec

from content.course.visible import visible
from engine.runs.asks import Answer, Ask, Note
from tui.demos.asked_model import Waiting
from tui.demos.attention import Attention, Heads, answered, known
from tui.supplies.models import Models
from tui.supplies.supply import Surroundings
from tui.supplies.talk import Talk

KINDS = ("bert", "pretrain")
TOO_LONG = "ask-long-attention"
TORN = Note(code="demo-weights-torn", sentence="The weights of this answer cannot be read; r asks once more.")


class AttentionSupply:
    """Asks for the attention of whatever sentence the demo shows."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._talk = Talk(around)
        self._models = Models(around, KINDS)
        self._asked = ""

    def look(self, state: Attention) -> Attention:
        """Return the demo with the newest answer, or with why there is none yet."""
        language = self._around.language()
        state = known(state, self._models.now(), language)
        if state.model is None:
            return state
        if state.waiting.problem is None and self._talk.waiting.problem is not None:
            self._talk.forget()  # the learner wants to try again
        self._asked = state.sentence(language)
        self._talk.ask(state.model, Ask(kind="attend", text=self._asked, attention=True))
        answer = self._talk.poll()
        if answer is not None and answer.problem is None:
            return self._taken(state, answer)
        return msgspec.structs.replace(state, waiting=self._talk.waiting)

    def leave(self) -> None:
        """Let the process go that answers."""
        self._talk.leave()

    def _taken(self, state: Attention, answer: Answer) -> Attention:
        heads = heads_of(answer, self._asked, self._talk.arrays())
        if heads.is_whole:
            return answered(state, heads)
        problem = next((note for note in answer.notes if note.code == TOO_LONG), TORN)
        return msgspec.structs.replace(state, heads=None, waiting=Waiting(problem=problem))


def heads_of(answer: Answer, text: str, arrays: dict[str, Any]) -> Heads:
    """Return an answer as plain numbers; each row sums to 1, which half precision missed by a little."""
    weights = arrays.get("attention")
    layers: tuple[Any, ...] = ()
    if weights is not None and weights.ndim == 4:
        exact = weights.astype("float64")
        exact /= exact.sum(-1, keepdims=True)
        layers = tuple(tuple(_matrix(head) for head in layer) for layer in exact.tolist())
    unknown = next((note for note in answer.notes if note.code.startswith("ask-unknown")), None)
    pieces = tuple(visible(piece) for piece in answer.pieces)
    return Heads(text, answer.update, pieces, layers, unknown)


def _matrix(rows: list[list[float]]) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(round(weight, 6) for weight in row) for row in rows)
