"""The guesses of the masked-token game, as a model of the learner's makes them, trained and before its training."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from content.course.visible import visible
from engine.events import Guess
from engine.runs.asks import Answer, Ask
from engine.runs.asks import Masked as Masks
from tui.demos.masked import Game, Guesses, Share, Side, known
from tui.supplies.models import Models
from tui.supplies.supply import Surroundings
from tui.supplies.talk import Talk

KINDS = ("pretrain",)


class MaskedSupply:
    """Asks for the guesses at the sentence of the round, before the learner has chosen."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._talk = Talk(around)
        self._models = Models(around, KINDS)

    def look(self, state: Game) -> Game:
        """Return the game with the newest answer, or with why there is none yet."""
        state = known(state, self._models.now(), self._around.language())
        if state.model is None or state.is_over:
            return state
        if state.waiting.problem is None and self._talk.waiting.problem is not None:
            self._talk.forget()  # the learner wants to try again
        asked = state.definition
        self._talk.ask(state.model, Ask(kind="fill", text=asked.text, words=list(asked.words), untrained=True))
        answer = self._talk.poll()
        if answer is not None and answer.problem is None:
            state = msgspec.structs.replace(state, guesses=guesses_of(answer, asked.text))
        return msgspec.structs.replace(state, waiting=self._talk.waiting)

    def leave(self) -> None:
        """Let the process go that answers."""
        self._talk.leave()


def guesses_of(answer: Answer, text: str) -> Guesses:
    """Return an answer at the first [MASK], with nothing in it that could steer a terminal."""
    return Guesses(
        text=text,
        update=answer.update,
        pieces=tuple(visible(piece) for piece in answer.pieces),
        before=_side(answer.untrained),
        after=_side(answer.masks),
        notes=tuple(answer.notes),
    )


def _side(masks: Sequence[Masks]) -> Side:
    return Side(_shares(masks[0].asked), _shares(masks[0].guesses)) if masks else Side()


def _shares(guesses: Sequence[Guess]) -> tuple[Share, ...]:
    return tuple((visible(guess.word), guess.probability) for guess in guesses)
