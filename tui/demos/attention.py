"""Where each piece of a sentence looks: a model's own weights, layer by layer and head by head."""

from __future__ import annotations

import msgspec

from engine.runs.asks import Note
from tui.demos.asked_model import AskedModel, Language, Waiting, next_model, to_ask

Row = tuple[float, ...]
Matrix = tuple[Row, ...]
"""Row q says where piece q looks; it sums to 1."""

SENTENCES: dict[Language, str] = {
    "en": "a small bird with a long tail",
    "zh": "三人行，必有我师焉。",
}
"""What is looked at until the learner writes a sentence."""

MOST_KEPT = 4_000
"""So many weights are kept from one time to the next; what has more is asked for anew."""


class Heads(msgspec.Struct, frozen=True):
    """A model's answer.

    Attributes:
        text: The sentence that was asked about.
        update: Updates that the model had seen.
        pieces: The sentence as the model reads it, special pieces included.
        layers: One matrix for each head of each layer.
        unknown: Which pieces the model does not know, None where it knows all.
    """

    text: str
    update: int
    pieces: tuple[str, ...]
    layers: tuple[tuple[Matrix, ...], ...]
    unknown: Note | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every matrix is as large as the sentence."""
        count = len(self.pieces)
        matrices = [matrix for layer in self.layers for matrix in layer]
        return bool(count and matrices) and all(
            len(matrix) == count and all(len(row) == count for row in matrix) for matrix in matrices
        )

    @property
    def size(self) -> int:
        """How many weights there are."""
        return sum(len(layer) for layer in self.layers) * len(self.pieces) ** 2


class Attention(msgspec.Struct, frozen=True):
    """What is shown.

    Attributes:
        model: The model that is asked; None until one was looked for.
        models: Those that could be, the newest first.
        is_picked: Whether the learner turned to this model; else the program chose.
        text: The learner's own sentence, "" for the demo's.
        heads: What the model answered last.
        layer: Counted from the last one, 0.
        head: Behind the last head comes their mean.
        row: The piece whose row is chosen.
        causal: Whether no piece may look at what stands behind it.
    """

    model: AskedModel | None = None
    models: tuple[AskedModel, ...] = ()
    is_picked: bool = False
    text: str = ""
    heads: Heads | None = None
    layer: int = 0
    head: int = 0
    row: int = 0
    causal: bool = False
    waiting: Waiting = Waiting()

    def sentence(self, language: str) -> str:
        """Return what is looked at; the demo's own sentence is in the language that the model has read."""
        if self.text:
            return self.text
        reads = self.model.reads if self.model is not None else ""
        return SENTENCES["zh" if (reads or language) == "zh" else "en"]

    @property
    def shown_layer(self) -> int:
        """The number of the layer, from 0."""
        count = len(self.heads.layers) if self.heads else 1
        return (count - 1 - self.layer) % count

    @property
    def head_count(self) -> int:
        """How many heads the layer has."""
        return len(self.heads.layers[self.shown_layer]) if self.heads else 0

    @property
    def shown_head(self) -> int | None:
        """The number of the head, from 0; None for the mean of all of them."""
        count = self.head_count
        place = self.head % (count + (count > 1)) if count else 0
        return None if place == count else place

    @property
    def shown_row(self) -> int:
        """The chosen row, from 0."""
        return min(max(0, self.row), max(0, len(self.heads.pieces) - 1)) if self.heads else 0

    @property
    def matrix(self) -> Matrix:
        """The weights that are shown; none while there is no answer."""
        if self.heads is None:
            return ()
        layer = self.heads.layers[self.shown_layer]
        head = self.shown_head
        chosen = mean(layer) if head is None else layer[head]
        return masked(chosen) if self.causal else chosen


def mean(matrices: tuple[Matrix, ...]) -> Matrix:
    """Return the mean of some heads; its rows sum to 1 as theirs do."""
    return tuple(
        tuple(sum(weights) / len(weights) for weights in zip(*rows, strict=True))
        for rows in zip(*matrices, strict=True)
    )


def masked(matrix: Matrix) -> Matrix:
    """Return the weights without those of what stands behind, each row made to sum to 1 again."""
    return tuple(_looking_back(row, at) for at, row in enumerate(matrix))


def sources(state: Attention) -> list[tuple[int, float]]:
    """Return what the chosen row looks at, the most first: numbers of pieces with their weights."""
    matrix = state.matrix
    row = matrix[state.shown_row] if matrix else ()
    return sorted(enumerate(row), key=lambda pair: -pair[1])


def move(state: Attention, by: int) -> Attention:
    """Choose another row."""
    last = len(state.heads.pieces) - 1 if state.heads else 0
    return msgspec.structs.replace(state, row=max(0, min(last, state.shown_row + by)))


def turn_layer(state: Attention, by: int) -> Attention:
    """Show another layer."""
    count = len(state.heads.layers) if state.heads else 1
    return msgspec.structs.replace(state, layer=(state.layer - by) % count)


def turn_head(state: Attention, by: int) -> Attention:
    """Show another head, or the mean of all of them."""
    count = state.head_count
    places = count + (count > 1) if count else 1
    return msgspec.structs.replace(state, head=(state.head + by) % places)


def turn_causal(state: Attention) -> Attention:
    """Put the causal mask on, or take it off."""
    return msgspec.structs.replace(state, causal=not state.causal)


def again(state: Attention) -> Attention:
    """Begin anew with the same model."""
    return Attention(model=state.model, models=state.models, is_picked=state.is_picked)


def write(state: Attention, text: str) -> Attention:
    """Look at another sentence; "" is the demo's own."""
    text = " ".join(text.split())
    return state if text == state.text else msgspec.structs.replace(state, text=text, row=0)


def answered(state: Attention, heads: Heads) -> Attention:
    """Take a model's answer; the chosen row stays where the sentence does."""
    same = state.heads is not None and state.heads.pieces == heads.pieces
    row = state.row if same else _first_word(heads)
    return msgspec.structs.replace(state, heads=heads, row=row, waiting=Waiting())


def turn_model(state: Attention) -> Attention:
    """Ask the next model; the answer of the one before goes."""
    following = next_model(state.model, state.models)
    return state if following is None else _asking(msgspec.structs.replace(state, is_picked=True), following)


def known(state: Attention, models: tuple[AskedModel, ...], language: str) -> Attention:
    """Take what models there are, and the best for a language, unless the learner turned to another.

    A sentence of the learner's stays; it is asked about anew.
    """
    found = msgspec.structs.replace(state, models=models)
    model = to_ask(state.model, models, language, stays=state.is_picked)
    return found if model == state.model else _asking(found, model)


def _asking(state: Attention, model: AskedModel | None) -> Attention:
    return msgspec.structs.replace(state, model=model, heads=None, layer=0, head=0, row=0, waiting=Waiting())


def _looking_back(row: Row, place: int) -> Row:
    seen = row[: place + 1]
    whole = sum(seen)
    if not whole:  # rounded to nothing: it looks at itself
        return tuple(float(at == place) for at in range(len(row)))
    return tuple(weight / whole for weight in seen) + (0.0,) * (len(row) - place - 1)


def _first_word(heads: Heads) -> int:
    """Return the third piece where there is one: [CLS] and an article say little."""
    return min(2, max(0, len(heads.pieces) - 2))
