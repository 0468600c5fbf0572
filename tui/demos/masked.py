"""The masked-token game: the learner ranks the words for a gap, then sees how a model does, untrained and trained."""

from __future__ import annotations

from typing import Annotated

import msgspec

from engine.runs.asks import Note
from tui.demos.asked_model import AskedModel, Language, Waiting, next_model, to_ask
from tui.demos.definitions import DEFINITIONS, Definition
from tui.ordering import Agreement, agreement, shifted

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
    def order(self) -> tuple[str, ...]:
        """The words of the round that it knows, the likeliest first."""
        return tuple(word for word, _ in sorted(self.asked, key=lambda pair: -pair[1]))

    def place(self, word: str) -> int | None:
        """Return a word's place in that order, from 1; None where it is no single piece."""
        return self.order.index(word) + 1 if word in self.order else None


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
    """How a round ended.

    Attributes:
        learner, trained, untrained: Whether the hidden word came first in their order; None where the untrained
            network cannot be made again.
        agreement: Of the learner's order with that of the trained network.
    """

    learner: bool
    trained: bool
    untrained: bool | None
    agreement: Agreement = Agreement()


class Game(msgspec.Struct, frozen=True):
    """How far the game is.

    Attributes:
        model: The model that is asked; None until one was looked for.
        models: Those that could be, the newest first.
        language: Of the sentences.
        is_picked: Whether the learner turned to this model or this language; else the program chose.
        cursor: The number of the word that the learner is at, from 0.
        ranked: The learner's order as far as it goes, the likeliest first.
        is_confirmed: Whether the learner stands by it.
        guesses: The newest answer; it may be that to a sentence before.
        outcomes: Of the rounds that are over.
    """

    model: AskedModel | None = None
    models: tuple[AskedModel, ...] = ()
    language: Language = "en"
    is_picked: bool = False
    cursor: Annotated[int, msgspec.Meta(ge=0)] = 0
    ranked: tuple[str, ...] = ()
    is_confirmed: bool = False
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
    def here(self) -> str:
        """The word that the learner is at."""
        words = self.definition.words
        return words[min(self.cursor, len(words) - 1)]

    @property
    def order(self) -> tuple[str, ...]:
        """The learner's order; what a changed sentence has no more is left out."""
        return tuple(dict.fromkeys(word for word in self.ranked if word in self.definition.words))

    @property
    def is_ranked(self) -> bool:
        """Whether every word has its place."""
        return len(self.order) == len(self.definition.words) and not self.is_over

    @property
    def is_locked(self) -> bool:
        """Whether the learner's order is that for good."""
        return self.is_confirmed and self.is_ranked

    @property
    def is_open(self) -> bool:
        """Whether words can be ranked."""
        return not (self.is_locked or self.is_over)

    @property
    def is_begun(self) -> bool:
        """Whether another model or language would take something from the learner."""
        return bool(self.outcomes or self.order)

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


def move(state: Game, by: int) -> Game:
    """Go to another word."""
    if not state.is_open:
        return state
    return msgspec.structs.replace(state, cursor=(state.cursor + by) % len(state.definition.words))


def rank(state: Game, place: int) -> Game:
    """Put the word of a number behind those that are ranked; take it out again where it is one of them."""
    words = state.definition.words
    if not state.is_open or not 0 <= place < len(words):
        return state
    word, order = words[place], state.order
    if word in order:
        return msgspec.structs.replace(state, ranked=tuple(each for each in order if each != word), cursor=place)
    order = (*order, word)
    following = ((place + by) % len(words) for by in range(1, len(words)))
    cursor = next((at for at in following if words[at] not in order), place)
    return msgspec.structs.replace(state, ranked=order, cursor=cursor)


def take_back(state: Game) -> Game:
    """Take out the word that was ranked last."""
    return rank(state, state.definition.words.index(state.order[-1])) if state.order else state


def shift(state: Game, by: int) -> Game:
    """Move the word that the learner is at within the order, where it stands in it."""
    if not state.is_open or state.here not in state.order:
        return state
    return msgspec.structs.replace(state, ranked=shifted(state.order, state.here, by))


def confirm(state: Game) -> Game:
    """Stand by the order, once it is whole."""
    return msgspec.structs.replace(state, is_confirmed=True) if state.is_ranked else state


def go_on(state: Game) -> Game:
    """Go on to the next sentence, once the hidden word is told."""
    if not state.is_told:
        return state
    return msgspec.structs.replace(state, outcomes=state.score, cursor=0, ranked=(), is_confirmed=False)


def turn_language(state: Game) -> Game:
    """Begin anew with the sentences of the other language."""
    return msgspec.structs.replace(again(state), language="zh" if state.language == "en" else "en", is_picked=True)


def turn_model(state: Game) -> Game:
    """Begin anew with the next model, and the sentences of the language that it has read."""
    following = next_model(state.model, state.models)
    if following is None:
        return state
    return msgspec.structs.replace(
        again(state), model=following, language=following.reads or state.language, is_picked=True
    )


def again(state: Game) -> Game:
    """Begin anew with the same model."""
    return Game(model=state.model, models=state.models, language=state.language, is_picked=state.is_picked)


def known(state: Game, models: tuple[AskedModel, ...], language: str) -> Game:
    """Take what models there are, and the best for a language, unless a game is under way, or the learner chose."""
    found = msgspec.structs.replace(state, models=models)
    model = to_ask(state.model, models, language, stays=state.is_picked or state.is_begun)
    if model is None or model == state.model:
        return found
    fresh = Game(model=model, models=models, language=model.reads or ("zh" if language == "zh" else "en"))
    if state.model is None and state.language == fresh.language:
        return msgspec.structs.replace(found, model=model)  # the learner may be quicker than the look for models
    return fresh


def outcome(state: Game) -> Outcome:
    """Return how this round ended."""
    hidden, answer = state.definition.hidden, state.answer
    before, after = (answer.before, answer.after) if answer is not None else (Side(), Side())
    return Outcome(
        learner=state.order[:1] == (hidden,),
        trained=after.order[:1] == (hidden,),
        untrained=before.order[:1] == (hidden,) if before.order else None,
        agreement=agreement(state.order, dict(after.asked)),
    )
