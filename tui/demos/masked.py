"""The masked-token game: the learner chooses the hidden word, then sees what a model guessed, untrained and trained."""

from __future__ import annotations

from typing import Annotated

import msgspec

from engine.runs.asks import Note
from tui.demos.asked_model import AskedModel, Language, Waiting
from tui.demos.definitions import DEFINITIONS, Definition

Share = tuple[str, float]
"""A word and the probability that it is given."""


class Side(msgspec.Struct, frozen=True):
    """What a network makes of a hidden word.

    Attributes:
        asked: The words of the round with their probabilities; those that are no single piece are missing.
        best: The likeliest of all pieces, the likeliest first.
    """

    asked: tuple[Share, ...] = ()
    best: tuple[Share, ...] = ()

    def of(self, word: str) -> float | None:
        """Return a word's probability, None where it is no single piece for the network."""
        return dict(self.asked).get(word)

    @property
    def choice(self) -> str:
        """The likeliest of the round's words, "" where it knows none of them."""
        return max(self.asked, key=lambda pair: pair[1])[0] if self.asked else ""


class Guesses(msgspec.Struct, frozen=True):
    """A model's answer to one sentence.

    Attributes:
        update: Updates that the model had seen.
        before: The same network before its first update.
        notes: What has to be known of how the sentence was read.
    """

    text: str
    update: int
    pieces: tuple[str, ...]
    before: Side
    after: Side
    notes: tuple[Note, ...] = ()


class Outcome(msgspec.Struct, frozen=True):
    """Who found the hidden word of a round."""

    learner: bool
    trained: bool
    untrained: bool


class Game(msgspec.Struct, frozen=True):
    """How far the game is.

    Attributes:
        model: The model that is asked; None until one was looked for.
        models: Those that could be, the newest first.
        language: Of the sentences.
        choice: The word that the learner is at.
        is_locked: Whether that is the learner's choice for good.
        guesses: The newest answer; it may be that to a sentence before.
        outcomes: Of the rounds that are over.
    """

    model: AskedModel | None = None
    models: tuple[AskedModel, ...] = ()
    language: Language = "en"
    choice: Annotated[int, msgspec.Meta(ge=0)] = 0
    is_locked: bool = False
    guesses: Guesses | None = None
    outcomes: tuple[Outcome, ...] = ()
    waiting: Waiting = Waiting()

    @property
    def rounds(self) -> tuple[Definition, ...]:
        """All sentences of the game."""
        return DEFINITIONS[self.language]

    @property
    def is_over(self) -> bool:
        """Whether no sentence is left."""
        return len(self.outcomes) >= len(self.rounds)

    @property
    def definition(self) -> Definition:
        """The sentence of this round; of a game that is over, the last one."""
        return self.rounds[min(len(self.outcomes), len(self.rounds) - 1)]

    @property
    def chosen(self) -> str:
        """The word that the learner is at."""
        words = self.definition.words
        return words[min(self.choice, len(words) - 1)]

    @property
    def answer(self) -> Guesses | None:
        """What the model makes of this round's sentence; None while it has not answered."""
        found = self.guesses
        return found if found is not None and found.text == self.definition.text and not self.is_over else None

    @property
    def is_told(self) -> bool:
        """Whether the hidden word and the guesses may be shown."""
        return self.is_locked and self.answer is not None

    @property
    def score(self) -> tuple[Outcome, ...]:
        """Who found which word, that of this round among them once it is told."""
        return (*self.outcomes, outcome(self)) if self.is_told else self.outcomes

    @property
    def trained(self) -> bool:
        """Whether there is a model of the learner's own."""
        return any(not model.is_shipped for model in self.models)


def move(state: Game, by: int) -> Game:
    """Go to another word, unless the choice is locked."""
    if state.is_locked or state.is_over:
        return state
    return msgspec.structs.replace(state, choice=(state.choice + by) % len(state.definition.words))


def choose(state: Game, place: int) -> Game:
    """Go to the word of a number."""
    if state.is_locked or state.is_over or not 0 <= place < len(state.definition.words):
        return state
    return msgspec.structs.replace(state, choice=place)


def enter(state: Game) -> Game:
    """Lock the choice; once it is told, go on to the next sentence."""
    if state.is_over:
        return state
    if not state.is_locked:
        return msgspec.structs.replace(state, is_locked=True)
    if not state.is_told:
        return state
    return msgspec.structs.replace(state, outcomes=state.score, choice=0, is_locked=False)


def turn_language(state: Game) -> Game:
    """Begin anew with the sentences of the other language."""
    return msgspec.structs.replace(again(state), language="zh" if state.language == "en" else "en")


def turn_model(state: Game) -> Game:
    """Begin anew with the next model, and the sentences of the language that it has read."""
    if state.model not in state.models or len(state.models) < 2:
        return state
    following = state.models[(state.models.index(state.model) + 1) % len(state.models)]
    return msgspec.structs.replace(
        again(state), model=following, language=following.reads or state.language, waiting=Waiting()
    )


def again(state: Game) -> Game:
    """Begin anew with the same model."""
    return Game(model=state.model, models=state.models, language=state.language)


def known(state: Game, models: tuple[AskedModel, ...], language: str) -> Game:
    """Take what models there are; where the one that was asked is gone, or none was, take the best for a language."""
    found = msgspec.structs.replace(state, models=models)
    if state.model in models or not models:
        return found
    best = next((model for model in models if model.reads == language), models[0])
    return msgspec.structs.replace(
        again(found), model=best, language=best.reads or ("zh" if language == "zh" else "en")
    )


def outcome(state: Game) -> Outcome:
    """Return who found the hidden word of this round."""
    hidden, answer = state.definition.hidden, state.answer
    return Outcome(
        learner=state.chosen == hidden,
        trained=answer is not None and answer.after.choice == hidden,
        untrained=answer is not None and answer.before.choice == hidden,
    )
